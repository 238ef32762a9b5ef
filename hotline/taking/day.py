"""How the calls of a day went (pure): offered, answered, answered in time, given up (DOMAIN 3.12)."""
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

IN_TIME = timedelta(seconds=15)
TOO_SHORT = timedelta(seconds=5)  # whoever hangs up sooner has dialled wrongly or thought better of it
UNREACHED = ("missed", "abandoned")


@dataclass(frozen=True)
class Figures:
    """Counts of calls that wanted a person while there was one to be had (whoever calls out of hours never waits:
    hotline.calls.answering); `waited` is what those who were answered waited, all together."""

    offered: int
    answered: int
    in_time: int
    abandoned: int
    missed: int
    waited: timedelta

    @property
    def service_level(self) -> float | None:
        """The share answered within 15 seconds; None as long as nobody called."""
        return self.in_time / self.offered if self.offered else None

    @property
    def abandonment(self) -> float | None:
        """The share that hung up after more than 5 seconds."""
        return self.abandoned / self.offered if self.offered else None

    @property
    def average_wait(self) -> timedelta | None:
        """The average speed of answer."""
        return self.waited / self.answered if self.answered else None


def figures(calls: Iterable) -> Figures:
    """The figures of `calls` (anything with the columns of Call). Whoever still waits is neither answered nor lost yet."""
    offered = [call for call in calls if call.waiting_at is not None and call.state != "waiting"]
    waits = [wait for call in offered if (wait := waited(call.waiting_at, call.answered_at)) is not None]
    lost = [call for call in offered if call.answered_at is None and call.outcome in UNREACHED]
    gone = [call for call in lost if call.outcome == "abandoned" and (waited(call.waiting_at, call.ended_at) or timedelta()) > TOO_SHORT]
    return Figures(len(offered), len(waits), sum(wait <= IN_TIME for wait in waits), len(gone), len(lost), sum(waits, timedelta()))


def waited(since: datetime | None, until: datetime | None) -> timedelta | None:
    """How long somebody waited; None if he never did, or nothing ended it."""
    return None if since is None or until is None else max(until - since, timedelta())
