"""What was said so far in a call, turn by turn, with the words that the machine is not sure of."""
from datetime import datetime

from flask_babel import lazy_gettext as _l

from desk.calls.board import lasted
from hotline.models import Call

SURE = 0.85
SPEAKERS = {"caller": _l("Caller"), "staff": _l("Agent")}


def turns(call: Call) -> list[dict]:
    """The turns of a conversation as the page draws them, in the order of time."""
    return [{"at": _at(call.began_at, speech.at), "who": SPEAKERS.get(speech.speaker, SPEAKERS["caller"]), "his": speech.speaker != "staff",
             "parts": parts(speech.text, speech.confidence, speech.words)} for speech in call.speeches]


def doubts(drawn: list[dict]) -> int:
    """How many places are not sure."""
    return sum(percent is not None for turn in drawn for _words, percent in turn["parts"])


def parts(text: str, confidence: float | None, words: list[dict]) -> list[tuple[str, int | None]]:
    """The text in pieces; a percentage stands beside what was heard with less certainty than 85 per cent.

    Where the provider tells each word, only the doubtful ones are marked; otherwise the sentence as a whole.
    """
    unsure = [(str(word.get("word") or word.get("text") or ""), word["confidence"]) for word in words if word.get("confidence", 1) < SURE]
    if not words:
        return [(text, _percent(confidence) if confidence is not None and confidence < SURE else None)]
    return _cut(text, [(word.strip(), sure) for word, sure in unsure if word.strip()])


def _cut(text: str, unsure: list[tuple[str, float]]) -> list[tuple[str, int | None]]:
    found, rest = [], text
    for word, sure in unsure:
        before, hit, after = rest.partition(word)
        if hit:
            found += [(before, None)] if before else []
            found.append((word, _percent(sure)))
            rest = after
    return [*found, (rest, None)] if rest else found


def _percent(confidence: float) -> int:
    return round(confidence * 100)


def _at(began: datetime, at: datetime) -> str:
    return lasted(at - began)
