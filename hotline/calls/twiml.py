"""From a turn of the menu to the provider's markup: what is said, and how the answer to it is taken."""
from collections.abc import Sequence
from dataclasses import dataclass

from twilio.twiml.voice_response import Dial, Gather, Start, VoiceResponse

from core import settings
from core.links import public
from hotline.calls import menu, voice
from hotline.calls.menu import Turn
from hotline.calls.voice import Voice

BASE = "/hooks/twilio"
KEY_SECONDS = 6
NUMBER_SECONDS = 10
PAUSE_SECONDS = 3  # a fixed pause is understood by every speech model, "auto" is not
SILENCE_SECONDS = 5


@dataclass(frozen=True)
class Said:
    """One sentence in its language."""

    text: str
    language: str


@dataclass(frozen=True)
class Spoken:
    """One answer of ours: the turn that the caller is at now, the sentences, and whom to ring where the step rings."""

    turn: Turn
    sentences: Sequence[Said]
    rings: Sequence[str] = ()


def address(turn: Turn) -> str:
    """Where the provider brings what is entered at a turn."""
    return public(f"{BASE}/voice/{menu.address(turn)}")


def render(spoken: Spoken) -> VoiceResponse:
    """The markup of one answer. Every answer either takes something or says goodbye and hangs up."""
    response = VoiceResponse()
    TAKEN[menu.STEPS[spoken.turn.step].asks](response, spoken)
    return response


def _say(verb, sentences: Sequence[Said]) -> None:
    for said in sentences:
        how = voice.of(said.language)
        verb.say(said.text, language=how.say, voice=how.name)


def _gather(response: VoiceResponse, spoken: Spoken, **how) -> None:
    heard = voice.of(spoken.turn.language)
    if settings.get("hotline_listens"):
        how |= {"input": "speech dtmf", "language": heard.hear, "speech_timeout": PAUSE_SECONDS} | _expecting(heard)
    else:
        how |= {"input": "dtmf"}
    # Silence too comes back to us: otherwise a silent call would end without a word.
    gather = Gather(action=address(spoken.turn), method="POST", action_on_empty_result=True, **how)
    _say(gather, spoken.sentences)
    response.append(gather)


def _expecting(heard: Voice) -> dict:
    return ({"hints": heard.hints} if heard.hints else {}) | ({"speech_model": heard.model} if heard.model else {})


def _key(response: VoiceResponse, spoken: Spoken) -> None:
    _gather(response, spoken, num_digits=1, timeout=KEY_SECONDS)


def _number(response: VoiceResponse, spoken: Spoken) -> None:
    _gather(response, spoken, finish_on_key="#", timeout=NUMBER_SECONDS)


def _words(response: VoiceResponse, spoken: Spoken) -> None:
    if settings.get("hotline_listens"):
        _gather(response, spoken, num_digits=1, timeout=KEY_SECONDS)
    else:
        response.redirect(address(spoken.turn), method="POST")


def _recording(response: VoiceResponse, spoken: Spoken) -> None:
    _say(response, spoken.sentences)
    if settings.get("hotline_transcribes"):
        response.append(_transcription(voice.of(spoken.turn.language)))
    record(response, spoken.turn, settings.get("hotline_message_seconds"))


def record(response: VoiceResponse, turn: Turn, seconds: int) -> None:
    """Take a message after a tone; a silent one comes back to the same address by the redirect."""
    response.record(action=address(turn), method="POST", max_length=seconds, timeout=SILENCE_SECONDS, finish_on_key="#", play_beep=True,
                    recording_status_callback=public(f"{BASE}/recording"), recording_status_callback_event="completed absent")
    response.redirect(address(turn), method="POST")


def _transcription(heard: Voice) -> Start:
    start = Start()
    start.transcription(status_callback_url=public(f"{BASE}/transcription"), language_code=heard.hear, track="inbound_track",
                        partial_results=False, **({"hints": heard.hints} if heard.hints else {}))
    return start


def _ring(response: VoiceResponse, spoken: Spoken) -> None:
    _say(response, spoken.sentences)
    dial = Dial(action=address(spoken.turn), method="POST", timeout=settings.get("hotline_ring_seconds"))
    told = {"status_callback": public(f"{BASE}/call-status"), "status_callback_event": "answered completed", "status_callback_method": "POST"}
    for one in spoken.rings:
        if one.startswith("+"):
            dial.number(one, **told)
        else:
            dial.client(one, **told)
    response.append(dial)


def _nothing(response: VoiceResponse, spoken: Spoken) -> None:
    _say(response, spoken.sentences)
    response.hangup()


TAKEN = {"key": _key, "number": _number, "words": _words, "recording": _recording, "ring": _ring, "nothing": _nothing}


def apology(turn: Turn, text: str) -> VoiceResponse:
    """What a caller gets while we cannot work: a sentence and a chance to leave a message. Needs no setting and no database."""
    response, how = VoiceResponse(), voice.PLAIN[turn.language]
    response.say(text, language=how.say, voice=how.name)
    record(response, Turn("record", turn.language, menu.MOST_TRIES - 1), 120)
    return response
