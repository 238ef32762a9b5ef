"""Matters beside the main one: proposed, refused, answered along, or made a linked ticket with an owner, clocks and a number of its own."""
from collections.abc import Collection, Iterable

from sqlalchemy.dialects.postgresql import insert

from catalog.models import Leaf
from core import clock
from core.actor import SYSTEM, Actor
from core.audit import Did, record
from core.db import db
from core.errors import DomainError, NotAllowed
from tickets import access, queries
from tickets.messages import REFUSALS
from tickets.models import MergeRefusal, Ticket
from tickets.second import SecondMatter
from tickets.services import conversation, naming, numbering
from tickets.services.opening import NewTicket, open_ticket, same_contact

DECIDERS = frozenset({"system", "triager", "manager", "assignee", "compliance"})
MOST_WORDS = 2000


def of(ticket: Ticket) -> list[SecondMatter]:
    """Every second matter of a ticket, in the order in which they were told."""
    return list(db.session.scalars(db.select(SecondMatter).filter_by(ticket_id=ticket.id).order_by(SecondMatter.id)))


def elsewhere(ticket_ids: Collection[int]) -> dict[int, list[SecondMatter]]:
    """The second matters of these tickets that have tickets of their own, by the id of the ticket whose words tell of them."""
    found: dict[int, list[SecondMatter]] = {}
    for matter in db.session.scalars(db.select(SecondMatter).where(SecondMatter.ticket_id.in_(ticket_ids), SecondMatter.standing == "own").order_by(SecondMatter.id)):
        found.setdefault(matter.ticket_id, []).append(matter)
    return found


def told_with(ticket: Ticket) -> SecondMatter | None:
    """The matter as which this ticket was told with another one; None for a ticket that came by itself."""
    return db.session.scalar(db.select(SecondMatter).filter_by(linked_id=ticket.id))


def propose(ticket: Ticket, found: Iterable[tuple[str, str, float]]) -> list[SecondMatter]:
    """Keep what the machine found (category, words, how sure) in place of what it found before; what a person decided stays."""
    db.session.execute(db.delete(SecondMatter).where(SecondMatter.ticket_id == ticket.id, SecondMatter.standing == "proposed"))
    for leaf, words, sure in found:
        row = {"ticket_id": ticket.id, "leaf_code": leaf, "words": words[:MOST_WORDS], "sure": sure, "at": clock.now()}
        db.session.execute(insert(SecondMatter).values(row).on_conflict_do_nothing())
    return [matter for matter in of(ticket) if matter.standing == "proposed"]


def add(ticket: Ticket, actor: Actor, leaf: Leaf, words: str) -> SecondMatter:
    """A person sees one more matter in it. Raises DomainError if the ticket has one of this category already, or no words are given."""
    _refuse(ticket, actor)
    if not words.strip():
        raise DomainError("second_words", REFUSALS["second_words"])
    if leaf.code == ticket.leaf_code or any(matter.leaf_code == leaf.code for matter in of(ticket)):
        raise DomainError("second_known", REFUSALS["second_known"])
    matter = SecondMatter(ticket_id=ticket.id, leaf=leaf, leaf_code=leaf.code, words=words.strip()[:MOST_WORDS], standing="proposed", at=clock.now())
    db.session.add(matter)
    db.session.flush()
    return matter


def rename(matter: SecondMatter, actor: Actor, leaf: Leaf) -> None:
    """It is of another category than was proposed. Raises DomainError if the ticket has one of that category already."""
    _refuse(matter.ticket, actor)
    if matter.leaf_code == leaf.code or matter.standing == "own":
        return
    if leaf.code in {matter.ticket.leaf_code, *(other.leaf_code for other in of(matter.ticket))}:
        raise DomainError("second_known", REFUSALS["second_known"])
    matter.leaf, matter.leaf_code = leaf, leaf.code
    db.session.flush()


def refuse(matter: SecondMatter, actor: Actor) -> None:
    """There is no such matter in it."""
    _settle(matter, actor, "refused")


def answer_along(matter: SecondMatter, actor: Actor) -> None:
    """The answer to the main matter must speak of this one too. What is sealed is never answered along with what is open."""
    if matter.leaf.access == "sealed" and not matter.ticket.sealed:
        raise DomainError("second_sealed", REFUSALS["second_sealed"])
    _settle(matter, actor, "along")


