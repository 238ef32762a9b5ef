"""What has to happen next with a ticket, in words, for the person who reads it."""
from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core import clock
from core.actor import Actor
from desk.shown.presenters import due_text, running
from tickets import access
from tickets.lifecycle import managers_turn
from tickets.models import Ticket
from tickets.services import extending

CONTENT_SCORE = 4  # three of five may be closed, but is not praise: somebody hears what was missing


def next_step(ticket: Ticket, actor: Actor) -> str:
    """The sentence of the first rule in STEPS that fits; %(due)s is when it is due, or the variant without a time."""
    hats = access.hats(actor, ticket)
    for state, holds, kinds, with_due, without in STEPS:
        if ticket.state == state and holds(ticket, hats):
            due = _due(ticket, kinds.split())
            text = with_due if due else without
            return str(text) % {"due": due_text(due), "name": ticket.assignee.name if ticket.assignee else ""}
    return _("Nothing more to do.")


def _due(ticket: Ticket, kinds):
    found = [running_clock.due_at for running_clock in running(ticket) if running_clock.kind in kinds and not running_clock.paused_at]
    return min(found, default=None)


def _first(ticket: Ticket) -> str | None:
    return next((running_clock.kind for running_clock in running(ticket)), None)


def _late(ticket: Ticket, kind: str) -> bool:
    return any(running_clock.kind == kind and running_clock.due_at < clock.now() for running_clock in running(ticket))


def _overdue(ticket: Ticket, kind: str) -> bool:
    """The clock that a list shows for this ticket is of this kind, and over."""
    return _first(ticket) == kind and _late(ticket, kind)


def _content(ticket: Ticket) -> bool:
    return ticket.accepted is True or (ticket.score or 0) >= CONTENT_SCORE


def _asks_more_time(ticket: Ticket) -> bool:
    # One query for all lines of a list.
    if "undecided_extensions" not in g:
        g.undecided_extensions = extending.undecided()
    return ticket.id in g.undecided_extensions


def _always(ticket, hats) -> bool:
    return True


def _mine(ticket, hats) -> bool:
    return "assignee" in hats


# state, when it holds, which clocks say until when, the sentence with a time, the sentence without.
STEPS = (
    ("received", lambda t, h: "manager" in h and managers_turn(t), "triage pass_on", _l("Say finally who has it, by %(due)s"), _l("Say finally who has it")),
    ("received", lambda t, h: "triager" in h and managers_turn(t), "triage pass_on",
     _l("Check what it is and dispatch it by %(due)s; then the manager says finally who has it, as it was returned twice or handled three times"),
     _l("Check what it is and dispatch it; then the manager says finally who has it, as it was returned twice or handled three times")),
    ("received", lambda t, h: managers_turn(t), "triage pass_on", _l("The manager says who has it"), _l("The manager says who has it")),
    ("received", lambda t, h: h & {"triager", "manager"}, "triage pass_on", _l("Decide what it is and dispatch it by %(due)s"), _l("Decide what it is and dispatch it")),
    ("received", _always, "triage pass_on", _l("The hotline decides what it is by %(due)s"), _l("The hotline decides what it is")),
    ("needs_info", _always, "info", _l("Wait for the retailer's reply until %(due)s"), _l("Wait for the retailer's reply")),
    ("dispatched", lambda t, h: t.awaits_routing, "sign pass_on", _l("A handler is being chosen"), _l("A handler is being chosen")),
    ("dispatched", _mine, "sign pass_on", _l("Sign for it by %(due)s"), _l("Sign for it")),
    ("dispatched", lambda t, h: t.assignee_id is not None, "sign pass_on", _l("%(name)s is to sign for it by %(due)s"), _l("%(name)s is to sign for it")),
    ("dispatched", lambda t, h: "manager" in h and managers_turn(t), "sign pass_on", _l("Say finally who has it, by %(due)s"), _l("Say finally who has it")),
    ("dispatched", lambda t, h: managers_turn(t), "sign pass_on", _l("The manager says who has it"), _l("The manager says who has it")),
    ("dispatched", lambda t, h: "eligible" in h, "sign pass_on", _l("Take it from the queue by %(due)s"), _l("Take it from the queue")),
    ("dispatched", lambda t, h: "manager" in h, "sign pass_on", _l("Say who takes it by %(due)s"), _l("Say who takes it")),
    ("dispatched", _always, "sign pass_on", _l("Waits in the team's queue"), _l("Waits in the team's queue")),
    ("in_progress", lambda t, h: "manager" in h and not _mine(t, h) and _asks_more_time(t), "resolve", _l("%(name)s asks for more time: grant or refuse it by %(due)s"),
     _l("%(name)s asks for more time: grant or refuse it")),
    ("in_progress", lambda t, h: _mine(t, h) and _late(t, "resolve"), "", "", _l("Call the retailer first and say why it is late; it can no longer be extended")),
    ("in_progress", lambda t, h: _mine(t, h) and _first(t) == "contact", "contact", _l("Speak to the retailer by %(due)s"), _l("Speak to the retailer")),
    ("in_progress", lambda t, h: _mine(t, h) and _first(t) == "update", "update", _l("Tell the retailer how far it is by %(due)s"),
     _l("Tell the retailer how far it is")),
    ("in_progress", _mine, "resolve", _l("Find out and answer by %(due)s"), _l("Find out and answer")),
    ("in_progress", lambda t, h: _overdue(t, "contact"), "contact", _l("%(name)s was to speak to the retailer by %(due)s"), _l("%(name)s is to speak to the retailer")),
    ("in_progress", lambda t, h: _overdue(t, "update"), "update", _l("%(name)s was to tell the retailer how far it is by %(due)s"),
     _l("%(name)s is to tell the retailer how far it is")),
    ("in_progress", lambda t, h: _late(t, "resolve"), "resolve", _l("%(name)s was to answer by %(due)s"), _l("%(name)s is to answer")),
    ("in_progress", _always, "resolve", _l("%(name)s is to answer by %(due)s"), _l("%(name)s is to answer")),
    ("in_review", lambda t, h: "reviewer" in h and _overdue(t, "update"), "update", _l("Read the answer, then send it or send it back: the retailer was to hear by %(due)s"),
     _l("Read the answer, then send it or send it back")),
    ("in_review", lambda t, h: "reviewer" in h, "resolve", _l("Read the answer, then send it or send it back by %(due)s"),
     _l("Read the answer, then send it or send it back")),
    ("in_review", _always, "resolve", _l("Somebody else reads the answer before it is sent"), _l("Somebody else reads the answer before it is sent")),
    ("answered", lambda t, h: _closes(t, h) and _content(t) and t.open_promises, "", "", _l("The retailer is content, but a promise is still open: see that it is kept")),
    ("answered", lambda t, h: _closes(t, h) and _content(t), "", "", _l("The retailer is content: close it")),
    ("answered", lambda t, h: _closes(t, h) and t.score is not None, "callback", _l("The retailer is not quite content: hear what is missing by %(due)s, then close it"),
     _l("The retailer is not quite content: hear what is missing, then close it")),
    ("answered", lambda t, h: _closes(t, h), "callback", _l("Hear what the retailer says by %(due)s, then close it"), _l("Hear what the retailer says, then close it")),
    ("answered", _always, "", "", _l("Waits for the retailer's word and for the manager")),
)


def _closes(ticket, hats) -> bool:
    return "manager" in hats and "assignee" not in hats
