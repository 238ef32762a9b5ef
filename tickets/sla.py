"""Clocks as arithmetic (pure): when something is due, how far it has run, how it looks."""
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.business_time import Calendar, add_worked, add_working, worked, working_minutes

WARN = (70, 90)
CONTENT = 3  # of 5
# What a question to the retailer pauses.
WAITS_FOR_THE_RETAILER = ("triage", "sign", "contact", "update", "resolve")
# The acknowledgement goes out by itself, and nobody owes it that a matter is settled fast: that they are late is marked, but no list is
# sorted by them, and nobody is hurried.
BY_ITSELF = ("ack", "fast")
FROM_RECEIPT = ("pass_on", "fast")  # clocks that not every matter has; they run since it came, whenever it was known what it is


@dataclass(frozen=True)
class Span:
    """An allowed time: minutes of working time, or of clock time."""

    minutes: int
    working: bool


@dataclass(frozen=True)
class Dial:
    """How a clock stands: `left` minutes (negative when over), `percent` of the allowed time used, 0 to 100."""

    left: int
    percent: int
    paused: bool
    working: bool

    @property
    def css(self) -> str:
        """The class of the clock chip."""
        if self.paused:
            return "is-paused"
        if self.left < 0:
            return "is-over"
        return "is-near" if self.percent >= WARN[1] else "is-soon" if self.percent >= WARN[0] else ""


def after(calendar: Calendar, start: datetime, span: Span) -> datetime:
    """The instant at which `span` has passed since `start`."""
    if span.working:
        return add_working(calendar, start, span.minutes)
    return start + timedelta(minutes=span.minutes)


def share(calendar: Calendar, start: datetime, span: Span, percent: int) -> datetime:
    """The instant at which `percent` of `span` has passed."""
    return after(calendar, start, Span(span.minutes * percent // 100, span.working))


def over(calendar: Calendar, clock, percent: int) -> datetime:
    """The instant at which `clock` (with the columns of tickets.models.Clock) has used `percent` of its time, 100 or more, if it runs on."""
    return after(calendar, clock.due_at, Span(clock.minutes * (percent - 100) // 100, clock.working))


def resumed(calendar: Calendar, mark: datetime, paused_at: datetime, now: datetime, working: bool) -> datetime:
    """Where `mark` lies once a clock that was paused at `paused_at` runs on: as far ahead of `now` as it was then, to the second.

    A mark that was reached before the pause stays.
    """
    left = worked(calendar, paused_at, mark) if working else mark - paused_at
    if left <= timedelta():
        return mark
    return add_worked(calendar, now, left) if working else now + left


def between(calendar: Calendar, a: datetime, b: datetime, working: bool) -> int:
    """Minutes from `a` to `b`, of working time if `working`; negative if `b` is earlier."""
    return working_minutes(calendar, a, b) if working else int((b - a).total_seconds() // 60)


def dial(calendar: Calendar, clock, now: datetime) -> Dial:
    """How `clock` (anything with the columns of tickets.models.Clock) stands at `now`."""
    at = clock.stopped_at or clock.paused_at or now
    left = between(calendar, at, clock.due_at, clock.working)
    if at > clock.due_at:
        left = min(left, -1)
    used = 100 - round(100 * left / clock.minutes) if clock.minutes else 100
    return Dial(left, max(0, min(100, used)), clock.paused_at is not None, clock.working)


def heard_enough(severity: str, support_needs: bool, score: int | None, accepted: bool | None) -> bool:
    """Is the retailer's own word on the answer enough, so that nobody need call back?

    Grave matters and shops with support needs are called all (DOMAIN 3.6); of the others those who are not content, by a call of its own.
    """
    light = severity in ("S3", "S4") and not support_needs
    return light and (bool(accepted) or (score or 0) >= CONTENT)


def asked_for(kind: str, report: bool, sealed: bool) -> bool:
    """Has a matter of this sort the clock `kind`, one of FROM_RECEIPT? A report is passed on to enforcement; what is neither that nor sealed may be settled fast."""
    return {"pass_on": report, "fast": not report and not sealed}[kind]


def parts(minutes: int) -> tuple[int, int]:
    """Minutes as whole hours and the minutes beside them, without a sign."""
    return divmod(abs(minutes), 60)
