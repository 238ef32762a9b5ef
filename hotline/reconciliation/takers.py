"""What becomes of each kind of thing in a provider's account. app.py fills the table from the packages whose doors take the same."""
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import exists, select

from core.db import db
from hotline.models import Call

LONGEST_CALL = timedelta(hours=4)  # Twilio ends a call then; a call is listed by its beginning, and its end may have been lost


@dataclass(frozen=True)
class Taker:
    """`kind` is the line's list; `take(provider, fields, at)` is idempotent, does not commit, and says whether the thing was new.

    The list is read from `further` before the last look on.
    """

    kind: str
    take: Callable[[str, Mapping[str, str], datetime], bool]
    further: timedelta = timedelta(0)


def messages(arrive: Callable) -> Taker:
    """Texts, taken in by the function of their door."""
    return Taker("messages", lambda provider, fields, at: arrive(provider, fields, at)[1])


def calls(arrive: Callable, note_status: Callable) -> Taker:
    """Calls: that there was one, and how it stands."""
    def take(provider: str, fields: Mapping[str, str], at: datetime) -> bool:
        _call, new = arrive(provider, fields, at)
        note_status(provider, fields, at)
        return new
    return Taker("calls", take, LONGEST_CALL)


def recordings(arrive: Callable) -> Taker:
    """Recordings of our calls: an account may serve other numbers too, and theirs are none of our business."""
    def take(provider: str, fields: Mapping[str, str], at: datetime) -> bool:
        ours = db.session.scalar(select(exists().where(Call.provider == provider, Call.sid == fields.get("CallSid", ""))))
        return arrive(provider, fields, at)[1] if ours else False
    return Taker("recordings", take, LONGEST_CALL)


def connect(app, takers: Sequence[Taker]) -> None:
    """Give the application its takers, in the order in which they work: calls before their recordings."""
    app.extensions["takers"] = tuple(takers)


def all_takers() -> tuple[Taker, ...]:
    """Every kind that is taken in."""
    return current_app.extensions["takers"]
