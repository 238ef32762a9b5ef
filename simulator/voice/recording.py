"""Record: what the caller says until a key, a silence, the longest time or the end of the call; then the file, its report, its words."""
from simulator.account import new_sid
from simulator.models import RecordingFile, rfc2822
from simulator.sounds import seconds_of
from simulator.voice.markup import Verb
from simulator.voice.waiting import Waiting

MOST_SECONDS = 3600
ANY_KEY = "1234567890*#"
TRANSCRIBED = range(2, 121)  # seconds of a recording that the provider's own transcription takes


class Recording(Waiting):
    """Collects tones for words and silence for silence."""

    kind = "record"

    def __init__(self, call, verb: Verb):
        super().__init__(call)
        self.verb, self.pieces, self.words = verb, [], []
        self.most = int(verb.seconds("maxLength", MOST_SECONDS))

    def begin(self) -> None:
        """A silence ends it."""
        self.within(self.verb.seconds("timeout", 5), self._silence)

    def press(self, key: str) -> None:
        """One of the keys ends it."""
        if key in self.verb.get("finishOnKey", ANY_KEY):
            self._finish(key)

    def say(self, words: str, confidence: float) -> bool:
        """Words become a tone of their length."""
        self.words.append(words)
        self._add("tone", seconds_of(words))
        return True

    def stay_silent(self, seconds: int) -> None:
        """Breath and noise: a file without words."""
        self._add("silence", seconds)

    def left(self) -> None:
        """What was said so far is kept; what the application answers no longer matters."""
        file = self._kept()
        if not file:
            absent(self.call, self.verb)
        else:
            self.call.ask(self.verb.get("action") or self.call.url, _action_fields(self.call, file, "hangup"), "voice", self.verb.get("method", "POST"))

    def describe(self) -> dict:
        """How long it lasts already."""
        return {"kind": self.kind, "seconds": sum(seconds for _, seconds in self.pieces), "most": self.most}

    def _add(self, kind: str, seconds: int) -> None:
        room = self.most - sum(length for _, length in self.pieces)
        self.pieces.append((kind, min(seconds, room)))
        if seconds >= room:
            self._finish("")
        else:
            self.within(self.verb.seconds("timeout", 5), self._silence)

    def _silence(self) -> None:
        self._finish("")

    def _finish(self, key: str) -> None:
        file = self._kept()
        if file:
            self.call.go(self.verb.get("action"), _action_fields(self.call, file, key), self.verb.get("method", "POST"))
        else:  # nothing was said: the provider goes on as if the verb were not there
            absent(self.call, self.verb)
            self.call.proceed()

    def _kept(self) -> RecordingFile | None:
        return keep(self.call, self.verb, self.pieces, " ".join(self.words), "RecordVerb") if self.pieces else None


def record(call, verb: Verb) -> None:
    """Record the caller."""
    call.answer()
    if verb.get("playBeep", "true") == "true":
        call.hear("note", "beep")
    call.wait(Recording(call, verb))


def keep(call, verb: Verb, pieces: list[tuple[str, int]], words: str, source: str, channels: int = 1) -> RecordingFile:
    """Put a recording into the account and tell the application when it is ready."""
    file = call.account.keep("recordings", RecordingFile(new_sid("RE"), call.record.sid, call.account.clock.now(), pieces, source, words, channels))
    call.hear("sound", file.sid)
    ready = call.account.recording_delay
    if verb.get("recordingStatusCallback"):
        call.account.clock.later(ready, lambda: _report(call, verb, file))
    if verb.yes("transcribe") and verb.get("transcribeCallback"):
        call.account.clock.later(ready, lambda: _transcribed(call, verb, file))
    return file


def absent(call, verb: Verb) -> None:
    """Tell an application that wants to know it that there is nothing to hear."""
    file = RecordingFile(new_sid("RE"), call.record.sid, call.account.clock.now(), [], "RecordVerb", status="absent")
    if verb.get("recordingStatusCallback"):
        call.account.clock.later(call.account.recording_delay, lambda: _report(call, verb, file))


def address(call, file: RecordingFile) -> str:
    """Where the bytes are."""
    return call.account.address("Recordings", file.sid)


def _action_fields(call, file: RecordingFile, key: str) -> dict[str, str]:
    return {"RecordingUrl": address(call, file), "RecordingSid": file.sid, "RecordingDuration": str(file.duration)} | ({"Digits": key} if key else {})


def _report(call, verb: Verb, file: RecordingFile) -> None:
    if file.status not in verb.get("recordingStatusCallbackEvent", "completed").split():
        return
    fields = {"AccountSid": call.account.sid, "CallSid": file.call_sid, "RecordingSid": file.sid, "RecordingUrl": address(call, file),
              "RecordingStatus": file.status, "RecordingDuration": str(file.duration), "RecordingChannels": str(file.channels),
              "RecordingStartTime": rfc2822(file.at), "RecordingSource": file.source, "RecordingTrack": "both", "ErrorCode": "0"}
    call.wire.send("recording", call.absolute(verb.get("recordingStatusCallback")), fields, note=f"{file.duration} s {file.sid}",
                   method=verb.get("recordingStatusCallbackMethod", "POST"))


def _transcribed(call, verb: Verb, file: RecordingFile) -> None:
    # Only English, and only short: so much does the provider's own transcription understand.
    understood = file.words.isascii() and bool(file.words) and file.duration in TRANSCRIBED
    fields = call.fields() | {"RecordingSid": file.sid, "RecordingUrl": address(call, file), "TranscriptionSid": new_sid("TR"), "TranscriptionType": "fast",
                              "TranscriptionStatus": "completed" if understood else "failed", "TranscriptionText": file.words if understood else ""}
    call.wire.send("transcription", call.absolute(verb.get("transcribeCallback")), fields, note=fields["TranscriptionStatus"])
