"""Understanding a complaint: what is proposed, what is dispatched unseen, and what people decided instead."""
from flask_babel import lazy_gettext as _l
from sqlalchemy.dialects.postgresql import insert

from catalog import queries as catalog
from catalog.models import Leaf
from core import clock, organisation, settings
from core.actor import SYSTEM, Actor
from core.audit import Did, record
from core.db import db
from core.settings import Setting
from tickets import queries as tickets
from tickets.models import Ticket
from tickets.services import naming, second_matters, triaging
from triage import beside, cues, facts, loaded, queries, several, waiting
from triage.duplicates import services as duplicates
from triage.models import TriageCue, TriageExample, TriageProposal

settings.define(
    Setting("triage_automatic", "bool", True, "triage", _l("Dispatch plain complaints without a person")),
    Setting("seal_probability", "float", 0.1, "triage", _l("Seal at once when a sealed category is as likely as this (0 to 1)")),
    Setting("second_matter_from", "float", several.SURE_FROM, "triage", _l("A second matter is proposed when both readings give each part of the text this probability (0 to 1)")),
    Setting("loss_threshold", "int", 2000, "triage", _l("A loss of this much money is urgent")),
    Setting("order_from", "time", "09:00", "triage", _l("Orders are taken from")),
    Setting("order_until", "time", "15:00", "triage", _l("Orders are taken until")),
)
SHOWN = 3
PERHAPS = "perhaps_named"  # the fact of a proposal: a family name fits these, and nothing tells which of them is meant
SURE = "sure"  # the fact of a proposal: the probability of its category in the reading that gives it least
PASSES = frozenset({queries.DOUBTFUL, "no_model"})  # reasons of triage.waiting that end without anybody's decision about the ticket
LISTEN = "listen"  # the fact of a ticket that is a recording without words


def understand(ticket: Ticket) -> TriageProposal:
    """Propose category, severity, facts and outcome of a new ticket; seal what may be a sealed matter; dispatch what is sure."""
    text, known = queries.words_of(ticket), loaded.current()
    model = known.classifier if known and LISTEN not in ticket.facts else None  # of a recording the words only say that there is one
    reading = model.read(text) if model else None
    proposal, waited = _begun(ticket)
    proposal.at, proposal.model_id = clock.now(), known.id if known else None
    leaf = _write(proposal, ticket, text, model, reading)
    second = beside.propose(ticket, model, text, proposal.leaf, settings.get("second_matter_from")) if model else []
    _seal(ticket, leaf, proposal.severity, reading, second)
    proposal.waits = waiting.reasons(_seen(ticket, proposal, _may(known, reading), waited, beside.wants_a_person(leaf, second)))
    if not proposal.waits:
        _dispatch(ticket, leaf, proposal)
    return proposal


def _begun(ticket: Ticket) -> tuple[TriageProposal, bool]:
    """The proposal of a ticket, and whether it has waited for a person already.

    What waited for its words to be confirmed, or for a first model, goes on like any other once that has come.
    """
    before = queries.proposal(ticket)
    return before or TriageProposal(ticket_id=ticket.id, waits=[]), before is not None and PASSES.isdisjoint(before.waits)


def _write(proposal: TriageProposal, ticket: Ticket, text: str, model, reading) -> Leaf | None:
    """Everything that was read goes into the proposal; the category that it says. Likeness to other tickets is judged by it from here on."""
    proposal.ranking = [{"leaf": leaf, "p": round(p, 4)} for leaf, p in reading.ranking[:SHOWN]] if reading else []
    leaf = catalog.leaf(proposal.leaf)
    _read(proposal, ticket, leaf, text)
    if reading:
        proposal.facts = proposal.facts | {SURE: round(reading.sure, 4), queries.SELDOM: model.seldom(text)}
    db.session.add(proposal)
    return leaf


def _seal(ticket: Ticket, leaf: Leaf | None, severity: str | None, reading, second: list) -> None:
    """What may be a sealed matter is one until somebody has decided."""
    if _sealed_share(reading.ranking if reading else []) >= settings.get("seal_probability") or beside.any_sealed(second):
        triaging.seal(ticket, SYSTEM)
    if ticket.sealed and leaf is not None and leaf.type == "report":
        triaging.suspect_report(ticket, severity)


def severity_for(ticket: Ticket, leaf: Leaf | None, text: str, found: facts.Facts) -> tuple[str, tuple[cues.Hit, ...]]:
    """The severity that the cues give this ticket in this leaf, and why."""
    return cues.severity(leaf.code if leaf else None, leaf.severity if leaf else ticket.severity, text, queries.cues("severity"),
                         _holding(ticket, leaf, found))


def outcome_for(ticket: Ticket, leaf: Leaf | None, text: str) -> str:
    """What the retailer wants, from his words and his wish, else what is usual in the leaf."""
    return cues.outcome(leaf.code if leaf else None, f"{text}\n{ticket.wish}", queries.cues("outcome"))


