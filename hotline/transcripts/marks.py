"""What must be looked at in a transcript before anybody acts on it (pure): unsure words, amounts, denials, names, likely mishearings."""
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from core.names import names
from hotline.transcripts.amounts import amounts
from hotline.transcripts.dictionary import proposals
from hotline.transcripts.figures import in_figures

from hotline.transcripts.negations import negations
from hotline.transcripts.turns import Turn, said

WHYS = ("unsure", "amount", "negation", "name", "dictionary")
MUST = frozenset(WHYS) - {"dictionary"}  # the dictionary proposes; nobody has to take it up
MOST_PROPOSED = 4
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]*")


@dataclass(frozen=True)
class Mark:
    """A place in a turn. `why` are codes of WHYS, `proposed` other readings of exactly this place, `confidence` the lowest of its words."""

    turn: int
    start: int
    end: int
    text: str
    why: tuple[str, ...]
    proposed: tuple[str, ...] = field(default=())
    confidence: float | None = None

    def as_dict(self) -> dict:
        """As it is kept with the transcript, not decided yet."""
        return {"turn": self.turn, "start": self.start, "end": self.end, "text": self.text, "why": list(self.why),
                "proposed": list(self.proposed), "confidence": self.confidence, "decided": None, "by": None, "at": None}


def marks_of(turns: Sequence[Turn], staff_names: Iterable[str], dictionary: Mapping[str, tuple[str, ...]], sure: float) -> list[Mark]:
    """The marks of a transcript in the order of its words; only what the caller said is marked, since only that becomes the ticket."""
    staff = tuple(staff_names)
    return [mark for number in said(turns) for mark in _merged(turns[number].text, sorted(
        _found(number, turns[number], staff, dictionary, sure), key=lambda mark: (mark.start, -mark.end)))]


def _found(number: int, turn: Turn, staff: tuple[str, ...], dictionary: Mapping, sure: float) -> Iterator[Mark]:
    text = turn.text

    def mark(start: int, end: int, why: str, proposed: tuple[str, ...] = (), confidence: float | None = None) -> Mark:
        return Mark(number, start, end, text[start:end], (why,), tuple(word for word in proposed if word != text[start:end]), confidence)
    yield from (mark(start, end, "unsure", (), how) for start, end, how in _unsure(turn, sure))
    yield from (mark(start, end, "amount", tuple(filter(None, [in_figures(text[start:end])]))) for start, end in amounts(text))
    yield from (mark(start, end, "negation") for start, end in negations(text))
    yield from (mark(one.start, one.end, "name", one.people) for one in names(text, staff))
    yield from (mark(start, end, "dictionary", meant) for start, end, meant in proposals(text, dictionary))


def _unsure(turn: Turn, sure: float) -> Iterator[tuple[int, int, float]]:
    """Words below `sure`, neighbours in one; without a confidence for each word the sentences of a turn that is unsure as a whole."""
    if not turn.words:
        if turn.confidence is not None and turn.confidence < sure:
            yield from ((match.start(), match.end(), turn.confidence) for match in _SENTENCE.finditer(turn.text) if match[0].strip())
        return
    open_at = None
    for start, end, how in _placed(turn):
        if how >= sure:
            continue
        if open_at and not turn.text[open_at[1]:start].strip():
            open_at = (open_at[0], end, min(open_at[2], how))
            continue
        if open_at:
            yield open_at
        open_at = (start, end, how)
    if open_at:
        yield open_at


def _placed(turn: Turn) -> Iterator[tuple[int, int, float]]:
    """The words with their places; a word that does not stand in the text (providers spell numbers out) is passed over."""
    at = 0
    for word in turn.words:
        place = turn.text.find(word.text, at)
        if place >= 0:
            at = place + len(word.text)
            yield place, at, word.confidence


def _merged(text: str, found: list[Mark]) -> list[Mark]:
    """Overlapping marks as one; what was proposed for a part is proposed for the whole with that part put right."""
    whole: list[Mark] = []
    for mark in found:
        if whole and mark.start < whole[-1].end:
            whole[-1] = _joined(text, whole[-1], mark)
        else:
            whole.append(mark)
    return [replace(mark, proposed=mark.proposed[:MOST_PROPOSED]) for mark in whole]


def _joined(text: str, one: Mark, other: Mark) -> Mark:
    start, end = one.start, max(one.end, other.end)
    lifted = [text[start:mark.start] + word + text[mark.end:end] for mark in (one, other) for word in mark.proposed]
    sure = [mark.confidence for mark in (one, other) if mark.confidence is not None]
    return Mark(one.turn, start, end, text[start:end], tuple(why for why in WHYS if why in one.why + other.why),
                tuple(dict.fromkeys(word for word in lifted if word != text[start:end])), min(sure, default=None))
