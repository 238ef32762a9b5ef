"""Comparing a ticket with the others of its retailer: pairs are proposed, never merged; what was told before is linked and counted."""
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.dialects.postgresql import insert

from core import clock, organisation, settings
from core.actor import SYSTEM
from core.audit import Did, record
from core.db import db
from tickets.models import Ticket
from tickets.second import SecondMatter
from tickets.services import escalation, second_matters
from triage import queries as readings
from triage.beside import words_left
from triage.duplicates import queries, told
from triage.duplicates.likeness import Likeness, judge
from triage.duplicates.models import Comparison, DuplicatePair, RepeatLink
from triage.duplicates.vocabulary import Vocabulary
from triage.models import TriageProposal

THIRD_CONTACT = 2  # earlier tickets of a matter from which on somebody higher up must know (DOMAIN: M005)
RAISED_TO = 1


@dataclass(frozen=True)
class Found:
    """Another ticket and how like it is."""

    ticket: Ticket
    likeness: Likeness


def likely(ticket: Ticket) -> list[Found]:
    """The open tickets that may be the same matter, the likeliest first; read only."""
    found = _alike(ticket, queries.candidates(ticket))
    return sorted(found, key=lambda other: -other.likeness.score)


def why(ticket: Ticket, others: list[Ticket]) -> dict[int, Likeness]:
    """How like the ticket its others are and why, by their ids, as their words are now."""
    return {other.ticket.id: other.likeness for other in _judged_all(ticket, others)}


def compare(ticket: Ticket) -> None:
    """Keep the pairs that this ticket makes with others, link what was told before, and remember up to where it was compared."""
    _keep_pairs(ticket, likely(ticket))
    _link(ticket, _earlier(ticket))
    row = {"words_at": ticket.last_inbound_at, "leaf_code": ticket.leaf_code}
    db.session.execute(insert(Comparison).values(ticket_id=ticket.id, **row).on_conflict_do_update(index_elements=["ticket_id"], set_=row))


def _alike(ticket: Ticket, others: list[Ticket]) -> list[Found]:
    return [other for other in _judged_all(ticket, others) if other.likeness.score >= settings.get("duplicate_score")]


def _judged_all(ticket: Ticket, others: list[Ticket]) -> list[Found]:
    if not others:
        return []
    ids = [ticket.id, *(other.id for other in others)]
    rankings, gone = readings.proposals(ids), second_matters.elsewhere(ids)
    vocabulary = queries.vocabulary()
    mine, *theirs = (_told(one, rankings.get(one.id), gone.get(one.id, ()), vocabulary) for one in (ticket, *others))
    return [Found(other, _judged(ticket, mine, other, its)) for other, its in zip(others, theirs, strict=True)]


def _judged(ticket: Ticket, mine: told.Told, other: Ticket, theirs: told.Told) -> Likeness:
    """The earlier one is the first: "yesterday" and "still" are said by the later one."""
    minutes = (ticket.received_at - other.received_at).total_seconds() / 60
    return judge(theirs, mine, minutes) if minutes >= 0 else judge(mine, theirs, -minutes)


def _told(ticket: Ticket, reading: TriageProposal | None, gone: Sequence[SecondMatter], vocabulary: Vocabulary) -> told.Told:
    """What a ticket says: the retailer's words and the facts that were entered beside them; a category that a person decided is certain.

    Words of a matter that has gone to a ticket of its own are compared there.
    """
    ranked = [(entry["leaf"], entry["p"]) for entry in reading.ranking] if reading else []
    order = f"#{ticket.order_no}" if ticket.order_no else ""
    words = readings.words_of(ticket)
    text = "\n".join(filter(None, (words_left(words, gone) if gone else words, ticket.occurred, order)))
    return told.read(text, ticket.channel, [(ticket.leaf_code, 1.0)] if ticket.leaf_code else ranked,
                     ticket.received_at.astimezone(organisation.zone()).date(), readings.seldom(reading), vocabulary)


def _keep_pairs(ticket: Ticket, found: list[Found]) -> None:
    """One row a pair, whoever of the two was compared first; rows in one order, so that two workers never wait for each other crosswise."""
    for other in sorted(found, key=lambda other: other.ticket.id):
        first, second = sorted((ticket.id, other.ticket.id))
        row = {"score": other.likeness.score, "at": clock.now()}
        db.session.execute(insert(DuplicatePair).values(first_id=first, second_id=second, **row)
                           .on_conflict_do_update(index_elements=["first_id", "second_id"], set_=row))
    _drop_others(ticket, [other.ticket.id for other in found])


def _drop_others(ticket: Ticket, kept: list[int]) -> None:
    """Pairs that more words have made unlikely are proposed no longer."""
    for mine, other in ((DuplicatePair.first_id, DuplicatePair.second_id), (DuplicatePair.second_id, DuplicatePair.first_id)):
        db.session.execute(db.delete(DuplicatePair).where(mine == ticket.id, other.not_in(kept)))


def _earlier(ticket: Ticket) -> list[Ticket]:
    """What was closed not long ago and is told again: of the same category (as it is read, before it is decided), or without one of like words."""
    closed = queries.closed_lately(ticket)
    reading = readings.proposal(ticket) if closed and ticket.leaf_code is None else None
    leaf = ticket.leaf_code or (reading.leaf if reading else None)
    return [other for other in closed if other.leaf_code == leaf] if leaf else [other.ticket for other in _alike(ticket, closed)]


def _link(ticket: Ticket, earlier: list[Ticket]) -> None:
    """Link what is new among them; the third contact about a matter raises the ticket's level."""
    db.session.execute(db.delete(RepeatLink).where(RepeatLink.ticket_id == ticket.id, RepeatLink.earlier_id.not_in([other.id for other in earlier])))
    for other in sorted(earlier, key=lambda other: other.id):
        new = db.session.scalar(insert(RepeatLink).values(ticket_id=ticket.id, earlier_id=other.id, at=clock.now())
                                .on_conflict_do_nothing().returning(RepeatLink.ticket_id))
        if new is not None:
            record(SYSTEM, Did.TICKET_REPEATED, ticket=ticket)  # not of which: not everybody may know the earlier one
    if len(earlier) >= THIRD_CONTACT and ticket.leaf_code is not None:
        escalation.raise_to(ticket, RAISED_TO, "repeat", SYSTEM)
