"""What a transcript is made of (pure): turns with their speaker, time and sureness, and the error of a text that cannot be read."""
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

SPEAKERS = ("caller", "staff", "unknown")
MOST_BYTES = 1_000_000
MOST_TURNS = 2_000


class Unreadable(Exception):
    """A text that is no transcript as it stands. `code` says why, `place` where: a line ("12") or a key ("segments[3].text")."""

    def __init__(self, code: str, place: str = ""):
        super().__init__(code, place)
        self.code, self.place = code, place


@dataclass(frozen=True)
class Word:
    """One word of a turn and how sure the machine was of it."""

    text: str
    confidence: float


@dataclass(frozen=True)
class Turn:
    """What one person said at a stretch. `label` is what the transcript calls the speaker; times are seconds from the beginning."""

    text: str
    speaker: str = "unknown"
    label: str = ""
    start: float | None = None
    end: float | None = None
    confidence: float | None = None
    words: tuple[Word, ...] = field(default=())

    def as_dict(self) -> dict:
        """As it is kept with the transcript."""
        return {"speaker": self.speaker, "label": self.label, "start": self.start, "end": self.end, "text": self.text,
                "confidence": self.confidence, "words": [{"text": word.text, "confidence": word.confidence} for word in self.words]}


def from_dict(entry: Mapping) -> Turn:
    """What `as_dict` made, or a turn of a call (a word may be called "word" there)."""
    words = tuple(Word(text, sure) for word in entry.get("words") or ()
                  if (text := word.get("text") or word.get("word")) and (sure := share(word.get("confidence"))) is not None)
    speaker = entry.get("speaker") if entry.get("speaker") in SPEAKERS else "unknown"
    return Turn(entry.get("text") or "", speaker, entry.get("label") or "", entry.get("start"), entry.get("end"),
                share(entry.get("confidence")), words)


def said(turns: Sequence[Turn]) -> list[int]:
    """Which turns are the caller's words: all that are not the staff's, or simply all where nobody else speaks."""
    own = [number for number, turn in enumerate(turns) if turn.speaker != "staff" and turn.text.strip()]
    return own or [number for number, turn in enumerate(turns) if turn.text.strip()]


def spoken_by(turns: Sequence[Turn], roles: Mapping[str, str]) -> list[Turn]:
    """The turns with their speakers as a person has told them: role by label."""
    return [replace(turn, speaker=roles[turn.label]) if roles.get(turn.label) in SPEAKERS else turn for turn in turns]


def clean(text: str) -> str:
    """Without what no database keeps: NUL, and halves of characters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def number(value) -> float | None:
    """A number that may be written as text ("1.5", "1.5s"); None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value.strip().removesuffix("s")) if isinstance(value, str) else float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def share(value) -> float | None:
    """A confidence between 0 and 1; percentages are understood, anything else is None."""
    found = number(value)
    if found is None or found < 0 or found > 100:
        return None
    return found if found <= 1 else found / 100
