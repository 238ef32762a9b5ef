"""What stands beside the words of a call in the thread: its recordings to play, and how sure the machine was of what it heard."""
from dataclasses import dataclass, field

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from hotline.calls import queries
from hotline.models import Call, Recording
from tickets.models import Ticket

STATES = {"announced": _l("is being fetched from the provider"), "gone": _l("the provider has it no more"),
          "removed": _l("removed: its time was over")}


@dataclass(frozen=True)
class Player:
    """One recording: where it is played (empty if it cannot be), and what stands beside it."""

    url: str
    label: str


@dataclass(frozen=True)
class Voice:
    """The recordings of one contact, and the percentage of which the least sure sentence is sure (None if nobody says)."""

    players: list[Player] = field(default_factory=list)
    sure: int | None = None


def voices(ticket: Ticket) -> dict[int, Voice]:
    """The voice of each arrival by telephone in a ticket's thread, by the arrival's id."""
    arrivals = {message.intake_id for message in ticket.messages if message.intake_id and message.channel == "phone"}
    return {number: voice_of(call) for number, call in queries.of_arrivals(arrivals).items()} if arrivals else {}


def voice_of(call: Call) -> Voice:
    """What can be played of a call, and how sure its words are."""
    sure = [row.confidence for row in call.speeches if row.speaker == "caller" and row.confidence is not None]
    return Voice([player(row) for row in call.recordings if row.seconds != 0], round(min(sure) * 100) if sure else None)


def player(recording: Recording) -> Player:
    """One recording as it is shown; one that cannot be played says why."""
    length = _length(recording.seconds)
    if recording.state == "stored":
        return Player(url_for("desk.recording", recording_id=recording.id), _("Recording %(length)s", length=length).strip())
    return Player("", _("Recording %(length)s: %(why)s", length=length, why=STATES[recording.state]))


def _length(seconds: int | None) -> str:
    return "" if seconds is None else f"{seconds // 60}:{seconds % 60:02}"
