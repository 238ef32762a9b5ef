"""Hours of which nobody is in charge (pure): neither is the office open nor is somebody on call."""
from collections.abc import Iterable
from datetime import datetime

Span = tuple[datetime, datetime]


def gaps(starts: datetime, ends: datetime, covered: Iterable[Span]) -> list[Span]:
    """What is left of the time from `starts` to `ends` without the covered spans, in order; the spans may overlap and reach beyond."""
    found, at = [], starts
    for begin, end in sorted(covered):
        if begin > at and at < ends:
            found.append((at, min(begin, ends)))
        at = max(at, end)
    return [*found, (at, ends)] if at < ends else found
