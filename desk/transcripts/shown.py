"""A transcript as a conversation with its doubts, for one reader and one page."""
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import url_for

from core.i18n import when
from desk.transcripts import words
from hotline.models import Transcript
from hotline.transcripts import confirming, queries
from hotline.transcripts.turns import Turn, from_dict
from tickets.models import Ticket


@dataclass(frozen=True)
class Piece:
    """A stretch of a turn. With a number it is marked: `css` says how far it is decided, `heard` what stood there before."""

    text: str
    number: int | None = None
    css: str = ""
    why: str = ""
    percent: int | None = None
    heard: str = ""


@dataclass(frozen=True)
class Line:
    """One turn as templates/components/transcript.html draws it."""

    time: str
    who: str
    css: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Doubt:
    """The mark in hand: its number, place among all, and what may be said instead.

    `turn` holds what must be confirmed in the same turn, with why, where that is more than this one place.
    """

    number: int
    place: int
    text: str
    why: str
    percent: int | None
    proposed: tuple[str, ...]
    decided: str | None
    names: bool
    turn: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Talk:
    """A whole transcript. `address(number)` leads to one of its marks, `same` says that the ticket's words are the transcript's own."""

    id: int
    lines: list[Line]
    left: int
    decided: int
    total: int
    doubt: Doubt | None
    address: Callable[[int], str]
    back: str = ""
    same: bool = True


def conversation(turns: Sequence[Turn], marks: Sequence[Mapping]) -> list[Line]:
    """The turns with their marks, in the order of the talk."""
    by_turn: dict[int, list[tuple[int, Mapping]]] = {}
    for number, mark in enumerate(marks):
        by_turn.setdefault(mark["turn"], []).append((number, mark))
    return [Line(words.clock(turn.start), _who(turn), f"rd-turn--{turn.speaker}", tuple(_pieces(turn.text, by_turn.get(number, []))))
            for number, turn in enumerate(turns)]


def talk(transcript: Transcript, wanted: int | None = None) -> Talk:
    """One transcript on its own page; `wanted` is the mark that the reader asked for, else the next one that is not decided."""
    turns, marks = list(map(from_dict, transcript.turns)), transcript.marks
    number = wanted if wanted is not None and 0 <= wanted < len(marks) else confirming.following(marks)
    message = queries.message_of(transcript)
    return Talk(
        id=transcript.id, lines=conversation(turns, marks), left=len(confirming.waiting(marks)), total=len(marks),
        decided=sum(mark["decided"] is not None for mark in marks), doubt=None if number is None else _doubt(marks, number),
        address=lambda mark: url_for("desk.transcript", transcript_id=transcript.id, mark=mark, _anchor="doubt"),
        same=message is None or message.body.strip() == confirming.words(turns, marks).strip())


def of_ticket(ticket: Ticket, transcript_id: int | None = None, wanted: int | None = None) -> dict[int, Talk]:
    """The transcripts of a matter at the triage desk, by the arrival that they came with. One at a time has its doubts in hand."""
    found = {record.id: transcript for transcript in queries.of_ticket(ticket) if (record := queries.record_of(transcript))}
    in_hand = _in_hand(list(found.values()), transcript_id)
    return {intake_id: _at_triage(ticket, transcript, transcript.id == in_hand, wanted) for intake_id, transcript in found.items()}


def _at_triage(ticket: Ticket, transcript: Transcript, in_hand: bool, wanted: int | None) -> Talk:
    made = talk(transcript, wanted if in_hand else None)

    def address(mark: int) -> str:
        return url_for("desk.triage", case=ticket.case_no, talk=transcript.id, mark=mark, _anchor="doubt")
    return replace(made, address=address, back="triage", doubt=made.doubt if in_hand else None)


def _in_hand(transcripts: list[Transcript], transcript_id: int | None) -> int | None:
    chosen = next((one.id for one in transcripts if one.id == transcript_id), None)
    return chosen or next((one.id for one in transcripts if confirming.following(one.marks) is not None), None)


def facts(transcript: Transcript) -> list[str]:
    """How a transcript came: pasted or uploaded, in which form, under which name, when."""
    told = (words.SOURCES[transcript.source], words.FORMATS.get(transcript.format, ""), transcript.filename, when(transcript.at))
    return [str(fact) for fact in told if fact]


def _who(turn: Turn) -> str:
    return turn.label if turn.speaker == "unknown" and turn.label else str(words.SPEAKERS[turn.speaker])


def _pieces(text: str, marks: list[tuple[int, Mapping]]) -> Iterator[Piece]:
    at = 0
    for number, mark in sorted(marks, key=lambda pair: pair[1]["start"]):
        if at < mark["start"]:
            yield Piece(text[at:mark["start"]])
        yield _marked(number, mark)
        at = mark["end"]
    if at < len(text):
        yield Piece(text[at:])


def _marked(number: int, mark: Mapping) -> Piece:
    decided = mark["decided"]
    css = "is-sure" if decided == mark["text"] else "is-put" if decided is not None else "" if confirming.must(mark) else "is-maybe"
    return Piece(mark["text"] if decided is None else decided, number, css, words.why(mark["why"]), _percent(mark),
                 mark["text"] if decided not in (None, mark["text"]) else "")


def _doubt(marks: Sequence[Mapping], number: int) -> Doubt:
    mark = marks[number]
    return Doubt(number, number + 1, mark["text"], words.why(mark["why"]), _percent(mark), tuple(mark["proposed"]), mark["decided"],
                 "name" in mark["why"], _turn(marks, number))


def _turn(marks: Sequence[Mapping], number: int) -> tuple[tuple[str, str], ...]:
    beside = confirming.beside(marks, number)
    return tuple((marks[other]["text"], words.why(marks[other]["why"])) for other in beside) if len(beside) > 1 else ()


def _percent(mark: Mapping) -> int | None:
    return None if mark.get("confidence") is None else min(round(mark["confidence"] * 100), 99)
