"""Calls to return (pure): one line a number, however often it called."""
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Line:
    """`call` is the last call of the number, `count` how many there were; `promised` is when a call back was promised for."""

    call: object
    count: int
    tries: int
    promised: datetime | None


def lines(calls: Iterable) -> list[Line]:
    """What was promised first, the earliest first; then the others, the latest first. Callers without a number stay apart."""
    by_number: dict[str, list] = {}
    for call in calls:
        by_number.setdefault(call.caller or f"#{call.id}", []).append(call)
    return sorted(map(_line, by_number.values()), key=_order)


def _line(calls: list) -> Line:
    promises = [datetime.fromisoformat(call.meta["call_back"]["at"]) for call in calls if "call_back" in call.meta]
    return Line(max(calls, key=lambda call: (call.began_at, call.id)), len(calls),
                sum(len(call.meta.get("tries", ())) for call in calls), min(promises, default=None))


def _order(line: Line) -> tuple:
    if line.promised is not None:
        return 0, line.promised.timestamp()
    return 1, -line.call.began_at.timestamp()
