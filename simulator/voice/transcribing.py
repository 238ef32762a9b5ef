"""Real-time transcription: whatever the caller says is also told to the application, sentence by sentence."""
import json
from dataclasses import dataclass, field

from simulator.account import new_sid
from simulator.voice.markup import Verb


@dataclass
class Transcription:
    """One that runs."""

    verb: Verb
    sid: str = field(default_factory=lambda: new_sid("GT"))
    told: int = 0


def start(call, verb: Verb) -> None:
    """Begin to tell the application what is said."""
    one = Transcription(verb)
    call.transcriptions.append(one)
    _tell(call, one, "transcription-started", {})


def content(call, words: str, confidence: float) -> bool:
    """Tell it one sentence of the caller; True if anything listens."""
    for one in call.transcriptions:
        data = json.dumps({"transcript": words, "confidence": confidence}, ensure_ascii=False)
        _tell(call, one, "transcription-content", {"TranscriptionData": data, "Track": "inbound_track", "Final": "true"})
    return bool(call.transcriptions)


def stop(call, name: str) -> None:
    """End the one of this name, or all if there is none."""
    ended = [one for one in call.transcriptions if name in ("", one.verb.get("name"))]
    call.transcriptions = [one for one in call.transcriptions if one not in ended]
    for one in ended:
        _tell(call, one, "transcription-stopped", {})


def stop_all(call) -> None:
    """The call is over."""
    stop(call, "")


def _tell(call, one: Transcription, event: str, fields: dict[str, str]) -> None:
    one.told += 1
    about = {"TranscriptionSid": one.sid, "TranscriptionEvent": event, "SequenceId": str(one.told), "LanguageCode": one.verb.get("languageCode", "en-US"),
             "Timestamp": call.account.clock.now().isoformat().replace("+00:00", "Z"), "AccountSid": call.account.sid, "CallSid": call.record.sid}
    url = one.verb.get("statusCallbackUrl") or one.verb.get("statusCallback")
    if url:
        call.wire.send("transcription", call.absolute(url), about | fields, note=event, method=one.verb.get("statusCallbackMethod", "POST"))
