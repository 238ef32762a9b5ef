"""The navigation of the desk as a table, and the part of it that a role may see."""
from dataclasses import dataclass

from flask import current_app, request, url_for
from flask_babel import lazy_gettext as _l

from accounts.permissions import may


@dataclass(frozen=True)
class Item:
    """One entry: `key` is the endpoint in the desk blueprint and the name of its number; `late` names the count shown in red."""

    key: str
    label: object
    icon: str
    permission: str
    late: str = ""


SECTIONS = (
    (_l("Hotline"), (
        Item("calls", _l("Calls"), "telephone-inbound", "calls"),
        Item("triage", _l("Triage"), "inbox", "triage"),
        Item("entry", _l("Enter a complaint"), "telephone", "enter_complaint"),
        Item("transcript_new", _l("Add a transcript"), "chat-left-text", "transcripts"),
        Item("tasks", _l("Calls to make"), "telephone-outbound", "call_tasks"))),
    (_l("Tickets"), (
        Item("hot", _l("Hot issues"), "fire", "hot_issues"),
        Item("mine", _l("Mine"), "person", "own_tickets"),
        Item("team", _l("My team"), "people", "team_tickets"),
        Item("review", _l("To review"), "eye", "review"),
        Item("due", _l("Due"), "hourglass-split", "close", late="late"),
        Item("closing", _l("Closing desk"), "check2-square", "close"),
        Item("roster", _l("On call"), "moon-stars", "roster"))),
    (_l("Improve"), (
        Item("reports", _l("Figures"), "graph-up", "reports"),
        Item("quality", _l("Quality checks"), "clipboard-check", "quality"),
        Item("improvement", _l("Improvement items"), "graph-up-arrow", "improvement"),
        Item("answers", _l("Standard answers"), "file-text", "answers"),
        Item("retailers", _l("Retailers"), "shop", "retailers"))),
    (_l("Manage"), (
        Item("people", _l("People"), "person-badge", "people"),
        Item("catalog", _l("Categories"), "diagram-3", "catalog"),
        Item("calendar", _l("Calendar"), "calendar3", "settings"),
        Item("settings", _l("Settings"), "sliders", "settings"),
        Item("audit", _l("Audit trail"), "journal-text", "audit"),
        Item("operations", _l("Operations"), "activity", "operations"),
        Item("hotline", _l("Lines"), "broadcast", "operations"),
        Item("styleguide", _l("Components"), "palette", "styleguide"))),
)

# Where a role begins its day; the first that the person may open.
HOME = (("hotline", "triage"), ("manager", "closing"), ("qa", "quality"), ("handler", "mine"), ("compliance", "review"), ("liaison", "triage"),
        ("admin", "people"))
# What a thumb should reach first on a phone; the list where the role begins stands before it.
THUMB = ("mine", "team", "triage", "closing", "due", "review", "calls", "tasks", "quality", "entry")
MOST_BELOW = 4


def address(key: str) -> str | None:
    """The address of a desk page without arguments, or None if there is no such page."""
    endpoint = f"desk.{key}"
    return url_for(endpoint) if endpoint in current_app.view_functions else None


def home(roles) -> str:
    """Where somebody with these roles begins: his first list, else the notices."""
    found = (address(key) for role, key in HOME if role in roles)
    return next(filter(None, found), None) or url_for("desk.notices")


def sections(roles, numbers: dict[str, int]) -> list[dict]:
    """The sections with their items that the roles may open, as base_desk.html wants them; empty sections are left out."""
    shown = [{"title": title, "items": [_item(item, numbers) for item in items if may(roles, item.permission) and address(item.key)]}
             for title, items in SECTIONS]
    return [section for section in shown if section["items"]]


def bottom(roles, shown: list[dict]) -> list[dict]:
    """The few items of `shown` (sections) for the bar at the bottom of a phone."""
    items = {item["key"]: item for section in shown for item in section["items"]}
    begins = [key for role, key in HOME if role in roles]
    wanted = dict.fromkeys([*begins, *THUMB, *items])
    return [items[key] for key in wanted if key in items][:MOST_BELOW]


def _item(item: Item, numbers: dict[str, int]) -> dict:
    late = numbers.get(item.late, 0)
    return {"key": item.key, "label": item.label, "href": address(item.key), "icon": item.icon, "count": late or numbers.get(item.key, 0), "late": bool(late),
            "current": request.endpoint == f"desk.{item.key}"}
