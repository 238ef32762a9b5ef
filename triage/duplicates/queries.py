"""Which tickets may be one matter, in the database: candidates, what was found, what was told before, what was not compared yet, and by which words."""
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, exists, false, func, or_, select, true

from catalog import queries as catalog
from core import settings
from core.actor import Actor
from core.db import db
from core.jobs import given_up
from tickets import access
from tickets import queries as tickets
from tickets.lifecycle import OPEN
from tickets.models import MergeRefusal, Ticket
from tickets.second import SecondMatter
from triage.duplicates import names
from triage.duplicates.models import Comparison, DuplicatePair, RepeatLink
from triage.duplicates.subjects import Subject
from triage.duplicates.vocabulary import Vocabulary
from triage.models import TriageCue

OPEN_WITHIN = timedelta(days=14)
MOST_COMPARED, MOST_SHOWN = 20, 5


def vocabulary() -> Vocabulary:
    """What is sold and spoken of, as the lists stand now."""
    products = names.spellings((row.name_zh, row.name_en) for row in catalog.codes("product"))
    subjects = db.session.scalars(select(TriageCue).filter_by(kind="subject").order_by(TriageCue.position, TriageCue.code))
    return Vocabulary(products, tuple(Subject(row.code, tuple(row.words), row.common) for row in subjects))


@dataclass(frozen=True)
class Proposed:
    """Another ticket that may be the same matter, and how likely it is (0 to 1)."""

    ticket: Ticket
    score: float


def has_sender(ticket: Ticket) -> bool:
    """Is anything known by which its other matters could be found?"""
    return not ticket.anonymous and bool(ticket.retailer_id or ticket.contact_phone or ticket.order_no or ticket.shop_text)


def same_sender(ticket: Ticket):
    """A condition: of the same shop; where the shop of one of the two is not known, from the same number or about the same order.

    Where neither shop is known, the name as it was typed stands for the shop.
    """
    alike = and_(~Ticket.anonymous, or_(*_alike(ticket)))
    if not ticket.retailer_id:
        return alike
    return or_(Ticket.retailer_id == ticket.retailer_id, and_(Ticket.retailer_id.is_(None), alike))


def _alike(ticket: Ticket):
    yield false()
    if ticket.contact_phone:
        yield Ticket.contact_phone == ticket.contact_phone
    if ticket.order_no:
        yield _bare(Ticket.order_no) == _bare(ticket.order_no)
    if ticket.shop_text and not ticket.retailer_id:
        yield and_(Ticket.retailer_id.is_(None), _bare(Ticket.shop_text) == _bare(ticket.shop_text), _bare(ticket.shop_text) != "")


def _bare(name):
    """A name or number as it is compared: without blanks, signs and capitals."""
    return func.lower(func.regexp_replace(name, "[[:space:][:punct:]]+", "", "g"))


def candidates(ticket: Ticket) -> list[Ticket]:
    """Open tickets of the same sender, not long before or after, under the same seal, except those that a person kept apart."""
    if not has_sender(ticket):
        return []
    query = select(Ticket).where(Ticket.id != ticket.id, Ticket.state.in_(OPEN), Ticket.sealed == ticket.sealed, same_sender(ticket),
                                 Ticket.received_at.between(ticket.received_at - OPEN_WITHIN, ticket.received_at + OPEN_WITHIN), ~_refused(Ticket.id, ticket.id))
    return list(db.session.scalars(query.order_by(Ticket.received_at.desc()).limit(MOST_COMPARED)))


def _refused(one, other):
    return exists().where(MergeRefusal.first_id == func.least(one, other), MergeRefusal.second_id == func.greatest(one, other))


def proposed(actor: Actor, ticket: Ticket) -> list[Proposed]:
    """What may be the same matter as an open ticket, the likeliest first; only where the actor may see both and know from whom they are."""
    if not ticket.is_open or not access.sees_identity(actor, ticket):
        return []
    other = DuplicatePair.first_id + DuplicatePair.second_id - ticket.id
    mine = or_(DuplicatePair.first_id == ticket.id, DuplicatePair.second_id == ticket.id)
    query = (select(Ticket, DuplicatePair).join(DuplicatePair, and_(mine, Ticket.id == other))
             .where(tickets.visible(actor), Ticket.state.in_(OPEN), Ticket.sealed == ticket.sealed, ~_refused(DuplicatePair.first_id, DuplicatePair.second_id),
                    DuplicatePair.score >= settings.get("duplicate_score")))
    found = db.session.execute(query.order_by(DuplicatePair.score.desc(), Ticket.id)).all()
    return [Proposed(other, pair.score) for other, pair in found if access.sees_identity(actor, other)][:MOST_SHOWN]


