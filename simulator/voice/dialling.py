"""Dial: the staff's phones ring; one answers, is busy, or nobody does, and the application is told."""
from simulator.account import new_sid
from simulator.models import CallRecord
from simulator.sounds import seconds_of
from simulator.voice import recording
from simulator.voice.markup import Verb
from simulator.voice.waiting import Waiting

RING_SECONDS = 30
EVENTS = "completed"


class Leg:
    """One phone that rings, with a call of its own in the account."""

    def __init__(self, call, verb: Verb, noun: Verb):
        self.call, self.noun, self.told = call, noun, 0
        self.target = noun.text if noun.name in ("Number", "Dial") else f"{noun.name.lower()}:{noun.text}"
        self.record = call.account.keep("calls", CallRecord(
            new_sid("CA"), call.account.clock.now(), verb.get("callerId") or call.record.sender, self.target, "outbound-dial", parent_sid=call.record.sid))

    def tell(self, event: str, status: str) -> None:
        """The phone's own callback, for the events it asks for."""
        self.record.status = status
        url = self.noun.get("statusCallback")
        if not url or event not in self.noun.get("statusCallbackEvent", EVENTS).split():
            return
        fields = self.call.fields() | {
            "CallSid": self.record.sid, "ParentCallSid": self.call.record.sid, "CallStatus": status, "From": self.record.sender, "To": self.target,
            "Direction": "outbound-dial", "CallbackSource": "call-progress-events", "SequenceNumber": str(self.told)}
        fields |= {"CallDuration": str(self.record.duration)} if self.record.duration is not None else {}
        self.told += 1
        self.call.wire.send("call-status", self.call.absolute(url), fields, note=f"{status} {self.target}")

    def end(self, status: str) -> None:
        """This phone is done."""
        self.record.ended_at = self.call.account.clock.now()
        self.tell("completed", status)


class Dialling(Waiting):
    """Rings, and then is connected."""

    kind = "ringing"

    def __init__(self, call, verb: Verb):
        super().__init__(call)
        self.verb, self.answered, self.words = verb, None, []
        nouns = [inner for inner in verb.inside if inner.text] or [verb]
        self.legs = [Leg(call, verb, noun) for noun in nouns]

    def begin(self) -> None:
        """All of them ring for the time it gives."""
        for leg in self.legs:
            leg.tell("initiated", "initiated")
            leg.tell("ringing", "ringing")
        self.within(self.verb.seconds("timeout", RING_SECONDS), lambda: self._finish("no-answer"))

    def staff(self, what: str) -> None:
        """The staff's phone is taken, says that it is busy, or hangs up."""
        if what == "answer" and not self.answered:
            self._connect()
        elif what == "busy" and not self.answered:
            self._finish("busy")
        elif what == "hang_up" and self.answered:
            self._finish("completed")

    def say(self, words: str, confidence: float) -> bool:
        """Heard by a person, once one is there."""
        self.words.extend([words] if self.answered else [])
        return bool(self.answered)

    def left(self) -> None:
        """The caller gave up, or hung up after the talk."""
        self._ask(self._close("completed" if self.answered else "canceled"))

    def describe(self) -> dict:
        """Which phones ring or talk."""
        return {"kind": "talking" if self.answered else self.kind, "targets": [leg.target for leg in self.legs]}

    def _connect(self) -> None:
        self.answered, *others = self.legs
        self.timer += 1  # the time to ring is over
        self.answered.record.answered_at = self.call.account.clock.now()
        self.answered.tell("answered", "in-progress")
        for leg in others:
            leg.end("canceled")
        self.call.hear("staff", "connected")

    def _finish(self, result: str) -> None:
        fields = self._close(result)
        if self.verb.get("action"):
            self.call.go(self.verb.get("action"), fields, self.verb.get("method", "POST"))
        else:
            self.call.proceed()

    def _ask(self, fields: dict[str, str]) -> None:
        if self.verb.get("action"):
            self.call.ask(self.verb.get("action"), fields, "voice", self.verb.get("method", "POST"))

    def _close(self, result: str) -> dict[str, str]:
        leg = self.answered or self.legs[0]
        for open_leg in [self.answered] if self.answered else self.legs:
            open_leg.end(result)
        self.call.hear("note", f"dial.{result}")
        fields = {"DialCallStatus": result, "DialCallSid": leg.record.sid}
        return fields | ({"DialCallDuration": str(leg.record.duration)} | self._recorded() if self.answered else {})

    def _recorded(self) -> dict[str, str]:
        how = self.verb.get("record", "do-not-record")
        if how in ("do-not-record", "false"):
            return {}
        words = " ".join(self.words)
        file = recording.keep(self.call, self.verb, [("tone", seconds_of(words))], words, "DialVerb", 2 if how.endswith("dual") else 1)
        return {"RecordingUrl": recording.address(self.call, file), "RecordingSid": file.sid, "RecordingDuration": str(file.duration)}


def dial(call, verb: Verb) -> None:
    """Ring the staff's phones."""
    call.answer()
    call.wait(Dialling(call, verb))
