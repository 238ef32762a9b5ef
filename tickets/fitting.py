"""Does a matter belong to a cause of many (pure)? By category, place, time and words; and when so many at once are critical."""
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

TOGETHER = "together:"  # what a message key begins with that answers one of many
CRITICAL_RETAILERS = 10
CRITICAL_HOURS = 2


class Rule(NamedTuple):
    """What belongs together. An empty `area`, `route` or `words` asks nothing; `until` is None while it goes on."""

    leaf: str
    area: str
    route: int
    since: datetime
    until: datetime | None
    words: tuple[str, ...] = ()


class Matter(NamedTuple):
    """What the rule looks at in a ticket. `standing` is "", "elsewhere" (another parent's) or "left_out" (a person said no)."""

    leaf: str | None
    area: str
    route: int
    at: datetime
    text: str
    open: bool = True
    names_staff: bool = False
    standing: str = ""


def why_not(matter: Matter, rule: Rule) -> str | None:
    """The first reason why a matter does not attach, a code; None if it does. Whoever names staff is never answered together."""
    tests = {
        "left_out": matter.standing != "left_out",
        "elsewhere": matter.standing != "elsewhere",
        "over": matter.open,
        "names_staff": not matter.names_staff,
        "another_leaf": matter.leaf == rule.leaf,
        "another_area": rule.area in ("", matter.area),
        "another_route": rule.route in (0, matter.route),
        "too_early": matter.at >= rule.since,
        "too_late": rule.until is None or matter.at <= rule.until,
        "other_words": not rule.words or any(word.casefold() in matter.text.casefold() for word in rule.words),
    }
    return next((reason for reason, holds in tests.items() if not holds), None)


def critical(heard: Iterable[tuple[datetime, str]], retailers: int = CRITICAL_RETAILERS, hours: int = CRITICAL_HOURS) -> bool:
    """Were so many distinct retailers heard within so many hours? `heard` are (when, who), in any order."""
    ordered, first = sorted(heard), 0
    for last, (at, _who) in enumerate(ordered):
        while ordered[first][0] < at - timedelta(hours=hours):
            first += 1
        if len({who for _at, who in ordered[first:last + 1]}) >= retailers:
            return True
    return False