def kept_apart(actor: Actor, ticket: Ticket) -> list[Ticket]:
    """The open tickets of which a person said that they are not the same matter as this open one, as far as the actor may know of both.

    What was taken out of the same words is none of them: it was two matters from the beginning.
    """
    if not ticket.is_open or not access.sees_identity(actor, ticket):
        return []
    taken_out = exists().where(or_(and_(SecondMatter.ticket_id == ticket.id, SecondMatter.linked_id == Ticket.id),
                                   and_(SecondMatter.ticket_id == Ticket.id, SecondMatter.linked_id == ticket.id)))
    query = select(Ticket).where(tickets.visible(actor), Ticket.state.in_(OPEN), Ticket.sealed == ticket.sealed, _refused(Ticket.id, ticket.id),
                                 ~taken_out)
    return [other for other in db.session.scalars(query.order_by(Ticket.id)) if access.sees_identity(actor, other)][:MOST_SHOWN]


@dataclass(frozen=True)
class Mark:
    """What a list says of a ticket: the likeliest other one that may be the same matter, and how often the matter was told, this time included."""

    double: Ticket | None
    times: int


def marks(actor: Actor, shown: Collection[Ticket]) -> dict[int, Mark]:
    """The marks of the tickets of a list by id, without those that have none, as far as the actor may know of both; a few queries for all of them."""
    known = {ticket.id: ticket for ticket in shown if has_sender(ticket) and access.sees_identity(actor, ticket)}
    doubles, times = _doubles(actor, known), _times(actor, known)
    return {number: Mark(doubles.get(number), times.get(number, 1)) for number in doubles.keys() | times.keys()}


def _doubles(actor: Actor, known: dict[int, Ticket]) -> dict[int, Ticket]:
    pairs = db.session.execute(select(DuplicatePair.first_id, DuplicatePair.second_id).where(
        or_(DuplicatePair.first_id.in_(known), DuplicatePair.second_id.in_(known)), DuplicatePair.score >= settings.get("duplicate_score"),
        ~_refused(DuplicatePair.first_id, DuplicatePair.second_id)).order_by(DuplicatePair.score, DuplicatePair.first_id.desc(), DuplicatePair.second_id.desc())).all()
    both = [(one, other) for pair in pairs for one, other in (pair, pair[::-1]) if one in known and known[one].is_open]
    others = {other.id: other for other in _seen(actor, {other for _one, other in both})}
    return {one: others[other] for one, other in both if other in others and others[other].sealed == known[one].sealed}  # the likeliest comes last


def _seen(actor: Actor, ids: Collection[int]) -> list[Ticket]:
    found = db.session.scalars(select(Ticket).where(Ticket.id.in_(ids), Ticket.state.in_(OPEN), tickets.visible(actor))) if ids else ()
    return [other for other in found if access.sees_identity(actor, other)]


def _times(actor: Actor, known: dict[int, Ticket]) -> dict[int, int]:
    named = true() if actor.has("hotline", "compliance") else ~Ticket.confidential
    counted = db.session.execute(select(RepeatLink.ticket_id, func.count()).join(Ticket, Ticket.id == RepeatLink.earlier_id).where(
        RepeatLink.ticket_id.in_(known), tickets.visible(actor), named).group_by(RepeatLink.ticket_id))
    return {number: count + 1 for number, count in counted}


def told_before(actor: Actor, ticket: Ticket) -> list[Ticket]:
    """The earlier tickets of this matter that the actor may see, the newest first."""
    if not access.sees_identity(actor, ticket):
        return []
    query = select(Ticket).join(RepeatLink, RepeatLink.earlier_id == Ticket.id).where(RepeatLink.ticket_id == ticket.id, tickets.visible(actor))
    return [other for other in db.session.scalars(query.order_by(Ticket.received_at.desc())) if access.sees_identity(actor, other)]


def closed_lately(ticket: Ticket) -> list[Ticket]:
    """Tickets of the same sender and seal that were closed within the days of the setting before this one came, the newest first."""
    if not has_sender(ticket):
        return []
    since = ticket.received_at - timedelta(days=settings.get("repeat_days"))
    query = select(Ticket).where(Ticket.id != ticket.id, Ticket.state == "closed", Ticket.sealed == ticket.sealed, same_sender(ticket),
                                 Ticket.ended_at.between(since, ticket.received_at))
    return list(db.session.scalars(query.order_by(Ticket.ended_at.desc()).limit(MOST_COMPARED)))


def repeats(ticket_id: int) -> int:
    """How many earlier tickets of this matter are linked."""
    return db.session.scalar(select(func.count()).select_from(RepeatLink).where(RepeatLink.ticket_id == ticket_id))


def wants_comparing(ticket: Ticket) -> bool:
    """True when its words or its category are other ones than when it was compared, or it never was."""
    known = db.session.get(Comparison, ticket.id)
    return known is None or (known.words_at, known.leaf_code) != (ticket.last_inbound_at, ticket.leaf_code)


def uncompared() -> list[int]:
    """Ids of open tickets that want comparing, the oldest first."""
    same = and_(Comparison.ticket_id == Ticket.id, Comparison.words_at.is_not_distinct_from(Ticket.last_inbound_at),
                Comparison.leaf_code.is_not_distinct_from(Ticket.leaf_code))
    return list(db.session.scalars(select(Ticket.id).where(Ticket.state.in_(OPEN), ~exists().where(same), ~given_up("compare", Ticket.id))
                                   .order_by(Ticket.id).limit(500)))
