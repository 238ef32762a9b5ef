"""Who works in the invented past (pure): the staff by capacity, when they began, how good they are at what."""
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random

from core.actor import Actor
from tickets import access

MONTH = 30 * 86400
GREEN = 1.2  # so much is missing on the first day
LEVEL_TO_REVIEW = 4


@dataclass(frozen=True)
class Person:
    """A member of staff: `since` in seconds; `skills` by group, 0 is usual; `new` if he began within the history."""

    actor: Actor
    cap: float
    since: int
    new: bool
    skills: Mapping[str, float]

    def skill(self, leaf_code: str, at: int, learning_months: float) -> float:
        """How good he is at a leaf at an instant: who is new has still to learn."""
        group = leaf_code.split(".")[0]
        missing = GREEN * 0.5 ** ((at - self.since) / MONTH / learning_months) if self.new else 0
        return self.skills.get(group, 0.0) - missing


class People:
    """The staff, and who may stand before a ticket in which capacity."""

    def __init__(self, persons: Iterable[Person], outside: Iterable[int] = ()):
        self.outside = tuple(outside)
        self.by_id = {person.actor.id: person for person in persons}
        self.actors = {number: person.actor for number, person in self.by_id.items()}
        self.roles: dict[str, list[Actor]] = {}
        for actor in self.actors.values():
            for role in actor.roles:
                self.roles.setdefault(role, []).append(actor)
        self._reviewing: dict[str, list[Actor]] = {}
        self._certified: dict[str, list[tuple[Person, int]]] = {}

    def name(self, number: int | None) -> str | None:
        """Somebody's name."""
        return self.actors[number].name if number else None

    def may_be_named(self, number: int) -> bool:
        """Is there somebody at the hotline and in compliance who need not stand aside? The invented past knows no case in which all must."""
        return all(any(number != actor.id and number not in actor.near for actor in self.roles[role]) for role in ("hotline", "compliance"))

    def triager(self, case, rng: Random) -> Actor:
        """Somebody of the hotline; for a sealed matter, of those who may open it."""
        return self._first(case, rng, "triager", self.roles["hotline"] if not case.sealed else self.sealers(case))

    def sealers(self, case) -> list[Actor]:
        """Those who may open this sealed ticket."""
        return [actor for role in sorted(access.seal_roles(case.leaf_code)) for actor in self.roles[role]]

    def manager(self, case, rng: Random) -> Actor:
        """Who leads the ticket's team; compliance for a sealed one. Never its handler."""
        return self._first(case, rng, "manager", self.managers(case))

    def managers(self, case) -> list[Actor]:
        """Everybody who manages this ticket, its handler too."""
        if case.sealed:
            return self.roles["compliance"]
        fitting = [actor for actor in self.roles["manager"] if case.team_id is None or case.team_id in actor.leads]
        return fitting or self.roles["compliance"]

    def team_for(self, case) -> int:
        """The team of its category, or one outside where that one must stand aside."""
        shut_out = frozenset().union(*(self.actors[number].teams for number in case.named_ids))
        own = case.leaf.team_id
        return own if own not in shut_out else access.team_for(shut_out, self.outside) or own

    def reviewers(self, case, author_id: int) -> list[Actor]:
        """Everybody who may review what `author_id` wrote."""
        if case.leaf_code not in self._reviewing:
            self._reviewing[case.leaf_code] = [person.actor for person, level in self.levels(case.leaf)
                                               if person.actor.has("manager", "compliance") or level >= LEVEL_TO_REVIEW]
        return [actor for actor in self._reviewing[case.leaf_code] if "reviewer" in access.hats(actor, case, author_id)]

    def levels(self, leaf) -> list[tuple[Person, int]]:
        """Everybody with his level in a leaf, reckoned once."""
        if leaf.code not in self._certified:
            self._certified[leaf.code] = [(person, person.actor.level(leaf.code, leaf.group_code)) for person in self.by_id.values()]
        return self._certified[leaf.code]

    def _first(self, case, rng: Random, hat: str, actors: list[Actor]) -> Actor:
        turn = rng.randrange(len(actors))
        for actor in actors[turn:] + actors[:turn]:
            if actor.id != case.assignee_id and hat in access.hats(actor, case):
                return actor
        raise LookupError(f"nobody is {hat} for {case.leaf_code} in {case.state}")
