"""Who acts: the plain facts about a person or machine that policies need, free of web and database."""
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Actor:
    """Somebody who does something. `kind` is staff, retailer or system; `certificates` maps leaf or group codes to levels 1-4.

    `near` are the people whose matters are kept from him beside his own: those of his team, and everybody beneath him.
    """

    kind: str
    id: int | None = None
    name: str = ""
    roles: frozenset[str] = frozenset()
    teams: frozenset[int] = frozenset()
    leads: frozenset[int] = frozenset()
    certificates: Mapping[str, int] = field(default_factory=dict)
    near: frozenset[int] = frozenset()

    def has(self, *roles: str) -> bool:
        """True if the actor holds any of `roles`."""
        return not self.roles.isdisjoint(roles)

    def level(self, *scopes: str | None) -> int:
        """The highest certificate level held for any of `scopes` (a leaf and its group); 0 without one."""
        return max((self.certificates.get(scope, 0) for scope in scopes if scope), default=0)


SYSTEM = Actor(kind="system", name="system")
RETAILER = Actor(kind="retailer", name="retailer")
