"""Transcripts as JSON (pure): the shapes in which providers hand over what they heard, each read into turns."""
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby

from hotline.transcripts.entries import ENDS, STARTS, first, has, rows, text_of, turn
from hotline.transcripts.speakers import role
from hotline.transcripts.turns import Turn, Unreadable, Word, clean, number, share

LISTS = ("turns", "messages", "conversation", "utterances", "sentences", "segments", "transcript", "items", "data", "results")


@dataclass(frozen=True)
class Shape:
    """One provider's form: `claims` recognises it, `read` makes turns of it."""

    name: str
    claims: Callable[[object], bool]
    read: Callable[[object], list[Turn]]


def read(text: str) -> tuple[str, list[Turn]]:
    """(name of the shape, turns). Raises Unreadable `bad_json` with the line, `no_shape`, or `bad_key` with the path of the key."""
    data = _parsed(text)
    for shape in SHAPES:
        if shape.claims(data):
            return shape.name, [one for one in shape.read(data) if one.text]
    raise Unreadable("no_shape")


def _parsed(text: str):
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable("bad_json", str(error.lineno)) from None
    except (ValueError, RecursionError):  # a number of thousands of digits; brackets in brackets without an end
        raise Unreadable("bad_json", "1") from None


def _sentences(data) -> list[Turn]:
    return [turn(entry, path, ("transcript", "text")) for path, entry in rows(data["sentences"], "sentences")]


def _realtime(data) -> list[Turn]:
    """Events of a transcription as it went on: those that were only a first guess (not final) are left out."""
    turns = []
    for path, event in rows(data if isinstance(data, list) else [data], "events"):
        if "TranscriptionData" in event and str(event.get("Final", "true")).lower() != "false":
            inner = event["TranscriptionData"]
            inner = _parsed(inner) if isinstance(inner, str) else inner
            if not isinstance(inner, Mapping):
                raise Unreadable("bad_key", f"{path}.TranscriptionData")
            turns.append(turn({"track": event.get("Track"), **inner}, f"{path}.TranscriptionData"))
    return turns


def _aws(data) -> list[Turn]:
    """Words one by one with their speakers; marks of punctuation have no time and belong to the word before them."""
    results = data["results"]
    speakers = _aws_speakers(results)
    words, label = [], ""
    for path, item in rows(results.get("items"), "results.items"):
        best = next(rows(item.get("alternatives"), f"{path}.alternatives"), (path, {}))[1]
        text = text_of(best, f"{path}.alternatives[0]", ("content",))
        label = item.get("speaker_label") or item.get("channel_label") or speakers.get(str(item.get("start_time"))) or label
        words.append((str(label), item, Word(text, sure) if (sure := share(best.get("confidence"))) is not None else None, text))
    return [_joined(name, list(group)) for name, group in groupby(words, key=lambda word: word[0])]


def _aws_speakers(results: Mapping) -> dict[str, str]:
    """Speaker by the time at which a word begins, where the words do not say it themselves."""
    segments = results.get("speaker_labels")
    listed = segments.get("segments") if isinstance(segments, Mapping) else None
    return {str(item.get("start_time")): str(item.get("speaker_label")) for path, segment in (rows(listed, "results.speaker_labels") if listed else ())
            for _path, item in rows(segment.get("items") or [], f"{path}.items")}


def _joined(label: str, words: list[tuple]) -> Turn:
    text = ""
    for _label, item, _word, content in words:
        glued = item.get("type") == "punctuation" or not text or not (content[:1].isascii() and text[-1:].isascii())
        text += content if glued else f" {content}"
    times = [item for _label, item, _word, _content in words if item.get("start_time") is not None]
    return Turn(text, role(label), clean(label), number(times[0].get("start_time")) if times else None, number(times[-1].get("end_time")) if times else None,
                words=tuple(word for _label, item, word, _content in words if word and item.get("type") != "punctuation"))


def _google(data) -> list[Turn]:
    """Results with their likeliest alternative. With diarisation the last result repeats all words with their speakers: it alone counts."""
    results = list(rows(data["results"], "results"))
    best = [(path, row, next(rows(row.get("alternatives"), f"{path}.alternatives"), (path, {}))[1]) for path, row in results]
    tagged = best[-1][2].get("words") if best else None
    if isinstance(tagged, list) and tagged and all(isinstance(word, Mapping) and first(word, ("speakerTag", "speaker_tag")) for word in tagged):
        return _by_tag(tagged)
    return [turn({"channel": first(row, ("channelTag", "channel_tag")), **found}, f"{path}.alternatives[0]", ("transcript",))
            for path, row, found in best if found]


def _by_tag(words: list[Mapping]) -> list[Turn]:
    turns = []
    for tag, group in groupby(words, key=lambda word: str(first(word, ("speakerTag", "speaker_tag")))):
        said = [{"type": "word", "start_time": first(word, STARTS), "end_time": first(word, ENDS), **word} for word in group]
        texts = [text_of(word, "words", ("word",)) for word in said]
        sure = [share(word.get("confidence")) for word in said]
        turns.append(_joined(f"speaker {tag}", [("", word, Word(text, how) if how is not None else None, text)
                                               for word, text, how in zip(said, texts, sure, strict=True)]))
    return turns


def _whisper(data) -> list[Turn]:
    return [turn(entry, path, ("text",)) for path, entry in rows(data["segments"], "segments")]


def _generic(data) -> list[Turn]:
    if isinstance(data, list):
        return [turn(entry, path) for path, entry in rows(data, "")]
    key = next(key for key in LISTS if isinstance(data.get(key), list))
    return [turn(entry, path) for path, entry in rows(data[key], key)]


def _event(data) -> bool:
    return has(data, "TranscriptionData") or isinstance(data, list) and any(has(entry, "TranscriptionData") for entry in data)


def _unwrapped(name: str, key: str, shape: Callable[[object], bool], reader: Callable) -> Shape:
    return Shape(name, lambda data: has(data, key) and shape(data[key]), lambda data: reader(data[key]))


def _results(data) -> bool:
    return has(data, "results") and isinstance(data["results"], list) and all(has(row, "alternatives") for row in data["results"])


SHAPES = (
    Shape("twilio", lambda data: has(data, "sentences"), _sentences),
    Shape("twilio", _event, _realtime),
    Shape("aws", lambda data: has(data, "results") and has(data["results"], "items"), _aws),
    Shape("google", _results, _google),
    _unwrapped("google", "response", _results, _google),
    Shape("whisper", lambda data: has(data, "segments"), _whisper),
    Shape("json", lambda data: isinstance(data, list) or isinstance(data, Mapping) and any(isinstance(data.get(key), list) for key in LISTS), _generic),
    Shape("json", lambda data: has(data, "transcript") or has(data, "text"), lambda data: [turn(data, "")]),
)
