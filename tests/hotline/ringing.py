"""Calls for tests, as a provider leaves them behind."""
import itertools
from datetime import datetime, timedelta

from core import clock
from core.db import db
from hotline.models import Call, Speech

numbers = itertools.count(1)
CALLER = "+8613900139001"


def call(state: str = "waiting", *, caller: str = CALLER, ago: int = 60, waited: int | None = None, **columns) -> Call:
    """A call that began `ago` seconds ago; ended ones have waited `waited` seconds (5 if nothing is said)."""
    began = clock.now() - timedelta(seconds=ago)
    facts = {"provider": "twilio", "sid": f"CA{next(numbers):032}", "caller": caller, "state": state, "began_at": began, "language": "en"}
    facts |= _times(state, began, timedelta(seconds=5 if waited is None else waited))
    made = Call(**(facts | columns))
    db.session.add(made)
    db.session.flush()
    return made


def _times(state: str, began: datetime, waited: timedelta) -> dict:
    times = {"menu": {}, "message": {}, "waiting": {"waiting_at": began}, "talking": {"waiting_at": began, "answered_at": began + waited},
             "ended": {"waiting_at": began, "ended_at": began + waited}}
    return times[state]


def missed(**columns) -> Call:
    """A call that nobody answered."""
    return call("ended", **({"outcome": "missed"} | columns))


def says(made: Call, text: str, confidence: float | None = None, speaker: str = "caller", words: list | None = None) -> Speech:
    """One turn that the provider turned into words."""
    turn = Speech(call_id=made.id, external_id=f"S{next(numbers)}", speaker=speaker, text=text, confidence=confidence, words=words or [],
                  at=clock.now())
    db.session.add(turn)
    db.session.flush()
    return turn
