"""Which texts are pieces of one long text, in which order, and until when a piece may still be missing (pure).

Most providers join a long text themselves. Some carriers hand its pieces over one by one, out of order and more than once, and
people number their messages by hand.
"""
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from answers import segments
from hotline.texts.plain import folded

_NUMBERS = r"(?P<number>\d{1,2})\s?[/／]\s?(?P<total>\d{1,2})"
_BRACKETS = rf"[(（\[【［<〈《]\s?{_NUMBERS}\s?[)）\]】］>〉》]"
# Without brackets 1/2 may be half a box: it must begin the text, count to nine at most, and is one only beside its like.
_MARKERS = (re.compile(rf"^\s*{_BRACKETS} ?"), re.compile(rf" ?{_BRACKETS}\s*$"),
            re.compile(r"^\s*(?P<number>[1-9])[/／](?P<total>[2-9])(?:[:：、)）] ?| |(?=[\u3400-\u9fff]))(?=.)"))
_MID = re.compile(r"[，。、；：！？）)」』】》”’…,.;:!?%a-z]")
_SENTENCE_END = re.compile(r"[。！？!?.…~～][)）」』”’\"']*\s*$")
_ONE_WORD = re.compile(r"\W*(?:[A-Za-z]{1,12}|\d{1,3})\W*")
# What one segment holds, a little less included: carriers count differently. Pieces that came joined are exact multiples.
_LENGTHS = {segments.UCS2.name: (60, 70, 66, 67), segments.GSM7.name: (140, 160, 152, 153)}
MOST_JOINED = 10


@dataclass(frozen=True)
class Rules:
    """`window` is how long a missing piece is waited for, `settle` how long after a text that misses nothing.

    `alone` says that a text is never a piece of anything (a wish for no more texts), `anew` how words begin that speak of another matter.
    """

    window: timedelta
    settle: timedelta
    alone: Callable[[str], bool] = lambda text: False
    anew: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """One text as it came. `told` is its place (2 of 3) where the carrier says it; else it may stand in the words."""

    id: int
    text: str
    at: datetime
    told: tuple[int, int] | None = None

    @cached_property
    def marker(self) -> tuple[int, int] | None:
        """(2, 3) for the second of three."""
        found = None if self.told else _marker(self.text)
        return (int(found["number"]), int(found["total"])) if found else self.told

    @cached_property
    def body(self) -> str:
        """The words without the marker."""
        found = None if self.told else _marker(self.text)
        return self.text[:found.start()] + self.text[found.end():] if found else self.text

    @cached_property
    def full(self) -> bool:
        """As long as a segment, so that it may have been cut off there."""
        counted = segments.count(self.text)
        least, most, piece_least, piece = _LENGTHS[counted.encoding]
        joined = any(piece_least * pieces <= counted.units <= piece * pieces for pieces in range(2, MOST_JOINED + 1))
        return joined or least <= counted.units <= most


@dataclass(frozen=True)
class Group:
    """Parts that are one text, in the order in which they are read; `until` is when it is complete, or no longer waited for.

    `unfinished` says that a piece may come even later.
    """

    parts: tuple[Part, ...]
    repeats: tuple[Part, ...]
    until: datetime
    unfinished: bool

    @property
    def first(self) -> Part:
        """The one that came first; it speaks for all."""
        return min((*self.parts, *self.repeats), key=_arrival)

    @cached_property
    def text(self) -> str:
        """The words put together. One alone stays as it was written."""
        if len(self.parts) == 1:
            return self.parts[0].text
        joined = self.parts[0].body
        for before, part in zip(self.parts, self.parts[1:], strict=False):
            joined += _glue(before, part) + part.body
        return joined


def gather(parts: Sequence[Part], rules: Rules) -> list[Group]:
    """The groups of one sender's texts, each part in exactly one of them. Whoever asks something of us has finished what he wrote before."""
    groups: list[list[Part]] = []
    for part in sorted(parts, key=_arrival):
        home = next((members for members in reversed(groups)
                     if _joins(part, members, rules) or members is groups[-1] and _again(part, members, rules)), None)
        if home is None:
            groups.append([part])
        else:
            home.append(part)
    made = [_group(members, rules) for members in groups]
    asked = [group.first.at for group in made if rules.alone(group.text)]
    return [_finished(group, asked) for group in made]


