"""What a transcript says once its marks are decided (pure): the corrected words, what is left, which doubt comes next."""
from collections.abc import Mapping, Sequence
from itertools import groupby

from hotline.transcripts.marks import MUST
from hotline.transcripts.turns import Turn, said


def must(mark: Mapping) -> bool:
    """Must this mark be decided before the ticket goes on?"""
    return not MUST.isdisjoint(mark["why"])


def waiting(marks: Sequence[Mapping]) -> list[int]:
    """The numbers of the marks that must still be decided."""
    return [number for number, mark in enumerate(marks) if mark["decided"] is None and must(mark)]


def beside(marks: Sequence[Mapping], number: int) -> list[int]:
    """The numbers of the marks in the turn of mark `number` that must still be decided, in the order of the words."""
    return [other for other in waiting(marks) if marks[other]["turn"] == marks[number]["turn"]]


def following(marks: Sequence[Mapping], after: int = -1) -> int | None:
    """The next undecided mark behind `after`, else the first of all; None when every one is decided."""
    undecided = [number for number, mark in enumerate(marks) if mark["decided"] is None]
    return next((number for number in undecided if number > after), next(iter(undecided), None))


def corrected(turns: Sequence[Turn], marks: Sequence[Mapping]) -> list[str]:
    """The words of every turn with the decisions put in."""
    texts = [turn.text for turn in turns]
    for number, own in groupby(sorted(marks, key=lambda mark: (mark["turn"], -mark["start"])), key=lambda mark: mark["turn"]):
        for mark in own:  # from the end, so that the places before stay right
            if mark["decided"] is not None:
                texts[number] = texts[number][:mark["start"]] + mark["decided"] + texts[number][mark["end"]:]
    return texts


def words(turns: Sequence[Turn], marks: Sequence[Mapping] = ()) -> str:
    """What the caller said, as far as it is decided: the words of the ticket."""
    texts = corrected(turns, marks)
    return "\n".join(texts[number].strip() for number in said(turns))
