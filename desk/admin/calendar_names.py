"""What the days of the calendar are called: dates in their names as the page writes dates, and weekends that are worked for a day off."""
import re
from collections.abc import Iterator, Sequence
from datetime import date

from flask_babel import gettext as _

from core.i18n import day as in_words
from core.i18n import pick
from core.organisation import CalendarDay

# As the library of public holidays writes them: 01/04/2026 in English, 2026-01-04 in Chinese.
_DATE = re.compile(r"(?P<month>\d\d)/(?P<day>\d\d)/(?P<year>\d{4})|(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)")
SATURDAY = 5


def named(rows: Sequence[CalendarDay]) -> list[tuple[CalendarDay, str]]:
    """Each day with its name."""
    off = {worked: row.day for row in rows if not row.working for worked in _dates(row.name_en or row.name_zh or "")}
    return [(row, _name(row, off.get(row.day))) for row in rows]


def _name(row: CalendarDay, off: date | None) -> str:
    written = pick(row.name_zh, row.name_en)
    if written:
        return _DATE.sub(lambda found: in_words(_read(found)) if _read(found) else found[0], written)
    if not row.working or row.day.weekday() < SATURDAY:
        return "–"
    return _("Worked for the day off on %(day)s", day=in_words(off)) if off else _("Make-up working day")


def _dates(name: str) -> Iterator[date]:
    yield from filter(None, map(_read, _DATE.finditer(name)))


def _read(found: re.Match) -> date | None:
    year, month, day = found["year"] or found["y"], found["month"] or found["m"], found["day"] or found["d"]
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
