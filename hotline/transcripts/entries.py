"""Entries of a JSON transcript (pure): their words, speaker, times and sureness, whatever the keys are called."""
import math
from collections.abc import Iterator, Mapping

from hotline.transcripts.speakers import role
from hotline.transcripts.turns import Turn, Unreadable, Word, clean, number, share

TEXTS = ("transcript", "text", "content", "sentence", "utterance", "body", "message", "words")
NAMES = ("speaker", "role", "participant", "speaker_label", "speakerLabel", "speaker_id", "speakerId", "name", "from", "track", "Track",
         "media_channel", "channel", "channelTag", "channel_tag")
STARTS, ENDS = ("start", "start_time", "startTime", "begin", "offset"), ("end", "end_time", "endTime")
TRACKS = {"inbound_track": "caller", "outbound_track": "staff"}  # seen from the provider: what comes in is the caller's


def has(data, *keys: str) -> bool:
    """True for an object with all these keys."""
    return isinstance(data, Mapping) and all(key in data for key in keys)


def rows(value, path: str) -> Iterator[tuple[str, Mapping]]:
    """(path, entry) of a list of objects."""
    if not isinstance(value, list):
        raise Unreadable("bad_key", path)
    for place, entry in enumerate(value):
        if not isinstance(entry, Mapping):
            raise Unreadable("bad_key", f"{path}[{place}]")
        yield f"{path}[{place}]", entry


def first(entry: Mapping, keys):
    """What stands under the first of these keys that is filled."""
    return next((entry[key] for key in keys if entry.get(key) not in (None, "")), None)


def text_of(entry: Mapping, path: str, keys=TEXTS) -> str:
    """The words of an entry. Raises Unreadable `bad_key` when there are none."""
    for key in keys:
        value = entry.get(key)
        if isinstance(value, str):
            return clean(value).strip()
        if value is not None and not isinstance(value, list):
            raise Unreadable("bad_key", f"{path}.{key}")
    raise Unreadable("bad_key", f"{path}.{keys[0]}")


def _label(entry: Mapping) -> str:
    found = first(entry, NAMES)
    if isinstance(found, int | float) and not isinstance(found, bool):
        return f"channel {found}"
    return clean(found).strip()[:60] if isinstance(found, str) else ""


def _words(entry: Mapping, path: str) -> tuple[Word, ...]:
    listed = entry.get("words")
    if not isinstance(listed, list):
        return ()
    found = ((word.get("word") or word.get("text") or word.get("content"), share(first(word, ("confidence", "probability"))))
             for _path, word in rows(listed, f"{path}.words"))
    return tuple(Word(clean(text).strip(), sure) for text, sure in found if isinstance(text, str) and text.strip() and sure is not None)


def turn(entry: Mapping, path: str, keys=TEXTS) -> Turn:
    """One entry as a turn."""
    label = _label(entry)
    return Turn(text_of(entry, path, keys), TRACKS.get(label) or role(label), label, number(first(entry, STARTS)), number(first(entry, ENDS)),
                _sureness(entry), _words(entry, path))


def _sureness(entry: Mapping) -> float | None:
    if (log := number(entry.get("avg_logprob"))) is not None:
        return round(math.exp(min(log, 0)), 3)
    return share(first(entry, ("confidence", "probability", "score")))
