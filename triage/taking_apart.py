"""A second matter gets an owner: a ticket of its own, decided with it where whoever does it may. What is sealed stays with the words that tell of it.

When the second matter is a sealed one, the ticket itself becomes that: its number, raw record, photos and trail already hold the words. The
open matter leaves with its own words, as if it had come alone, and nothing in it leads back.
"""
from catalog import queries as catalog
from catalog.models import Leaf
from core.actor import SYSTEM, Actor
from core.db import db
from core.errors import DomainError
from tickets import access
from tickets.messages import REFUSALS
from tickets.models import Ticket
from tickets.second import SecondMatter
from tickets.services import second_matters, triaging
from triage import beside, facts, queries, services
from triage.duplicates import services as duplicates

FACTS = ("order_no", "amount", "occurred")


def own_ticket(matter: SecondMatter, actor: Actor) -> Ticket:
    """The ticket that this matter became; of a sealed one, the ticket that the open rest became. Raises DomainError and NotAllowed."""
    ticket = matter.ticket
    if matter.leaf.access == "sealed" and (ticket.leaf is None or ticket.leaf.access != "sealed"):
        return _seal_this(matter, actor)
    made = second_matters.split_off(matter, actor)
    duplicates.compare(ticket)  # its words have become fewer
    # What comes out of a sealed ticket goes the way of every new one: that compliance decided about it would tell.
    if made.sealed or not ticket.sealed:
        _decide(made, matter.leaf, actor)
    return made


def _seal_this(matter: SecondMatter, actor: Actor) -> Ticket:
    ticket, leaf, told = matter.ticket, matter.leaf, [matter]
    if ticket.state != "received":
        raise DomainError("second_seal", REFUSALS["second_seal"])
    rest = beside.words_left(queries.words_of(ticket), told)
    main = _main(ticket)
    if main is None or main.code == leaf.code or rest == queries.words_of(ticket):
        raise DomainError("second_no_rest", REFUSALS["second_no_rest"])
    db.session.delete(matter)
    db.session.flush()
    _classify(ticket, leaf, actor)
    services.decided(ticket, actor)
    return second_matters.split_off(second_matters.add(ticket, SYSTEM, main, rest), SYSTEM)


def _main(ticket: Ticket) -> Leaf | None:
    proposal = queries.proposal(ticket)
    return ticket.leaf or catalog.leaf(proposal.leaf if proposal else None)


def _decide(made: Ticket, leaf: Leaf, actor: Actor) -> None:
    """Classify and dispatch it where this person may; otherwise it waits at the triage desk like any new one."""
    if access.hats(actor, made).isdisjoint({"triager", "manager"}) or made.sealed != (leaf.access == "sealed"):
        return
    _classify(made, leaf, actor)
    services.decided(made, actor)
    triaging.dispatch(made, actor)


def _classify(ticket: Ticket, leaf: Leaf, actor: Actor) -> None:
    text = queries.words_of(ticket)
    found = facts.read(text)
    read = {name: getattr(found, name) for name in FACTS if getattr(found, name) and not getattr(ticket, name)}
    severity, _hits = services.severity_for(ticket, leaf, text, found)
    triaging.classify(ticket, actor, leaf, severity, desired_outcome=services.outcome_for(ticket, leaf, text), **read)
