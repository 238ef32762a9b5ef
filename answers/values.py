"""How a placeholder's value is written in each language (pure): text, date, money, int, phone."""
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from core import phone

_TOO_MUCH = Decimal(10) ** 12
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")


def _text(value: object, lang: str, tz: ZoneInfo) -> str:
    return str(value).strip()


def _date(value: object, lang: str, tz: ZoneInfo) -> str:
    day = _day(value, tz)
    return f"{day.year}年{day.month}月{day.day}日" if lang == "zh" else f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _day(value: object, tz: ZoneInfo) -> date:
    """A day, an instant (its day in `tz`), or an ISO text from a form."""
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(tz).date()
    return value if isinstance(value, date) else date.fromisoformat(str(value).strip())


def _money(value: object, lang: str, tz: ZoneInfo) -> str:
    amount = _number(value)
    digits = f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
    return f"{digits}元" if lang == "zh" else f"CNY {digits}"


def _int(value: object, lang: str, tz: ZoneInfo) -> str:
    number = _number(value)
    if number != number.to_integral_value():
        raise ValueError("not a whole number")
    return f"{number:,.0f}"


def _number(value: object) -> Decimal:
    number = Decimal(str(value).strip().replace(",", ""))
    # A slip such as 1e9999 would be written out as ten thousand digits.
    if not number.is_finite() or abs(number) >= _TOO_MUCH:
        raise ValueError("not a number that can be meant")
    return number


def _phone(value: object, lang: str, tz: ZoneInfo) -> str:
    return phone.display(str(value).strip())


TYPES: dict[str, Callable[[object, str, ZoneInfo], str]] = {
    "text": _text, "date": _date, "money": _money, "int": _int, "phone": _phone,
}