def split_off(matter: SecondMatter, actor: Actor) -> Ticket:
    """Open a ticket of its own for this matter: same contact, its own words, number and clocks; the caller classifies and dispatches it.

    What goes out of a sealed ticket says nothing of it: no name of who decided, nothing inherited. Raises DomainError while words are doubtful.
    """
    ticket = matter.ticket
    _refuse(ticket, actor)
    if matter.standing == "own":
        raise DomainError("second_decided", REFUSALS["second_decided"])
    if queries.has_unconfirmed(ticket):
        raise DomainError("transcript_confirmed", REFUSALS["transcript_confirmed"])
    made = open_ticket(SYSTEM if ticket.sealed else actor, _same_contact(ticket, matter))
    if not ticket.sealed:
        naming.inherit(made, ticket)
    first, second = sorted((ticket.id, made.id))
    db.session.execute(insert(MergeRefusal).values(first_id=first, second_id=second, by_id=actor.id).on_conflict_do_nothing())
    matter.linked = made
    _settle(matter, actor, "own")
    conversation.system(ticket, actor, "split_off")
    return made


def _same_contact(ticket: Ticket, matter: SecondMatter) -> NewTicket:
    return NewTicket(
        case_no=numbering.case_no(ticket.received_at), token=numbering.token(), channel=ticket.channel, text=matter.words,
        received_at=ticket.received_at, type=matter.leaf.type, language=ticket.language, severity=matter.leaf.severity,
        sealed=matter.leaf.access == "sealed", captured_by_id=ticket.captured_by_id, **same_contact(ticket))


def undecided(ticket: Ticket) -> bool:
    """True while somebody must still say what becomes of a second matter."""
    return any(matter.standing == "proposed" for matter in of(ticket))


def to_speak_of(ticket: Ticket) -> list[SecondMatter]:
    """The matters of which the answer of this round must speak; with those of tickets that were merged into this one."""
    merged = db.select(Ticket.id).where(Ticket.merged_into_id == ticket.id)
    query = db.select(SecondMatter).where(db.or_(SecondMatter.ticket_id == ticket.id, SecondMatter.ticket_id.in_(merged)), SecondMatter.standing == "along")
    return list(db.session.scalars(query.order_by(SecondMatter.id)))


def spoken_of(ticket: Ticket, actor: Actor, ids: set[int]) -> None:
    """The writer says of which of them the answer of this round speaks: exactly these."""
    if ticket.assignee_id != actor.id and access.hats(actor, ticket).isdisjoint({"triager"}):
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    for matter in to_speak_of(ticket):
        matter.spoken_round, matter.spoken_by_id = (ticket.round, actor.id) if matter.id in ids else (None, None)
    db.session.flush()


def unspoken(ticket: Ticket) -> list[SecondMatter]:
    """Those of which the answer of this round does not speak yet."""
    return [matter for matter in to_speak_of(ticket) if matter.spoken_round != ticket.round]


def state_of(ticket: Ticket) -> dict:
    """What the lifecycle asks before an answer goes out: is something undecided, does the answer leave something out?"""
    return {"undecided": undecided(ticket), "unspoken": unspoken(ticket)}


def _settle(matter: SecondMatter, actor: Actor, standing: str) -> None:
    _refuse(matter.ticket, actor)
    if matter.standing == "own" or matter.standing == standing:
        raise DomainError("second_decided", REFUSALS["second_decided"])
    matter.standing, matter.decided_at, matter.decided_by_id, matter.spoken_round, matter.spoken_by_id = standing, clock.now(), actor.id, None, None
    told = {} if matter.ticket.sealed else {"leaf": matter.leaf_code}
    record(actor, Did.TICKET_SECOND_DECIDED, ticket=matter.ticket, second=standing, **told)
    db.session.flush()


def _refuse(ticket: Ticket, actor: Actor) -> None:
    if not ticket.is_open:
        raise DomainError("wrong_state", REFUSALS["wrong_state"])
    if access.hats(actor, ticket).isdisjoint(DECIDERS):
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
