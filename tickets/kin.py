"""Reading parents and their children: which tickets fit and why others do not, who was heard, what is still to be said to whom."""
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Select, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import aliased, selectinload

from catalog.models import Leaf
from core.actor import SYSTEM, Actor
from core.db import db
from core.errors import NotFound
from retailers.models import Retailer
from tickets import probable
from tickets.fitting import TOGETHER, Matter, Rule, why_not
from tickets.lifecycle import find_sources
from tickets.models import Message, Ticket
from tickets.parents import Parent, ParentTicket
from tickets.queries import visible

MOST = 1000  # tickets looked at in one go
ANSWERABLE = find_sources("answer_together")
NOWHERE = ("merged", "withdrawn", "declined", "transferred")
TRIED = timedelta(days=1)  # what could not be answered with the others by then is left to its handler


def one(parent_id: int) -> Parent:
    """The parent. Raises NotFound."""
    parent = db.session.get(Parent, parent_id)
    if parent is None:
        raise NotFound("parent")
    return parent


def looked_at(rule: Rule, parent_id: int | None = None, actor: Actor = SYSTEM) -> Iterator[tuple[Ticket, str | None]]:
    """Tickets that the rule might mean, each with the reason why it does not attach (None: it does); those attached already are left out.

    Looked at is what came in meanwhile and has the category or lies in the place; nothing sealed, and nothing the actor may not see.
    """
    area, route = func.coalesce(Retailer.area, ""), func.coalesce(Retailer.deliverer_id, 0)
    mine, others = aliased(ParentTicket), aliased(ParentTicket)
    query = select(Ticket, probable.leaf(), area, route, mine.standing, others.parent_id).outerjoin(Retailer, Retailer.id == Ticket.retailer_id).outerjoin(
        mine, (mine.ticket_id == Ticket.id) & (mine.parent_id == (parent_id or 0))).outerjoin(
        others, (others.ticket_id == Ticket.id) & (others.standing == "attached") & (others.parent_id != (parent_id or 0)))
    query = query.options(selectinload(Ticket.messages)) if rule.words else query
    query = query.where(_concerned(rule, area, route), visible(actor), _known(actor), mine.standing.is_distinct_from("attached"))
    for ticket, leaf, at_area, at_route, standing, elsewhere in db.session.execute(query.order_by(Ticket.received_at, Ticket.id).limit(MOST)):
        known = standing or ("elsewhere" if elsewhere else "")
        matter = Matter(leaf, at_area, at_route, ticket.received_at, _text(ticket, rule), ticket.state in ANSWERABLE, bool(ticket.named_ids), known)
        yield ticket, why_not(matter, rule)


def _concerned(rule: Rule, area, route):
    """The condition on Ticket of perhaps being meant: in time, not kept from anybody, of the category or from the place."""
    kept = select(Leaf.code).where(Leaf.access != "open")
    until = Ticket.received_at <= rule.until if rule.until else true()
    here = and_(area == rule.area, route == rule.route if rule.route else true()) if rule.area else false()
    return and_(~Ticket.sealed, Ticket.state.not_in(NOWHERE), Ticket.received_at >= rule.since, until,
                func.coalesce(probable.leaf().not_in(kept), True), or_(probable.leaf() == rule.leaf, here))


def _text(ticket: Ticket, rule: Rule) -> str:
    """The retailer's words, read only where the rule asks for some."""
    return " ".join(message.body for message in ticket.messages if message.kind == "in") if rule.words else ""


def _known(actor: Actor):
    """The condition on Ticket of telling this reader no secret: a place tells whose a confidential matter is."""
    return true() if actor.kind == "system" or actor.has("hotline", "compliance") else ~Ticket.confidential


def attached(parent_id: int) -> Select:
    """A select of the ids of the children."""
    return select(ParentTicket.ticket_id).where(ParentTicket.parent_id == parent_id, ParentTicket.standing == "attached")


def children(parent_id: int, actor: Actor) -> Select:
    """A select of the children that the actor may see, the oldest first."""
    return select(Ticket).where(Ticket.id.in_(attached(parent_id)), visible(actor), _known(actor)).order_by(Ticket.received_at, Ticket.id)


def of(ticket: Ticket) -> Parent | None:
    """The parent of a ticket, if it has one."""
    return db.session.scalar(select(Parent).join(ParentTicket, ParentTicket.parent_id == Parent.id).where(
        ParentTicket.ticket_id == ticket.id, ParentTicket.standing == "attached"))


def settled(ticket: Ticket) -> bool:
    """Is the cause that this ticket belongs to settled?"""
    parent = of(ticket)
    return parent is not None and parent.resolved_at is not None


def languages(parent_id: int) -> set[str]:
    """The languages of the children that are to be answered."""
    return set(readers(parent_id))


