"""Enqueue: the caller waits in a queue, hears what the application plays there, and is taken from it, leaves it or hangs up."""
from dataclasses import dataclass, field
from datetime import datetime

from simulator.account import new_sid
from simulator.voice.markup import Verb
from simulator.voice.waiting import Waiting

AGAIN_SECONDS = 10  # what is played in a queue begins again when it ends


@dataclass
class Place:
    """A place in a queue."""

    verb: Verb
    since: datetime
    sid: str = field(default_factory=lambda: new_sid("QU"))

    @property
    def name(self) -> str:
        """The queue's name."""
        return self.verb.text or self.verb.get("workflowSid")


class Held(Waiting):
    """Hears nothing new for a while."""

    kind = "queue"

    def begin(self) -> None:
        """Begin again with what is played in this queue."""
        self.within(AGAIN_SECONDS, lambda: _play(self.call) or self.call.proceed())

    def describe(self) -> dict:
        """Which queue."""
        return {"kind": self.kind, "targets": [self.call.queue.name]}


class Taken(Waiting):
    """Talks to a person who took the call from the queue."""

    kind = "talking"

    def __init__(self, call, place: Place):
        super().__init__(call)
        self.place = place

    def say(self, words: str, confidence: float) -> bool:
        """Heard by a person."""
        return True

    def staff(self, what: str) -> None:
        """The person hangs up; the caller goes on with what the application says."""
        if what == "hang_up":
            _after(self.call, self.place, "bridged")

    def left(self) -> None:
        """The caller hung up after the talk."""
        _tell(self.call, self.place, "bridged")

    def describe(self) -> dict:
        """From which queue."""
        return {"kind": self.kind, "targets": [self.place.name]}


def enqueue(call, verb: Verb) -> None:
    """Go to the end of a queue."""
    call.answer()
    call.queue = Place(verb, call.account.clock.now())
    call.hear("note", f"queue {call.queue.name}")
    call.todo.clear()
    _play(call)


def leave(call, verb: Verb) -> None:
    """Leave the queue by the application's own word."""
    place, call.queue = call.queue, None
    if place:
        _after(call, place, "leave", proceed=False)


def bridge(call) -> None:
    """A person takes the call from the queue."""
    place, call.queue = call.queue, None
    call.todo.clear()
    call.hear("staff", "connected")
    call.wait(Taken(call, place))


def left(call, result: str) -> None:
    """The call ended while it waited in a queue."""
    place, call.queue = call.queue, None
    if place:
        _tell(call, place, result)


def _play(call) -> None:
    verb = call.queue.verb
    if verb.get("waitUrl"):
        call.load(verb.get("waitUrl"), _fields(call, call.queue) | {"QueuePosition": "1", "CurrentQueueSize": "1", "AvgQueueTime": "0"},
                  verb.get("waitUrlMethod", "POST"))


def _after(call, place: Place, result: str, proceed: bool = True) -> None:
    call.todo.clear()
    if place.verb.get("action"):
        call.load(place.verb.get("action"), _fields(call, place) | {"QueueResult": result}, place.verb.get("method", "POST"))
    if proceed:
        call.proceed()


def _tell(call, place: Place, result: str) -> None:
    if place.verb.get("action"):
        call.ask(place.verb.get("action"), _fields(call, place) | {"QueueResult": result}, "voice", place.verb.get("method", "POST"))


def _fields(call, place: Place) -> dict[str, str]:
    waited = round((call.account.clock.now() - place.since).total_seconds())
    return {"QueueSid": place.sid, "QueueTime": str(waited)}
