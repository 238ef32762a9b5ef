"""Reading a transcript (pure): which form it has, and its turns, whatever wrote it."""
import re
from collections.abc import Sequence
from dataclasses import dataclass

from hotline.transcripts import plain, providers, subtitles
from hotline.transcripts.turns import MOST_BYTES, MOST_TURNS, Turn, Unreadable, clean

FORMATS = ("plain", "vtt", "srt", "twilio", "aws", "google", "whisper", "json")
_JSON = re.compile(r"\s*[\[{]\s*[\"{\[\]}]")  # "[00:12] Agent:" begins with a bracket too
_SRT = re.compile(r"\s*(?:\d+\s*\n\s*)?\d{1,4}:\d{2}:\d{2}[.,]\d{1,3}\s*-->")
HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True)
class Reading:
    """A transcript that was read: its form, its own words as they came, and the turns."""

    format: str
    original: str
    turns: tuple[Turn, ...]

    @property
    def language(self) -> str:
        """Chinese as soon as a tenth of it is Chinese characters: English words stand in Chinese calls, hardly the other way round."""
        words = "".join(turn.text for turn in self.turns)
        return "zh" if len(HAN.findall(words)) * 10 >= len(words) else "en"

    @property
    def labels(self) -> tuple[str, ...]:
        """What the transcript calls its speakers, in the order in which they speak."""
        return tuple(dict.fromkeys(turn.label for turn in self.turns if turn.label))


def read(text: str, filename: str = "") -> Reading:
    """The turns of a transcript. Raises Unreadable, and nothing else, for what is none."""
    original = clean(text.removeprefix("\ufeff"))
    if len(original.encode()) > MOST_BYTES:
        raise Unreadable("too_big")
    if not original.strip():
        raise Unreadable("empty")
    form, turns = _read(original, filename.rpartition(".")[2].lower())
    if not turns:
        raise Unreadable("no_words")
    if len(turns) > MOST_TURNS:
        raise Unreadable("too_many_turns")
    return Reading(form, original, tuple(turns))


def _read(text: str, suffix: str) -> tuple[str, Sequence[Turn]]:
    if text.startswith("WEBVTT") or suffix == "vtt":
        return "vtt", subtitles.read_vtt(text)
    if suffix == "json" or _JSON.match(text):
        return providers.read(text)
    if suffix == "srt" or _SRT.match(text):
        return "srt", subtitles.read_srt(text)
    return "plain", plain.read(text)