def readers(parent_id: int) -> dict[str, int]:
    """How many distinct retailers an answer to all would reach, by the language they read."""
    return {language: count for language, count in db.session.execute(
        select(Ticket.language, func.count(reader().distinct())).where(*_to_answer(parent_id)).group_by(Ticket.language))}


def samples(parent_id: int, actor: Actor) -> dict[str, Ticket]:
    """By language the first child that is to be answered and that the actor may see: by it is shown what goes out."""
    firsts = select(func.min(Ticket.id)).where(*_to_answer(parent_id), visible(actor), _known(actor)).group_by(Ticket.language)
    return {ticket.language: ticket for ticket in db.session.scalars(select(Ticket).where(Ticket.id.in_(firsts)).order_by(Ticket.language))}


def heard(parent_id: int) -> list[tuple]:
    """(when, who) of every child whose retailer is known."""
    rows = db.session.execute(select(Ticket.received_at, probable.person()).where(Ticket.id.in_(attached(parent_id))))
    return [(at, who) for at, who in rows if who is not None]


def unnoticed(parent: Parent) -> list[int]:
    """Ids of children whose retailer has not heard of this parent, one a retailer; none before the notice is given, none with support needs."""
    if parent.noticed_at is None or parent.resolved_at is not None:
        return []
    told = select(Message.id).where(Message.dedupe_key == func.concat(f"notice:{parent.id}:", reader())).exists()
    return list(db.session.scalars(select(func.min(Ticket.id)).where(*_to_answer(parent.id), ~told).group_by(reader())))


def reader():
    """Who reads what is said in a ticket: a retailer has one notice however many tickets he has."""
    return func.coalesce(probable.person(), func.concat("ticket:", Ticket.id))


def reader_of(ticket: Ticket) -> str:
    """The same for one ticket."""
    return db.session.scalar(select(reader()).where(Ticket.id == ticket.id))


def unanswered(parent: Parent, ticket_id: int | None = None) -> list[int]:
    """Ids of children of a resolved parent that have not had its answer and can still get one; of one ticket only if it is named."""
    if parent.resolved_at is None:
        return []
    said = select(Message.id).where(Message.dedupe_key == func.concat(f"{TOGETHER}{parent.id}:", Ticket.id)).exists()
    named = Ticket.id == ticket_id if ticket_id is not None else true()
    return list(db.session.scalars(select(Ticket.id).where(*_to_answer(parent.id), ~said, named).order_by(Ticket.id)))


def _to_answer(parent_id: int) -> tuple:
    """Children that are answered together: not those who need a person of their own, nor what was sealed since."""
    return (Ticket.id.in_(attached(parent_id)), Ticket.state.in_(ANSWERABLE), ~Ticket.support_needs, ~Ticket.sealed, Ticket.named_ids == [])


def to_tend(now: datetime) -> list[int]:
    """Ids of parents that run, and of those lately resolved whose children were perhaps not all answered."""
    left = exists().where(ParentTicket.parent_id == Parent.id, ParentTicket.standing == "attached", ParentTicket.ticket_id == Ticket.id,
                          Ticket.state.in_(ANSWERABLE), ~Ticket.support_needs, Ticket.redos == 0)
    lately = and_(Parent.resolved_at > now - TRIED, left)
    return list(db.session.scalars(select(Parent.id).where(or_(Parent.resolved_at.is_(None), lately)).order_by(Parent.id)))


class Size(NamedTuple):
    """How big a cause is: tickets, distinct retailers, how often they told us of it before it was answered, and how many

    of these retailers say that it is still not right.
    """

    tickets: int
    retailers: int
    contacts: int
    unhappy: int = 0


def size(parent_id: int) -> Size:
    """The children of a parent counted, with those that need a person of their own."""
    own = Ticket.id.in_(attached(parent_id))
    unhappy = func.count(reader().distinct()).filter(Ticket.redos > 0, _answer_to_all(Ticket.id))
    tickets, people, again = db.session.execute(select(func.count(), func.count(reader().distinct()), unhappy).select_from(Ticket).where(own)).one()
    said = select(func.count(Message.id)).where(Message.ticket_id.in_(attached(parent_id)), tells_of_it())
    return Size(tickets, people, db.session.scalar(said), again)


def tells_of_it():
    """The condition on Message of being the retailer's word about the cause: what he says to the answer is another matter."""
    return and_(Message.kind == "in", ~_answer_to_all(Message.ticket_id, Message.at))


def _answer_to_all(ticket_id, until=None):
    """The condition that a ticket has had the answer to all, by an instant if one is named."""
    answer = aliased(Message)
    by_then = answer.at <= until if until is not None else true()
    return exists().where(answer.ticket_id == ticket_id, answer.dedupe_key.startswith(TOGETHER), by_then)


def told(parent_id: int) -> int:
    """How many retailers have had the notice."""
    return db.session.scalar(select(func.count(Message.id)).where(Message.dedupe_key.startswith(f"notice:{parent_id}:")))
