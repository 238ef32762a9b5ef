"""Whom of the staff a complaint means (pure): where that is uncertain, everybody alike who serves the shop."""
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.named import SOUNDING, TITLED, WRITTEN, Named
from core.names import FAMILIES, names

SHORTEST = 4  # letters: shorter sign-in names are words
SURE_SYLLABLES = 3  # a full name of so many syllables is hardly ever other words by chance


@dataclass(frozen=True)
class Person:
    """A member of staff; `serves` is true for those who serve the shop that complains."""

    id: int
    name: str
    serves: bool = False
    login: str = ""


@dataclass(frozen=True)
class Meant:
    """`ids` are kept from the matter; `perhaps` bear the name that was said, but nothing tells whether one of them is meant."""

    ids: frozenset[int]
    perhaps: frozenset[int]


def meant(text: str, staff: Sequence[Person]) -> Meant:
    """Who is named in `text`.

    A full name as it is written is that person wherever he works. What only sounds like a name, or is a family name with a
    title, means everybody like that who serves this shop. If none of them does, a long name that sounds like somebody's is
    his all the same; of a mere family name a person must say whose it is.
    """
    by_name = _by_name(staff)
    ids, perhaps = _signed_in_as(text, staff), set()
    for place in names(text, by_name):
        if _by_chance(text, place):
            continue
        people = [person for name in place.people for person in by_name[name]]
        serving = [person for person in people if person.serves] if place.how != WRITTEN else []
        found = {person.id for person in _called_so(text[place.start:place.end], serving or people)}
        if serving or _sure(place):
            ids |= found
        elif place.how == TITLED:
            perhaps |= found
    return Meant(frozenset(ids), frozenset(perhaps - ids))


def _signed_in_as(text: str, staff: Iterable[Person]) -> set[int]:
    """Those whose sign-in name stands in the text."""
    words = set(re.findall(r"[a-z0-9._-]+", text.lower()))
    return {person.id for person in staff if len(person.login) > SHORTEST and person.login.lower() in words}


def _called_so(heard: str, people: list[Person]) -> list[Person]:
    """Of those who sound alike, whoever has just this family name, if there is one."""
    return [person for person in people if person.name.strip()[0] in heard] or people


def _by_chance(text: str, place: Named) -> bool:
    """Two syllables of everyday words sound like somebody now and then (还有, 黄伟); heard names begin with a family name."""
    return place.how == SOUNDING and place.end - place.start == 2 and text[place.start] not in FAMILIES


def _sure(place: Named) -> bool:
    long = any(len(name) >= SURE_SYLLABLES for name in place.people)
    return place.how == WRITTEN or place.how != TITLED and long


def _by_name(staff: Iterable[Person]) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    for person in staff:
        found.setdefault(person.name.strip(), []).append(person)
    return found
