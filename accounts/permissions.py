"""What each role may do, as one table (pure). A ticket's own rules (tickets.access) come on top of it."""

PERMISSIONS: dict[str, frozenset[str]] = {name: frozenset(roles.split()) for name, roles in {
    "triage": "hotline manager compliance liaison",
    "enter_complaint": "hotline handler manager",
    "calls": "hotline manager",
    "transcripts": "hotline handler manager compliance liaison",
    "call_tasks": "hotline handler manager qa",
    "own_tickets": "handler compliance liaison",
    "team_tickets": "handler manager compliance liaison",
    "review": "handler manager compliance",
    "close": "manager compliance",
    "quality": "qa",
    "improvement": "manager qa compliance admin",
    "improve": "manager",
    "propose_improvement": "manager qa",
    "confirm_improvement": "qa",
    "hot_issues": "hotline manager qa",
    "parents": "manager",
    "reports": "manager qa admin compliance",
    "search": "hotline handler manager qa compliance liaison",
    "retailers": "hotline handler manager qa",
    "edit_retailers": "hotline manager",
    "answers": "hotline handler manager qa compliance liaison admin",
    "edit_answers": "manager compliance admin",
    "people": "admin manager",
    "edit_people": "admin",
    "roster": "hotline handler manager qa compliance liaison admin",
    "edit_roster": "admin manager",
    "catalog": "admin manager",
    "edit_catalog": "admin",
    "settings": "admin",
    "audit": "admin qa compliance",
    "operations": "admin",
    "styleguide": "admin",
}.items()}


def may(roles, permission: str) -> bool:
    """True if any of `roles` carries `permission`. KeyError for a permission that does not exist."""
    return not PERMISSIONS[permission].isdisjoint(roles)
