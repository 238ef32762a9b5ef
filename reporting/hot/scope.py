"""Where a rise is (pure): a category, in an area, on a delivery route; and which of several rises of one cause is told."""
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

ALMOST_ALL = 0.8  # of the complaints: then the smaller place says better where it is


class Scope(NamedTuple):
    """A category everywhere, in one area, or on one route of it. `route` is the id of the deliverer whose round it is."""

    leaf: str
    area: str = ""
    route: int = 0

    def holds(self, other: "Scope") -> bool:
        """Is everything of `other` here too?"""
        return self.leaf == other.leaf and self.area in ("", other.area) and self.route in (0, other.route)


class Arrival(NamedTuple):
    """One complaint as it is counted; `who` tells distinct retailers apart, None where nothing does."""

    scope: Scope
    who: str | None
    at: datetime


class Crowd(NamedTuple):
    """How many distinct retailers were heard in a scope, and when the first and the last complaint came."""

    retailers: int
    first: datetime
    last: datetime


class Rise(NamedTuple):
    """A loud window: `observed` complaints of `retailers` in the last `hours`, from `first` to `last`, where `expected` are usual."""

    scope: Scope
    hours: int
    observed: int
    retailers: int
    expected: float
    p: float
    first: datetime
    last: datetime


def around(place: Scope) -> tuple[Scope, ...]:
    """The scopes in which a complaint counts, the widest first. A route without an area is nowhere in particular."""
    if not place.area:
        return (Scope(place.leaf),)
    return (Scope(place.leaf), Scope(place.leaf, place.area), *((place,) if place.route else ()))


def told(rises: Iterable[Rise]) -> Iterator[Rise]:
    """Of rises that lie within each other one: the widest, or a smaller place that has almost all of its complaints."""
    left = sorted(rises, key=lambda rise: (rise.scope.area != "", rise.scope.route != 0, rise.scope, rise.p))
    while left:
        wide = left[0]
        within = [rise for rise in left if wide.scope.holds(rise.scope)]
        yield _narrowed(wide, within)
        left = [rise for rise in left if rise not in within]


def _narrowed(wide: Rise, within: list[Rise]) -> Rise:
    """The smallest place with almost all complaints of the window."""
    alike = [rise for rise in within if rise.hours == wide.hours and rise.observed >= ALMOST_ALL * wide.observed]
    return alike[-1]
