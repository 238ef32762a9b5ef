"""What the hotline decides: category, severity, sealing; dispatch, decline, transfer, answer on the spot."""
from catalog import queries as catalog
from core import clock, events
from core.actor import Actor
from core.audit import Did, record
from core.errors import DomainError, NotAllowed
from retailers.models import Retailer
from tickets import access, queries, sla
from tickets.events import TicketCopied
from tickets.messages import REFUSALS
from tickets.models import Ticket
from tickets.services import clocks, conversation, naming, second_matters
from tickets.services.transition import move

FACTS = ("type", "desired_outcome", "wish", "problem", "order_no", "occurred", "amount", "support_needs", "decider_ids")


def classify(ticket: Ticket, actor: Actor, leaf, severity: str, **facts) -> None:
    """Set leaf, severity and facts (keys of FACTS, and `named_ids`) before dispatch. A sealed leaf seals the ticket at once."""
    if ticket.state != "received":
        raise DomainError("wrong_state", REFUSALS["wrong_state"])
    if access.hats(actor, ticket).isdisjoint({"system", "triager", "manager"}):
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    before = ticket.severity
    ticket.leaf, ticket.leaf_code, ticket.severity = leaf, leaf.code if leaf else None, severity
    named = facts.pop("named_ids", None)
    for key, value in facts.items():
        if key not in FACTS:
            raise ValueError(f"not a fact: {key}")
        setattr(ticket, key, value)
    if leaf is not None and leaf.access == "sealed":
        seal(ticket, actor)
    if severity != before:
        clocks.rescale(ticket, before)
    clocks.pass_on(ticket)
    if named is not None:  # last: whoever names somebody near himself does not see it from here on
        naming.settle_on(ticket, actor, named)
    record(actor, Did.TICKET_TRIAGED, ticket=ticket, leaf=None if ticket.sealed else ticket.leaf_code, severity=severity)


def name_shop(ticket: Ticket, actor: Actor, shop: Retailer) -> None:
    """Say whose matter it is, where nothing in it told that for sure: the shop's care and the watch over who serves it begin with this."""
    if ticket.state != "received" or ticket.retailer_id is not None:
        raise DomainError("wrong_state", REFUSALS["wrong_state"])
    if access.hats(actor, ticket).isdisjoint({"triager", "manager"}):
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    ticket.retailer, ticket.retailer_id = shop, shop.id
    ticket.support_needs = ticket.support_needs or shop.support_needs or shop.service_class == "support_needs"
    for message in ticket.messages:
        if message.kind == "in":
            naming.read(ticket, message.body)  # now it is known who serves the shop
    conversation.index(ticket)
    record(actor, Did.TICKET_SHOP_NAMED, ticket=ticket)


def dispatch(ticket: Ticket, actor: Actor) -> None:
    """Give the ticket to its leaf's team; routing then finds the handler."""
    doubtful = queries.has_unconfirmed(ticket)
    ticket.assignee, ticket.assignee_id = None, None
    naming.give_to_team(ticket)
    move(ticket, "dispatch", actor, unconfirmed=doubtful, undecided=second_matters.undecided(ticket))
    ticket.awaits_routing, ticket.dispatched_at = True, ticket.dispatched_at or clock.now()
    if ticket.leaf.compliance_copy:
        events.emit(TicketCopied(ticket.id))


def answer_on_the_spot(ticket: Ticket, actor: Actor, composed) -> None:
    """The hotline answers an easy matter itself, in standard words. `composed` comes from answers.services.compose."""
    naming.give_to_team(ticket)
    ticket.assignee_id = actor.id
    ticket.outcome, ticket.root_cause = ticket.outcome or "upheld", ticket.root_cause or "communication.not_informed"
    move(ticket, "answer_on_the_spot", actor, answer_code=composed.code, **second_matters.state_of(ticket))
    conversation.say(ticket, actor, composed.body, "answer", answer_code=composed.code, answer_version=composed.version)


def decline(ticket: Ticket, actor: Actor, reason: str, composed) -> None:
    """Not our matter: the retailer is told why and where to turn."""
    move(ticket, "decline", actor, reason=reason)
    conversation.say(ticket, actor, composed.body, "decline", answer_code=composed.code, answer_version=composed.version)


def decline_noise(ticket: Ticket, actor: Actor) -> None:
    """Wrong number, advertising, nonsense: ended without a word."""
    move(ticket, "decline_noise", actor)


def transfer(ticket: Ticket, actor: Actor, body: str, reference: str, composed) -> None:
    """Handed to another body, with its reference; the complainant is told."""
    move(ticket, "transfer", actor, body=body, reference=reference)
    conversation.say(ticket, actor, composed.body, "transfer", answer_code=composed.code, answer_version=composed.version)


def seal(ticket: Ticket, actor: Actor) -> None:
    """Close the ticket to everybody but those who must decide about it; it leaves the search at once."""
    if ticket.sealed:
        return
    if access.hats(actor, ticket).isdisjoint({"system", "triager", "manager", "assignee", "compliance", "liaison"}):
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    ticket.sealed = True
    naming.settle(ticket)
    conversation.index(ticket)
    record(actor, Did.TICKET_SEALED, ticket=ticket)


def suspect_report(ticket: Ticket, severity: str) -> None:
    """A sealed matter reads like a report of this severity: the time for passing it on runs already while somebody decides what it is."""
    if ticket.state == "received" and ticket.leaf_code is None:
        rule = catalog.sla_rule(severity, "pass_on")
        clocks.pass_on(ticket, sla.Span(rule.minutes, rule.working) if rule else None)


def unseal(ticket: Ticket, actor: Actor) -> None:
    """Compliance or the liaison give the ticket back to the hotline. Sealed leaves stay sealed."""
    if not ticket.sealed or not access.can_see(actor, ticket) or not actor.has("compliance", "liaison"):
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    if ticket.leaf is not None and ticket.leaf.access == "sealed":
        if ticket.state != "received":
            raise DomainError("sealed_leaf", REFUSALS["sealed_leaf"])
        ticket.leaf, ticket.leaf_code = None, None
    ticket.sealed = False
    clocks.stop(ticket, ("pass_on",))
    clocks.note_due(ticket)
    naming.settle(ticket)
    conversation.index(ticket)
    record(actor, Did.TICKET_UNSEALED, ticket=ticket)


def lower_or_raise(ticket: Ticket, actor: Actor, severity: str, reason: str) -> None:
    """Change the severity after dispatch: anybody working on it may raise it, only a manager lowers it, with a reason."""
    hats = access.hats(actor, ticket)
    if severity > ticket.severity and "manager" not in hats or hats.isdisjoint({"manager", "assignee", "triager"}):
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    if not reason.strip():
        raise DomainError("reason", REFUSALS["reason"])
    if severity == ticket.severity:
        raise DomainError("same_severity", REFUSALS["same_severity"])
    before, ticket.severity = ticket.severity, severity
    clocks.rescale(ticket, before)
    record(actor, Did.TICKET_SEVERITY_CHANGED, ticket=ticket, before=before, after=severity, reason="" if ticket.sealed else reason[:500])