def decided(ticket: Ticket, actor: Actor) -> None:
    """A person has said what a ticket is: keep it beside the proposal, and learn from it unless it is sealed, about staff, a demo or a recording."""
    proposal = queries.proposal(ticket)
    if proposal is not None:
        proposal.decided_leaf, proposal.decided_by_id, proposal.decided_at = ticket.leaf_code, actor.id, clock.now()
    if ticket.sealed or ticket.named_ids or ticket.is_demo or ticket.anonymous or ticket.confidential or LISTEN in ticket.facts:
        forget(ticket)
        return
    row = {"text": beside.main_words(ticket), "leaf_code": ticket.leaf_code, "corrects": proposal.leaf if proposal else None,
           "by_id": actor.id, "at": clock.now()}
    db.session.execute(insert(TriageExample).values(ticket_id=ticket.id, **row)
                       .on_conflict_do_update(index_elements=["ticket_id"], set_=row))


def change_cue(actor: Actor, cue: TriageCue, **values) -> bool:
    """Change words or severity of a cue; True if anything differed."""
    before = {name: getattr(cue, name) for name in values}
    if before == values:
        return False
    for name, value in values.items():
        setattr(cue, name, value)
    record(actor, Did.CATALOG_CHANGED, target=f"cue {cue.code}", before=before, after=values)
    return True


def read_again(ticket: Ticket) -> None:
    """What the ticket says has changed before anybody decided: its reading begins anew with the next job."""
    second_matters.propose(ticket, ())
    db.session.execute(db.delete(TriageProposal).where(TriageProposal.ticket_id == ticket.id))


def forget(ticket: Ticket) -> None:
    """Learn no longer from this ticket (it was sealed)."""
    db.session.execute(db.delete(TriageExample).where(TriageExample.ticket_id == ticket.id))


def _read(proposal: TriageProposal, ticket: Ticket, leaf: Leaf | None, text: str) -> None:
    found = facts.read(text)
    severity, hits = severity_for(ticket, leaf, text, found)
    proposal.severity = severity if leaf else None
    proposal.hits = [{"code": hit.code, "severity": hit.severity, "words": list(hit.words)} for hit in hits]
    proposal.facts = found.found() | {"named": list(ticket.named_ids), PERHAPS: sorted(naming.whom(ticket, text).perhaps)}
    proposal.outcome = outcome_for(ticket, leaf, text)


def _holding(ticket: Ticket, leaf: Leaf | None, found: facts.Facts) -> frozenset[str]:
    loss = bool(leaf and leaf.loss) and int(found.amount or 0) >= settings.get("loss_threshold")
    local = ticket.received_at.astimezone(organisation.zone())
    ordering = local.weekday() < 5 and settings.get("order_from") <= f"{local:%H:%M}" < settings.get("order_until")
    conditions = {"loss": loss, "special_care_loss": bool(leaf and leaf.loss) and ticket.support_needs, "order_window": ordering}
    return frozenset(name for name, holds in conditions.items() if holds)


def _sealed_share(ranking: list[tuple[str, float]]) -> float:
    """The probability that it is one of the sealed leaves."""
    closed = {leaf.code for leaf in catalog.leaves() if leaf.access == "sealed"}
    return sum(p for leaf, p in ranking if leaf in closed)


def _may(known: loaded.Loaded | None, reading) -> tuple[bool, frozenset[str]]:
    """Whether the model is sure of its reading (triage.reader.Reading), and what makes the text too hard for it."""
    return (known.classifier.is_sure(reading.ranking[0][0], reading.sure), reading.doubts) if reading else (False, frozenset())


def _seen(ticket: Ticket, proposal: TriageProposal, may: tuple[bool, frozenset[str]], waited: bool, second: bool) -> waiting.Seen:
    (sure, doubts), leaf = may, catalog.leaf(proposal.leaf)
    meant = set(proposal.facts[PERHAPS]) - set(ticket.facts.get(naming.NOT_MEANT, ()))
    return waiting.Seen(
        switched_on=settings.get("triage_automatic"), has_model=leaf is not None, sure=sure, doubts=doubts, sealed=ticket.sealed,
        leaf_by_hand=leaf is not None and leaf.by_hand, **{fact: fact in ticket.facts for fact in ("suspect", "perhaps_noise", "may_continue", LISTEN)},
        somebody_meant=bool(meant) and not ticket.named_ids,
        several_shops=ticket.retailer_id is None and "shops" in ticket.facts,
        possible_double=bool(duplicates.likely(ticket)), came_back=ticket.asks > 0 or ticket.returns > 0, waited_already=waited,
        unconfirmed=tickets.has_unconfirmed(ticket), second_matter=second)


def _dispatch(ticket: Ticket, leaf: Leaf, proposal: TriageProposal) -> None:
    """Send it on. What a person decided before something held it up (words that were doubtful) stays as he decided it."""
    decided = ticket.leaf_code is not None
    if not decided:
        _classify(ticket, leaf, proposal)
    beside.answer_along(ticket)
    triaging.dispatch(ticket, SYSTEM)
    proposal.automatic, proposal.decided_leaf, proposal.decided_at = not decided, ticket.leaf_code, clock.now()


def _classify(ticket: Ticket, leaf: Leaf, proposal: TriageProposal) -> None:
    found = proposal.facts
    read = {name: found[name] for name in ("order_no", "amount", "occurred") if found.get(name) and not getattr(ticket, name)}
    triaging.classify(ticket, SYSTEM, leaf, proposal.severity, desired_outcome=proposal.outcome, **read)
