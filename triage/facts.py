"""Facts that stand in plain sight in a complaint (pure): order numbers, amounts, quantities."""
import re
import unicodedata
from dataclasses import dataclass

_ORDER = re.compile(r"(?:订单|单号|订货单|order)\D{0,8}(\d{6,14})|(?<!\d)(2\d{9,11})(?!\d)", re.IGNORECASE)
_AMOUNT = re.compile(r"(?:[¥￥]\s*)?(\d{1,3}(?:,\d{3})+|\d{2,7})(?:\.\d{1,2})?\s*(?:元|块|yuan|rmb|cny)", re.IGNORECASE)


@dataclass(frozen=True)
class Facts:
    """What was found; an empty string means nothing. `amount` is in the currency of the text, digits only."""

    order_no: str = ""
    amount: str = ""


def read(text: str) -> Facts:
    """The first order number and the first amount of money in `text`."""
    plain = unicodedata.normalize("NFKC", text)
    order = _ORDER.search(plain)
    money = _AMOUNT.search(plain)
    return Facts(order_no=next(filter(None, order.groups()), "") if order else "",
                 amount=money[1].replace(",", "") if money else "")
