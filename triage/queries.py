"""What is wanted beside a new complaint: its words, staff it may name, earlier tickets, what was proposed."""
from sqlalchemy import and_, any_, exists, func, or_, select

from accounts.models import User
from core.actor import Actor
from core.db import db
from core.jobs import given_up
from retailers.models import SERVING_ROLES, Retailer
from tickets import queries as tickets
from tickets.models import Ticket
from triage import cues as reading
from triage.duplicates.queries import has_sender, same_sender
from triage.models import TriageCue, TriageExample, TriageModel, TriageProposal

DOUBTFUL = "unconfirmed"  # the reason of triage.waiting
SELDOM = "seldom"  # the fact of a proposal: the uncommon words of the text


def earlier(actor: Actor, ticket: Ticket) -> list[Ticket]:
    """Earlier tickets of the same retailer that the actor may see, newest first, ten at most."""
    if not has_sender(ticket):
        return []
    query = tickets.seen_by(actor).where(Ticket.id != ticket.id, same_sender(ticket), Ticket.received_at <= ticket.received_at)
    return list(db.session.scalars(query.order_by(Ticket.received_at.desc()).limit(10)))


def serving(shop: Retailer | None) -> list[User]:
    """The staff who serve a shop."""
    ids = {getattr(shop, f"{role}_id") for role in SERVING_ROLES} - {None} if shop else set()
    return list(db.session.scalars(select(User).where(User.id.in_(ids)).order_by(User.name)))


def people(ids) -> list[User]:
    """Staff by id."""
    return list(db.session.scalars(select(User).where(User.id.in_(ids))))


def seldom(proposal: TriageProposal | None) -> list[str]:
    """The uncommon words of a ticket, as the model saw them when it read it."""
    return proposal.facts.get(SELDOM, []) if proposal else []


def words_of(ticket: Ticket) -> str:
    """Everything that the retailer has said."""
    return "\n".join(message.body for message in ticket.messages if message.kind == "in")


def cues(kind: str) -> list[reading.Cue]:
    """The cues of a kind, in their order."""
    rows = db.session.scalars(select(TriageCue).filter_by(kind=kind).order_by(TriageCue.position, TriageCue.code))
    return [reading.Cue(row.code, tuple(row.words), row.severity, row.when, tuple(row.leaves)) for row in rows]


def all_cues() -> list[TriageCue]:
    """Every cue and every subject, by kind in their order."""
    return list(db.session.scalars(select(TriageCue).order_by(TriageCue.kind, TriageCue.position, TriageCue.code)))


def cue_names(codes) -> dict[str, TriageCue]:
    """The rows of severity cues by code."""
    return {row.code: row for row in db.session.scalars(select(TriageCue).where(TriageCue.kind == "severity", TriageCue.code.in_(codes)))}


def proposal(ticket: Ticket) -> TriageProposal | None:
    """What the machine made of this ticket."""
    return db.session.scalar(select(TriageProposal).filter_by(ticket_id=ticket.id))


def proposals(ticket_ids) -> dict[int, TriageProposal]:
    """The proposals of several tickets by ticket id."""
    return {row.ticket_id: row for row in db.session.scalars(select(TriageProposal).where(TriageProposal.ticket_id.in_(ticket_ids)))}


_LIVE = select(TriageModel.id).where(TriageModel.live)


def wants_proposal(ticket: Ticket) -> bool:
    """True when there is none yet, one from before there was a model, or one made of words that were doubtful then and are not now."""
    known = proposal(ticket)
    if known is None or known.model_id is None and db.session.scalar(select(_LIVE.exists())):
        return True
    return DOUBTFUL in known.waits and not tickets.has_unconfirmed(ticket)


def unread() -> list[int]:
    """Ids of new tickets that no job has read yet, or only without a model, or before their words were confirmed; the oldest first."""
    confirmed = and_(any_(TriageProposal.waits) == DOUBTFUL, ~tickets.unconfirmed(Ticket.id))
    done = exists().where(TriageProposal.ticket_id == Ticket.id, or_(TriageProposal.model_id.is_not(None), ~_LIVE.exists()), ~confirmed)
    return list(db.session.scalars(select(Ticket.id).where(Ticket.state == "received", ~done, ~given_up("understand", Ticket.id))
                                   .order_by(Ticket.id).limit(500)))


def models() -> list[TriageModel]:
    """Every version, the newest first."""
    return list(db.session.scalars(select(TriageModel).order_by(TriageModel.id.desc())))


def live_model() -> TriageModel | None:
    """The version in use."""
    return db.session.scalar(select(TriageModel).filter_by(live=True))


def examples_by_leaf() -> dict[str, tuple[int, int]]:
    """Numbers of examples a leaf: from packs, from people."""
    people = func.count(TriageExample.ticket_id)
    rows = db.session.execute(select(TriageExample.leaf_code, func.count() - people, people).group_by(TriageExample.leaf_code))
    return {leaf: (packs, own) for leaf, packs, own in rows}


def unseen(actor: Actor, since) -> tuple[int, int]:
    """Complaints that the actor may see and that were dispatched without a person since an instant; how many of those a person gave another category."""
    first = TriageProposal.ranking[0]["leaf"].astext
    corrected = func.count().filter(TriageProposal.decided_by_id.is_not(None), TriageProposal.decided_leaf != first)
    query = select(func.count(), corrected).join(Ticket, Ticket.id == TriageProposal.ticket_id)
    row = db.session.execute(query.where(TriageProposal.automatic, TriageProposal.at >= since, tickets.visible(actor))).one()
    return row[0], row[1]
