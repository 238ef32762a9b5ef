"""Gather: keys and spoken words, whichever comes first."""
from simulator.voice.markup import Verb
from simulator.voice.waiting import Waiting

TIMEOUT = 5


class Gathering(Waiting):
    """Waits for keys or words; what is said meanwhile can be interrupted by either."""

    kind = "gather"

    def __init__(self, call, verb: Verb):
        super().__init__(call)
        self.verb, self.digits = verb, ""
        self.inputs = verb.get("input", "dtmf").split()
        self.timeout = verb.seconds("timeout", TIMEOUT)

    def begin(self) -> None:
        """Speak what stands inside, and then wait for the time it gives."""
        spoken = sum(_spoken(self.call, inner) for inner in self.verb.inside)
        self.within(spoken + self.timeout, self._time_out)

    def press(self, key: str) -> None:
        """One more key; the last one sends them."""
        if "dtmf" not in self.inputs:
            return
        last = key == self.verb.get("finishOnKey", "#")
        self.digits += "" if last else key
        if last or len(self.digits) == int(self.verb.seconds("numDigits", 0)):
            self._send_digits(key if last else "")
        else:
            self.within(self.timeout, self._time_out)

    def say(self, words: str, confidence: float) -> bool:
        """Words, unless keys came before them."""
        if "speech" not in self.inputs or self.digits:
            return False
        self._send({"SpeechResult": words, "Confidence": f"{confidence:.7g}", "Language": self.verb.get("language", "en-US")})
        return True

    def describe(self) -> dict:
        """What it listens for."""
        return {"kind": self.kind, "inputs": self.inputs, "digits": self.digits, "language": self.verb.get("language"), "hints": self.verb.get("hints")}

    def _time_out(self) -> None:
        self._send_digits("")

    def _send_digits(self, finished_on: str) -> None:
        if self.digits or self.verb.yes("actionOnEmptyResult"):
            self._send({"Digits": self.digits, "FinishedOnKey": finished_on, "msg": "Gather End"})
        else:
            self.call.proceed()

    def _send(self, fields: dict[str, str]) -> None:
        self.call.go(self.verb.get("action"), fields, self.verb.get("method", "POST"))


def gather(call, verb: Verb) -> None:
    """Wait for keys or words."""
    call.answer()
    call.wait(Gathering(call, verb))


def _spoken(call, verb: Verb) -> float:
    """Put a line that stands inside on the page; how long it lasts."""
    if verb.name == "Say":
        call.hear("machine", verb.text, verb.get("language"), verb.get("voice"))
        return call.length(verb.text)
    if verb.name == "Play":
        call.hear("note", f"♪ {verb.text}")
        return call.pace
    return verb.seconds("length", 1) * call.pace
