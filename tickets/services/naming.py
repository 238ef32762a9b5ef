"""Whom of the staff a matter names, and what follows: it is kept from them, from the lines above them and from their teams."""
from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

from accounts.models import User
from catalog import people
from catalog.models import Membership, Team
from core import events, settings
from core.actor import SYSTEM, Actor
from core.audit import Did, record
from core.db import db
from core.errors import NotAllowed
from core.meant import Meant, Person, meant
from core.settings import Setting
from retailers.models import SERVING_ROLES
from tickets import access
from tickets.events import HandlerStoodAside, TicketDispatched
from tickets.messages import REFUSALS
from tickets.models import Reply, Ticket
from tickets.services.transition import move

settings.define(Setting("outside_teams", "text", "compliance, hotline", "routing",
                        _l("Teams that take a matter about staff of the team that owns it: the first whose people need not stand aside")))
NOT_MEANT = "not_meant"  # the fact of a ticket that keeps whom a person took out: the same words must not put them in again
IN_HAND = ("dispatched", "needs_info", "in_progress", "in_review")
WHO_NAMES = frozenset({"system", "triager", "manager", "assignee", "qa", "compliance"})


def whom(ticket: Ticket, text: str) -> Meant:
    """Who of the active staff is meant by words of this ticket."""
    with db.session.no_autoflush:
        rows = db.session.execute(db.select(User.id, User.name, User.login).where(User.active)).all()
    return among(ticket, text, rows)


def among(ticket: Ticket, text: str, staff: Iterable) -> Meant:
    """The same of staff that were read already: rows with id, name and login."""
    shop = ticket.retailer
    serving = {getattr(shop, f"{role}_id") for role in SERVING_ROLES} if shop else set()
    return meant(text, [Person(row.id, row.name, row.id in serving, row.login) for row in staff])


def read(ticket: Ticket, text: str) -> None:
    """Words came in: whoever they name is kept from the ticket from here on, unless a person said that he is not meant."""
    found = whom(ticket, text).ids - set(ticket.facts.get(NOT_MEANT, ()))
    if found or ticket.named_ids:  # the seal may have changed with the same words
        _put(ticket, SYSTEM, {*ticket.named_ids, *found})


def name(ticket: Ticket, actor: Actor, ids) -> None:
    """A person says who is named, all of them; whom he left out is not put in again by the same words."""
    if access.hats(actor, ticket).isdisjoint(WHO_NAMES):
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    settle_on(ticket, actor, ids)


def settle_on(ticket: Ticket, actor: Actor, ids) -> None:
    """The same for whoever has been let do it already: what he decides in one go may seal the ticket before he comes to the names."""
    wanted, before = set(ids), set(ticket.named_ids)
    kept_out = (set(ticket.facts.get(NOT_MEANT, ())) | before) - wanted
    if kept_out != set(ticket.facts.get(NOT_MEANT, ())):
        ticket.facts = ticket.facts | {NOT_MEANT: sorted(kept_out)}
    _put(ticket, actor, wanted)


def inherit(ticket: Ticket, other: Ticket) -> None:
    """Whoever `other` names is kept from this ticket too."""
    _put(ticket, SYSTEM, {*ticket.named_ids, *other.named_ids})


def _put(ticket: Ticket, actor: Actor, wanted: set[int]) -> None:
    before = set(ticket.named_ids)
    if wanted != before:
        with db.session.no_autoflush:  # a query in between must not write a handler who is named
            ticket.named_ids = sorted(wanted)
            record(actor, Did.TICKET_STAFF_NAMED, ticket=ticket, **({} if ticket.sealed else _told(before, wanted)))
    settle(ticket)


def _told(before: set[int], wanted: set[int]) -> dict:
    return {key: [user.name for user in db.session.scalars(db.select(User).where(User.id.in_(ids)).order_by(User.name))]
            for key, ids in (("named", wanted - before), ("not_named", before - wanted)) if ids}


def settle(ticket: Ticket) -> None:
    """Bring team and handler in line with who is named; call it whenever names, seal or category have changed."""
    with db.session.no_autoflush:
        away = people.kept_away(ticket.named_ids)
        moved = _place(ticket, away)
        if ticket.state in IN_HAND and ticket.assignee_id in away:
            _release(ticket)
        elif moved and ticket.state == "dispatched" and ticket.assignee_id is None:
            ticket.awaits_routing = True
            events.emit(TicketDispatched(ticket.id))
    db.session.flush()


def give_to_team(ticket: Ticket) -> None:
    """The team of its category has it, or one outside if that one must stand aside."""
    if ticket.leaf is not None:
        ticket.team, ticket.team_id = ticket.leaf.team, ticket.leaf.team_id
        settle(ticket)


def _place(ticket: Ticket, away: frozenset[int]) -> bool:
    """Choose the team; True if that changed. A sealed matter that nobody may open any more gets one at once."""
    ticket.aside = ticket.sealed and bool(ticket.named_ids) and _nobody_opens(ticket, away)
    own = ticket.leaf.team_id if ticket.leaf is not None and ticket.team_id is not None else None
    if own is None and not ticket.aside:
        ticket.team = ticket.team_id = None
        return False
    before, chosen = ticket.team_id, own
    shut_out = people.teams_of(ticket.named_ids)
    if ticket.aside or own in shut_out:
        chosen = access.team_for(shut_out, outside()) or own
    ticket.team_id, ticket.team = chosen, db.session.get(Team, chosen) if chosen else None
    return chosen != before


def _nobody_opens(ticket: Ticket, away: frozenset[int]) -> bool:
    opening = db.select(User.id).where(User.active, User.roles.overlap(sorted(access.seal_roles(ticket.leaf_code))), User.id.not_in(away))
    return db.session.scalar(opening.limit(1)) is None


def outside() -> list[int]:
    """The teams of the setting that somebody leads, by id, in its order."""
    codes = [code.strip() for code in settings.get("outside_teams").replace("，", ",").split(",")]
    led = db.select(Membership.team_id).join(User, User.id == Membership.user_id).where(Membership.leads, User.active, User.roles.contains(["manager"]))
    found = dict(db.session.execute(db.select(Team.code, Team.id).where(Team.active, Team.code.in_(codes), Team.id.in_(led))).all())
    return [found[code] for code in codes if code in found]


def _release(ticket: Ticket) -> None:
    """The handler loses it at once, whatever he is doing with it; he hears that it is gone, and nothing of what it says."""
    handler = ticket.assignee_id
    ticket.former_ids = [*ticket.former_ids, handler]
    ticket.assignee, ticket.assignee_id, ticket.awaits_routing = None, None, True  # first: no row may say that who is named has it
    move(ticket, "stand_aside", SYSTEM)
    waiting = db.update(Reply).where(Reply.ticket_id == ticket.id, Reply.state == "submitted")
    db.session.execute(waiting.values(state="draft"))  # nothing of his goes out; whoever follows writes it anew
    events.emit(HandlerStoodAside(ticket.id))
