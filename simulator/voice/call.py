"""One call as it goes: verbs are done one by one until something has to be waited for; whoever acts on it waits for his turn."""
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin

from simulator.account import Account
from simulator.models import CallRecord, rfc2822
from simulator.places import place_fields
from simulator.sounds import seconds_of
from simulator.voice import queueing, transcribing, verbs
from simulator.voice.markup import BadMarkup, Verb, read
from simulator.voice.waiting import Waiting
from simulator.wire import Reply, Wire

MOST_STEPS = 200  # without any wait: a document that leads to itself must end somewhere
APPLICATION_ERROR = "We are sorry, an application error has occurred. Goodbye."


@dataclass(frozen=True)
class Heard:
    """A line on the page: who (machine, caller, staff, note), what, and for the machine its language and voice."""

    at: datetime
    who: str
    words: str
    language: str = ""
    voice: str = ""


class Call:
    """`pace` is how long speech and pauses last: 1 as in life, 0 no time at all."""

    def __init__(self, account: Account, wire: Wire, record: CallRecord, pace: float):
        self.account, self.wire, self.record, self.pace = account, wire, record, pace
        self.heard: list[Heard] = []
        self.waiting: Waiting | None = None
        self.todo: deque[Verb] = deque()
        self.url, self.steps, self.events = account.number.voice_url, 0, 0
        self.queue: queueing.Place | None = None
        self.transcriptions: list[transcribing.Transcription] = []
        self._turns: deque[Callable[[], None]] = deque()
        self._turn = threading.Lock()

    # Whoever acts.

    def do(self, step: Callable[[], None]) -> None:
        """Have a step done in its turn: at once, or by whoever is at it now. Nobody ever waits while the application answers."""
        self._turns.append(step)
        while self._turns and self._turn.acquire(blocking=False):
            try:
                while self._turns:
                    self._turns.popleft()()
            finally:
                self._turn.release()

    def after(self, seconds: float, step: Callable[[], None]) -> None:
        """Have a step done later, in its turn."""
        self.account.clock.later(seconds, lambda: self.do(step))

    def start(self) -> None:
        """The number rings and the application is asked what to do."""
        self._tell("ringing")
        self.go(self.account.number.voice_url, {})

    def lose(self) -> None:
        """The application cannot be asked and never hears of it; the account lists the call."""
        self.wire.note("own", "voice.lost", note=self.record.sender)
        self.answer()
        self.hear("machine", APPLICATION_ERROR, "en-US")
        self.record.status, self.record.ended_at = "completed", self.account.clock.now()

    def press(self, key: str) -> None:
        """The caller presses a key."""
        self.hear("caller", key)
        if self.waiting:
            self.waiting.press(key)

    def say(self, words: str, confidence: float) -> None:
        """The caller speaks. Where nobody listens the page says so."""
        self.hear("caller", words)
        place = len(self.heard) - 1
        live = transcribing.content(self, words, confidence)
        if not (self.waiting and self.waiting.say(words, confidence)) and not live:
            self.heard[place] = replace(self.heard[place], who="unheard")

    def staff(self, what: str) -> None:
        """The other end does something: answer, busy, hang_up."""
        if self.queue and what == "answer":
            queueing.bridge(self)
        elif self.waiting:
            self.waiting.staff(what)

    def stay_silent(self, seconds: int) -> None:
        """The caller breathes into the phone."""
        if self.waiting:
            self.waiting.stay_silent(seconds)

    def end(self, status: str = "completed") -> None:
        """The call is over, whoever ended it."""
        if self.over:
            return
        self.record.status, self.record.ended_at = status, self.account.clock.now()
        waiting, self.waiting = self.waiting, None
        self.todo.clear()
        if waiting:
            waiting.left()
        queueing.left(self, "hangup")
        transcribing.stop_all(self)
        self.hear("note", f"call.{status}")
        self._tell(status)

    # What the verbs use.

    @property
    def over(self) -> bool:
        """True once the call has ended."""
        return self.record.ended_at is not None

    def hear(self, who: str, words: str, language: str = "", voice: str = "") -> None:
        """Put a line on the page."""
        self.heard.append(Heard(self.account.clock.now(), who, words, language, voice))

    def length(self, words: str) -> float:
        """How long the machine needs to say this."""
        return seconds_of(words) * self.pace

    def wait(self, waiting: Waiting) -> None:
        """Wait for something."""
        self.waiting, self.steps = waiting, 0
        waiting.begin()

    def answer(self) -> None:
        """The first verb that needs the line picks the call up."""
        if self.record.answered_at is None:
            self.record.status, self.record.answered_at = "in-progress", self.account.clock.now()
            self._tell("answered")

    def proceed(self) -> None:
        """Do the verbs that are left until one has to wait; without any the call is over."""
        self.waiting = None
        while not self.over and self.waiting is None:
            self.steps += 1
            if self.steps > MOST_STEPS:
                self.fail("too many steps")
            elif self.todo:
                verbs.do(self, self.todo.popleft())
            elif self.queue:
                self.wait(queueing.Held(self))
            else:
                self.end()

    def go(self, url: str, fields: dict[str, str], method: str = "POST", kind: str = "voice") -> None:
        """Ask the application what to do next, and do it."""
        self.load(url, fields, method, kind)
        self.proceed()

    def follow(self, todo: deque[Verb]) -> None:
        """Drop what the call does now and do this instead."""
        if not self.over:
            self.todo, self.queue = todo, None
            self.proceed()

    def move(self, url: str, method: str) -> None:
        """Drop what the call does now and ask at this address instead."""
        if not self.over:
            self.queue = None
            self.go(url, {}, method)

    def load(self, url: str, fields: dict[str, str], method: str = "POST", kind: str = "voice") -> None:
        """Ask the application what to do next; `proceed` does it. After the end its answer no longer matters."""
        self.url = self.absolute(url) if url else self.url
        reply = self.ask(self.url, fields, kind, method)
        try:
            self.todo = deque(() if self.over else _document(reply))
        except BadMarkup as reason:
            self.fail(str(reason))

    def ask(self, url: str, fields: dict[str, str], kind: str, method: str = "POST") -> Reply:
        """One request about this call."""
        note = " ".join(f"{name}={value}" for name, value in fields.items() if name in SHOWN) or url.rpartition("/")[2]
        return self.wire.send(kind, self.absolute(url), self.fields() | fields, note=note, method=method or "POST")

    def absolute(self, url: str) -> str:
        """An address as it is written in the document, from the document's own."""
        return urljoin(self.url, url)

    def fields(self) -> dict[str, str]:
        """What every request about this call says."""
        record = self.record
        return {"CallSid": record.sid, "AccountSid": self.account.sid, "From": record.sender, "To": record.to, "Caller": record.sender,
                "Called": record.to, "CallStatus": record.status, "Direction": record.direction, "ApiVersion": "2010-04-01",
                **place_fields("From", record.sender), **place_fields("To", record.to)}

    def fail(self, reason: str) -> None:
        """What a caller hears when the application does not know what to do."""
        self.wire.note("own", "call.error", note=reason)
        self.answer()
        self.hear("machine", APPLICATION_ERROR, "en-US")
        self.end()

    def _tell(self, event: str) -> None:
        number = self.account.number
        if number.status_callback and event in number.call_events + (("completed",) if self.over else ()):
            self.events += 1
            fields = {"CallbackSource": "call-progress-events", "SequenceNumber": str(self.events - 1), "Timestamp": rfc2822(self.account.clock.now())}
            if self.over:
                fields |= {"CallDuration": str(self.record.duration), "Duration": str(-(-self.record.duration // 60))}
            self.wire.send("call-status", number.status_callback, self.fields() | fields, note=f"{self.record.status} {self.record.sid}")


def _document(reply: Reply) -> list[Verb]:
    if not 200 <= reply.status < 300:
        raise BadMarkup(f"HTTP {reply.status}")
    return read(reply.text) if reply.text.strip() else []


SHOWN = ("Digits", "SpeechResult", "Confidence", "DialCallStatus", "QueueResult", "RecordingDuration")
