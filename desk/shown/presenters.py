"""A ticket as the desk's pages show it: clock chips, names that may be hidden, tags, times (what comes next: desk.next_step; rows of lists: desk.rows)."""
from dataclasses import dataclass
from datetime import datetime

from flask import current_app, url_for
from flask_babel import format_time, lazy_gettext
from flask_babel import gettext as _

from catalog import queries as catalog
from core import clock as time
from core import organisation, phone, settings
from core.actor import Actor
from core.i18n import day_hour, pick
from desk.shown import words
from tickets import access, sla
from tickets.models import Clock, Ticket
from tickets.services.clocks import settled_fast
from tickets.sla import BY_ITSELF

LONG = 16 * 60  # minutes from which hours and minutes are more than one wants to know


@dataclass(frozen=True)
class Chip:
    """A clock as `ui.clock` draws it; `kind_label` is empty in a column that already says which clock it is."""

    kind_label: str
    prefix: str
    text: str
    percent: int
    css: str


def chip(clock: Clock | None, short: bool = False) -> Chip | None:
    """The chip of one clock, None for none; `short` leaves out which clock it is."""
    if clock is None:
        return None
    dial = sla.dial(organisation.calendar(), clock, time.now())
    prefix = "paused" if dial.paused else "over" if dial.left < 0 else "left"
    return Chip("" if short else words.CLOCKS[clock.kind], prefix, duration(dial.left, dial.working), dial.percent, dial.css)


def duration(minutes: int, working: bool) -> str:
    """Minutes as people say them: 20 min, 3 h 20 min, or whole hours when it is long; working hours are told from hours of the clock."""
    hours, rest = sla.parts(minutes)
    if not hours:
        return _("%(minutes)s min", minutes=rest)
    if abs(minutes) >= LONG or not rest:
        return _("%(hours)s work h", hours=hours) if working else _("%(hours)s h", hours=hours)
    if working:
        return _("%(hours)s work h %(minutes)s min", hours=hours, minutes=rest)
    return _("%(hours)s h %(minutes)s min", hours=hours, minutes=rest)


def running(ticket: Ticket) -> list[Clock]:
    """Clocks that are not stopped and that somebody has to keep, what is due first first; the paused ones last."""
    going = [clock for clock in ticket.clocks if clock.stopped_at is None and clock.kind not in BY_ITSELF]
    return sorted(going, key=lambda clock: (clock.paused_at is not None, clock.due_at))


def main_clock(ticket: Ticket) -> Clock | None:
    """The one clock of a list's row: what is due first; while the retailer is asked, the answer's own clock, paused."""
    going = running(ticket)
    if ticket.state == "needs_info":
        return next((clock for clock in going if clock.paused_at), next(iter(going), None))
    return next(iter(going), None)


def due_text(at: datetime | None) -> str:
    """When something is due: the hour today, else day and hour; empty for None."""
    if at is None:
        return ""
    zone = organisation.zone()
    today = at.astimezone(zone).date() == time.now().astimezone(zone).date()
    return format_time(at, "HH:mm") if today else day_hour(at)


def ticket_url(ticket: Ticket) -> str | None:
    """The address of the ticket's page."""
    return url_for("desk.ticket", case_no=ticket.case_no) if "desk.ticket" in current_app.view_functions else None


def shop(ticket: Ticket, actor: Actor) -> str:
    """The shop as this reader may know it."""
    if ticket.anonymous:
        return _("Anonymous")
    if not access.sees_identity(actor, ticket):
        return _("Name kept confidential")
    return _name(ticket) or _("Unknown shop")


def callee(ticket: Ticket, actor: Actor) -> str:
    """Whom to call, as this reader may know it: the shop, or the masked number where nobody knows whose it is."""
    nameless = not ticket.anonymous and not _name(ticket)
    return nameless and masked_phone(ticket, actor) or shop(ticket, actor)


def _name(ticket: Ticket) -> str | None:
    return (ticket.retailer.shop_name if ticket.retailer else ticket.shop_text) or ticket.contact_name


def masked_phone(ticket: Ticket, actor: Actor) -> str:
    """The number with its middle hidden; empty without one, or for whoever may not know who it is."""
    return phone.mask(ticket.contact_phone) if ticket.contact_phone and access.sees_identity(actor, ticket) else ""


def leaf_name(ticket: Ticket) -> str:
    """The category in the reader's language; empty before triage."""
    return pick(ticket.leaf.name_zh, ticket.leaf.name_en) if ticket.leaf else ""


def team_name(ticket: Ticket) -> str:
    """The team in the reader's language; empty before dispatch."""
    return pick(ticket.team.name_zh, ticket.team.name_en) if ticket.team else ""


def own_team(actor: Actor, lang: str) -> str:
    """The name of the actor's team in the language of whoever reads it; the organisation's name for somebody without a team."""
    team = next((team for team in catalog.teams() if team.id in actor.teams), None)
    names = (team.name_zh, team.name_en) if team else (settings.get("org_name_zh"), settings.get("org_name_en"))
    return names[0] if lang == "zh" else names[1]


FAST_LANE = lazy_gettext("Fast lane")
TAGS = (
    (lambda t: t.support_needs, lazy_gettext("Special care"), "care"),
    (lambda t: t.supervised, lazy_gettext("Supervised"), "bad"),
    (lambda t: t.sealed, lazy_gettext("Sealed"), ""),
    (lambda t: t.confidential, lazy_gettext("Confidential"), ""),
    (lambda t: t.anonymous, lazy_gettext("Anonymous"), ""),
    (settled_fast, FAST_LANE, "ok"),
)


def tags(ticket: Ticket) -> list[tuple[str, str]]:
    """Marks on the matter as (text, kind of ui.tag)."""
    found = [(label, kind) for holds, label, kind in TAGS if holds(ticket)]
    return [*(tag for tag in _counted(ticket) if tag), *found]


def lane(ticket: Ticket) -> list[tuple[str, str]]:
    """The mark of what was settled fast, where there is no room for all of them."""
    return [(FAST_LANE, "ok")] if settled_fast(ticket) else []


def _counted(ticket: Ticket):
    yield ticket.escalation and (_("Raised: level %(level)s", level=ticket.escalation), "bad")
    yield ticket.redos and (_("Redo %(number)s", number=ticket.redos), "care")
    yield ticket.returns and (_("Given back: %(number)s", number=ticket.returns), "")
    yield ticket.urgings and (_("Chased: %(number)s", number=ticket.urgings), "care")


def passed_over(codes) -> list[str]:
    """Routing's reasons against a candidate, in words."""
    return [words.PASSED_OVER[code] for code in codes]


def routed(result: str, name: str = "", by: str = "") -> str:
    """What a routing decision came to, in one sentence; `by` is the manager who named the person."""
    return words.ROUTED[result] % {"name": name, "by": by}


def happened(message) -> str:
    """The words of a system line of the thread."""
    known = words.HAPPENED.get(message.purpose)
    return str(known) % {"case": message.body} if known else message.body