def comes_late(part: Part, group: Group, rules: Rules) -> bool:
    """True if `part` is a piece of a text that is no longer waited for."""
    in_time = group.until < part.at <= group.until + rules.window
    return in_time and group.unfinished and _fits(part, list(group.parts), rules)


def repeats(part: Part, group: Group, rules: Rules) -> bool:
    """True if `part` only says once more what the group said just before. A wish that was answered may be wished again."""
    if rules.alone(part.text) and part.at > group.until:
        return False
    again = part.text == group.text or any(_same(part, known) for known in group.parts)
    return again and group.first.at <= part.at <= group.until + rules.window


def _finished(group: Group, asked: list[datetime]) -> Group:
    """A text is waited for no longer than until something is asked for: the answer must know of it."""
    return replace(group, until=min([group.until, *(at for at in asked if at > group.first.at)]))


def _joins(part: Part, members: list[Part], rules: Rules) -> bool:
    return part.at <= _until(members, rules) and _fits(part, members, rules)


def _again(part: Part, members: list[Part], rules: Rules) -> bool:
    """A repeat comes as late as a piece may; after something else was said, the same words mean something again."""
    return part.at <= _until(members, rules) + rules.window and any(_same(part, known) for known in members)


def _fits(part: Part, members: list[Part], rules: Rules) -> bool:
    if any(_same(part, known) for known in members):
        return True
    if part.marker or any(known.marker for known in members):
        return _next_of_the_same(part, members)
    if any(rules.alone(one.text) for one in (part, *members)):
        return False
    if any(one.full for one in (part, *members)):
        return not (_begins_anew(part, rules) and _SENTENCE_END.search(members[-1].text))
    return not _begins_anew(part, rules) and not any(_ONE_WORD.fullmatch(one.text) for one in (part, *members))


def _next_of_the_same(part: Part, members: list[Part]) -> bool:
    taken = [known.marker for known in members]
    return part.marker is not None and None not in taken and part.marker[1] == taken[0][1] and part.marker not in taken


def _begins_anew(part: Part, rules: Rules) -> bool:
    return folded(part.text).startswith(rules.anew)


def _group(members: list[Part], rules: Rules) -> Group:
    kept = _kept(members)
    again = tuple(part for part in members if part not in kept)
    had_full = any(part.full for part in kept) and kept[0].marker is None
    return Group(tuple(_ordered(kept)), again, _until(members, rules), had_full or _missing(kept))


def _kept(members: list[Part]) -> list[Part]:
    return [part for place, part in enumerate(members) if not any(_same(part, known) for known in members[:place])]


def _same(one: Part, other: Part) -> bool:
    return (one.text, one.told) == (other.text, other.told)


def _until(members: list[Part], rules: Rules) -> datetime:
    kept = _kept(members)
    first, last = kept[0].at, kept[-1].at
    if not _missing(kept):
        return last + rules.settle
    return min(last + rules.window, first + 2 * rules.window)


def _missing(members: list[Part]) -> bool:
    """Is a piece certainly or probably still on its way?"""
    if members[0].marker:
        return len({part.marker for part in members}) < members[0].marker[1]
    return all(part.full for part in members)


def _ordered(kept: list[Part]) -> list[Part]:
    if kept[0].marker:
        return sorted(kept, key=lambda part: part.marker)
    full, tails = [part for part in kept if part.full], [part for part in kept if not part.full]
    full.sort(key=lambda part: (bool(_MID.match(part.text)), not tails and bool(_SENTENCE_END.search(part.text))))
    return full + tails


def _glue(before: Part, after: Part) -> str:
    """A cut goes through the middle of a sentence, so nothing is put there; what was two messages stays two lines."""
    end, start = before.body[-1:], after.body[:1]
    if not before.full and before.marker is None:
        return "\n"
    if start.isascii() and start.isalpha() and (end in tuple(".!?,;") or not before.full and end.isascii() and end.isalnum()):
        return " "
    return ""


def _marker(text: str) -> re.Match | None:
    for pattern in _MARKERS:
        found = pattern.search(text)
        if found and 1 <= int(found["number"]) <= int(found["total"]) and int(found["total"]) >= 2 and found[0].strip() != text.strip():
            return found
    return None


def _arrival(part: Part) -> tuple:
    return part.at, part.id
