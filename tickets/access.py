"""Who may see a ticket and in which capacity somebody stands before it (pure)."""
from collections.abc import Iterable

from core.actor import Actor

SEALED_BY_GROUP = {"RPT": frozenset({"liaison", "compliance"}), "SVC": frozenset({"compliance"})}
SEALED_UNKNOWN = frozenset({"liaison", "compliance"})
RESTRICTED_ROLES = frozenset({"qa", "compliance"})
COMPLIANCE_REVIEWS = ("REG", "RPT")
REVIEWING_LEVEL = 4
NEEDED_LEVEL = {"S1": 3, "S2": 2, "S3": 1, "S4": 1}


def seal_roles(leaf_code: str | None) -> frozenset[str]:
    """The roles that may open a sealed ticket of this leaf; without a leaf, those who decide what it is."""
    return SEALED_BY_GROUP.get((leaf_code or "").split(".")[0], SEALED_UNKNOWN)


def kept_from(actor: Actor, ticket) -> bool:
    """Is it about him, somebody of his team, or somebody beneath him? Then nothing of it may reach him."""
    return actor.id in ticket.named_ids or not actor.near.isdisjoint(ticket.named_ids)


def team_for(shut_out: frozenset[int], outside: Iterable[int]) -> int | None:
    """Which team has a matter whose own team must stand aside: the first of those outside that need not; None if all must."""
    return next((team for team in outside if team not in shut_out), None)


def can_see(actor: Actor, ticket) -> bool:
    """May `actor` know that this ticket exists? The query `tickets.queries.visible` says the same in SQL."""
    if actor.kind == "system":
        return True
    if actor.kind != "staff" or kept_from(actor, ticket):
        return False
    if ticket.assignee_id == actor.id:
        return True
    if ticket.sealed:
        return not actor.roles.isdisjoint(seal_roles(ticket.leaf_code)) or _stands_in(actor, ticket)
    if ticket.leaf is not None and ticket.leaf.access == "restricted":
        return _sees_restricted(actor, ticket)
    return _sees_open(actor, ticket)


def _stands_in(actor: Actor, ticket) -> bool:
    """Everybody who might open it must stand aside: then it is for those who lead the team that it was given to."""
    return ticket.aside and actor.has("manager") and ticket.team_id in actor.leads


def _sees_restricted(actor: Actor, ticket) -> bool:
    if actor.has("hotline") and _undecided(ticket):
        return True
    return not actor.roles.isdisjoint(RESTRICTED_ROLES) or _in_team(actor, ticket) or _enforcement(actor, ticket)


def _undecided(ticket) -> bool:
    return ticket.state == "received" or ticket.state == "needs_info" and ticket.return_state == "received"


def _sees_open(actor: Actor, ticket) -> bool:
    if actor.has("hotline", "qa", "admin"):
        return True
    if actor.has("manager") and (ticket.team_id is None or ticket.team_id in actor.leads):
        return True
    if actor.has("compliance") and ((ticket.leaf_code or "").startswith("REG.") or _copied(ticket)):
        return True
    return _in_team(actor, ticket) or _enforcement(actor, ticket)


def _copied(ticket) -> bool:
    """Compliance has a copy of every matter of its category."""
    return ticket.leaf is not None and ticket.leaf.compliance_copy


def _in_team(actor: Actor, ticket) -> bool:
    return ticket.team_id is not None and ticket.team_id in actor.teams and actor.has("handler", "manager", "compliance", "liaison")


def _enforcement(actor: Actor, ticket) -> bool:
    return actor.has("liaison") and ticket.leaf_code == "REG.ENFORCE"


def cleared(actor: Actor, ticket) -> bool:
    """May a ticket of this kind be put on this person's desk? By his role, or by a certificate for this very category:

    one for the whole group opens no seal, and one for an open category none that was put on a single ticket.
    """
    own = actor.level(ticket.leaf_code) > 0
    if ticket.sealed:
        return not actor.roles.isdisjoint(seal_roles(ticket.leaf_code)) or own and ticket.leaf is not None and ticket.leaf.access == "sealed"
    return own or ticket.leaf is None or ticket.leaf.access != "restricted" or _sees_restricted(actor, ticket)


def sees_identity(actor: Actor, ticket) -> bool:
    """May `actor` know who the retailer is? A confidential identity stays with the hotline and compliance."""
    if actor.kind == "system":
        return True
    return can_see(actor, ticket) and (not ticket.confidential or actor.has("hotline", "compliance"))


def hats(actor: Actor, ticket, author_id: int | None = None) -> frozenset[str]:
    """The capacities of `actor` towards `ticket`; `author_id` is who wrote the answer under review."""
    if actor.kind in ("system", "retailer"):
        return frozenset({actor.kind})
    if not can_see(actor, ticket):
        return frozenset()
    tests = {
        "triager": _triager(actor, ticket),
        "manager": _manager(actor, ticket),
        "assignee": ticket.assignee_id == actor.id,
        "certified": ticket.assignee_id == actor.id and _certified(actor, ticket),
        "eligible": _eligible(actor, ticket),
        "reviewer": author_id != actor.id and ticket.assignee_id != actor.id and _reviewer(actor, ticket),
        "qa": actor.has("qa"),
        "compliance": actor.has("compliance"),
        "liaison": actor.has("liaison"),
    }
    return frozenset(name for name, holds in tests.items() if holds)


def _triager(actor: Actor, ticket) -> bool:
    return actor.has("hotline") if not ticket.sealed else actor.has("compliance", "liaison")


def _manager(actor: Actor, ticket) -> bool:
    if ticket.sealed:  # what managers may not see is decided by compliance alone
        return actor.has("compliance") or _stands_in(actor, ticket)
    return actor.has("manager") and (ticket.team_id is None or ticket.team_id in actor.leads)


def _certified(actor: Actor, ticket) -> bool:
    return actor.level(ticket.leaf_code, ticket.leaf and ticket.leaf.group_code) >= NEEDED_LEVEL[ticket.severity]


def _eligible(actor: Actor, ticket) -> bool:
    return (actor.has("handler") and _in_team(actor, ticket) and _certified(actor, ticket)
            and actor.id not in ticket.former_ids)


def _reviewer(actor: Actor, ticket) -> bool:
    leaf = ticket.leaf_code or ""
    if leaf == "SVC.CONDUCT" or leaf.split(".")[0] in COMPLIANCE_REVIEWS:
        return actor.has("compliance") or _stands_in(actor, ticket)
    level_four = actor.level(leaf, ticket.leaf and ticket.leaf.group_code) >= REVIEWING_LEVEL
    return _manager(actor, ticket) or level_four and _in_team(actor, ticket)
