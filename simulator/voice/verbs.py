"""What each verb of the markup does to a call."""
from collections.abc import Callable

from simulator.voice import dialling, gathering, queueing, recording, transcribing
from simulator.voice.markup import Verb
from simulator.voice.waiting import Pausing


def do(call, verb: Verb) -> None:
    """Do one verb; one that the simulator does not know is passed over, and the log says so."""
    if verb.name in DO:
        DO[verb.name](call, verb)
    else:
        call.wire.note("own", "call.unknown_verb", note=f"<{verb.name}>")


def _say(call, verb: Verb) -> None:
    call.answer()
    for _ in range(int(verb.seconds("loop", 1)) or 1):
        call.hear("machine", verb.text, verb.get("language"), verb.get("voice"))
        _speak(call, call.length(verb.text))


def _play(call, verb: Verb) -> None:
    call.answer()
    call.hear("note", f"♪ {verb.text or verb.get('digits')}")
    _speak(call, call.pace)


def _pause(call, verb: Verb) -> None:
    call.answer()
    _speak(call, verb.seconds("length", 1) * call.pace)


def _speak(call, seconds: float) -> None:
    if seconds and not call.over:
        call.wait(Pausing(call, seconds))


def _redirect(call, verb: Verb) -> None:
    call.load(verb.text, {}, verb.get("method", "POST"))


def _hangup(call, verb: Verb) -> None:
    call.answer()
    call.end()


def _reject(call, verb: Verb) -> None:
    call.end("busy" if verb.get("reason") == "busy" else "no-answer")


def _start(call, verb: Verb) -> None:
    call.answer()
    for inner in verb.inside:
        if inner.name == "Transcription":
            transcribing.start(call, inner)


def _stop(call, verb: Verb) -> None:
    for inner in verb.inside:
        if inner.name == "Transcription":
            transcribing.stop(call, inner.get("name"))


DO: dict[str, Callable] = {
    "Say": _say, "Play": _play, "Pause": _pause, "Redirect": _redirect, "Hangup": _hangup, "Reject": _reject, "Start": _start, "Stop": _stop,
    "Gather": gathering.gather, "Record": recording.record, "Dial": dialling.dial, "Enqueue": queueing.enqueue, "Leave": queueing.leave,
}
