"""What the handler and the reviewer do: sign, ask, return, write, submit, review, hand over, extend."""
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l

from answers import queries as answer_queries
from answers import services as answers
from catalog import queries as catalog
from core import clock, events
from core.actor import SYSTEM, Actor
from core.audit import Did, record
from core.db import db
from core.errors import DomainError, NotAllowed
from tickets import access
from tickets.events import TicketAssigned
from tickets.messages import REFUSALS
from tickets.models import ChecklistMark, Extension, Promise, Reply, Ticket
from tickets.services import clocks, conversation
from tickets.services.transition import move


def assign(ticket: Ticket, user, actor: Actor = SYSTEM) -> None:
    """Put a dispatched ticket on somebody's desk (routing's choice, or a manager's final one). None leaves it in the queue."""
    ticket.assignee, ticket.assignee_id = user, user.id if user else None
    ticket.awaits_routing = False
    record(actor, Did.TICKET_ASSIGNED, ticket=ticket, to=user.id if user else None)
    if user is not None:
        events.emit(TicketAssigned(ticket.id))


def sign(ticket: Ticket, actor: Actor) -> None:
    """The assigned handler accepts the ticket."""
    ticket.signed_at = clock.now()
    move(ticket, "sign", actor)


def claim(ticket: Ticket, user, actor: Actor) -> None:
    """An eligible member of the team takes a ticket from its queue and signs for it at once."""
    ticket.signed_at = ticket.signed_at or clock.now()
    with db.session.no_autoflush:
        before = ticket.assignee_id
        if before is None:
            move(ticket, "claim", actor)
            ticket.assignee, ticket.assignee_id, ticket.awaits_routing = user, user.id, False
        else:
            raise DomainError("unassigned", REFUSALS["unassigned"])


def give_back(ticket: Ticket, actor: Actor, reason: str, proposal: str = "") -> None:
    """Return a ticket within the sign window, with the grounds and a proposed owner. It goes to triage again."""
    sign_clock = next(iter(clocks.running(ticket, "sign")), None)
    in_window = sign_clock is None or clock.now() <= sign_clock.due_at
    with db.session.no_autoflush:
        move(ticket, "return", actor, reason=reason, in_sign_window=in_window)
        ticket.returns += 1
        ticket.former_ids = [*ticket.former_ids, actor.id]
        ticket.assignee, ticket.assignee_id = None, None
    text = f"{reason} → {proposal}" if proposal else reason
    conversation.note(ticket, actor, text)


def ask(ticket: Ticket, actor: Actor, questions: str, composed) -> None:
    """Ask the retailer; every clock but his own pauses until he answers or his time is over."""
    with db.session.no_autoflush:
        move(ticket, "ask", actor, questions=questions)
        ticket.asks += 1
    conversation.say(ticket, actor, composed.body, "ask", answer_code=composed.code, answer_version=composed.version)


def give_up_asking(ticket: Ticket) -> None:
    """The retailer's time to answer is over: go on with what is known, never decline."""
    move(ticket, "resume", SYSTEM, target=ticket.return_state)


def write_reply(ticket: Ticket, actor: Actor, composed, values: dict) -> Reply:
    """Keep the answer as it is written; one open reply a ticket. A reply under review cannot be changed."""
    if ticket.state != "in_progress" or ticket.assignee_id != actor.id:
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    reply = open_reply(ticket)
    if reply is None:
        reply = Reply(ticket_id=ticket.id, author_id=actor.id, state="draft", at=clock.now(), round=ticket.round)
        db.session.add(reply)
    reply.version_id, reply.language, reply.values = composed.version_id, composed.language, values
    reply.parts, reply.body, reply.round, reply.author_id, reply.at = composed.parts, composed.body, ticket.round, actor.id, clock.now()
    db.session.flush()
    return reply


def open_reply(ticket: Ticket) -> Reply | None:
    """The reply being written or reviewed, if any."""
    return db.session.scalar(db.select(Reply).where(Reply.ticket_id == ticket.id, Reply.state.in_(("draft", "submitted"))))


def propose(ticket: Ticket, actor: Actor, outcome: str, root_cause: str, remedy: str | None, cause_note: str = "") -> None:
    """The handler's proposal of how it turned out and why; the manager records it when closing."""
    if ticket.assignee_id != actor.id or ticket.state != "in_progress":
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    ticket.outcome, ticket.root_cause, ticket.remedy, ticket.cause_note = outcome, root_cause, remedy, cause_note


def check(ticket: Ticket, actor: Actor, item_ids: set[int]) -> None:
    """Set the checklist to exactly these items."""
    if ticket.assignee_id != actor.id:
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    known = {item.id for item in catalog.checklist(ticket.leaf_code)}
    db.session.execute(db.delete(ChecklistMark).where(ChecklistMark.ticket_id == ticket.id))
    for item_id in sorted(item_ids & known):
        db.session.add(ChecklistMark(ticket_id=ticket.id, item_id=item_id, by_id=actor.id, at=clock.now()))
    db.session.flush()


def unchecked(ticket: Ticket) -> list:
    """Checklist items still open."""
    done = set(db.session.scalars(db.select(ChecklistMark.item_id).where(ChecklistMark.ticket_id == ticket.id)))
    return [item for item in catalog.checklist(ticket.leaf_code) if item.id not in done]


def submit(ticket: Ticket, actor: Actor) -> None:
    """Hand the written answer to review. Refused while the lint finds something."""
    reply = _finished(ticket)
    move(ticket, "submit", actor, unchecked=unchecked(ticket), body=reply.body if reply else "")
    reply.state = "submitted"


def send_reply(ticket: Ticket, actor: Actor) -> None:
    """A certified handler sends a light answer without review."""
    reply = _finished(ticket)
    composed = _source(reply)
    move(ticket, "send_reply", actor, unchecked=unchecked(ticket), body=reply.body if reply else "", answer_code=composed[0])
    reply.state = "sent"
    conversation.say(ticket, actor, reply.body, "answer", answer_code=composed[0], answer_version=composed[1], language=reply.language,
                     dedupe_key=f"answer:{ticket.id}:{ticket.round}")


def _finished(ticket: Ticket) -> Reply | None:
    reply = open_reply(ticket)
    if reply is not None:
        answers.refuse_findings(answers.findings(reply.body, ticket.leaf, reply.language, answers.ours()))
    return reply


def send_back(ticket: Ticket, actor: Actor, comment: str) -> None:
    """The reviewer wants it changed; the author finds his words and the comment."""
    reply = open_reply(ticket)
    move(ticket, "send_back", actor, author_id=reply.author_id, reason=comment)
    reply.state, reply.comment = "draft", comment
    conversation.note(ticket, actor, comment)


def approve(ticket: Ticket, actor: Actor) -> None:
    """The reviewer approves: the answer goes out as it stands."""
    reply = open_reply(ticket)
    code, version = _source(reply)
    move(ticket, "approve", actor, author_id=reply.author_id)
    reply.state, reply.reviewer_id = "sent", actor.id
    conversation.say(ticket, actor, reply.body, "answer", answer_code=code, answer_version=version, language=reply.language,
                     dedupe_key=f"answer:{ticket.id}:{ticket.round}")


def reroute(ticket: Ticket, actor: Actor, to=None) -> None:
    """Take a dispatched ticket from whoever does not sign it; routing chooses again unless `to` is named."""
    if ticket.assignee_id:
        ticket.former_ids = [*ticket.former_ids, ticket.assignee_id]
    with db.session.no_autoflush:
        move(ticket, "reroute", actor)
        ticket.assignee, ticket.assignee_id, ticket.awaits_routing = None, None, True
    if to is not None:
        assign(ticket, to, actor)


def hand_over(ticket: Ticket, actor: Actor, to=None, reason: str = "") -> None:
    """Give a ticket in progress to somebody else; the due date stays."""
    with db.session.no_autoflush:
        move(ticket, "hand_over", actor, reason=reason)
        ticket.former_ids = [*ticket.former_ids, ticket.assignee_id]
        ticket.assignee, ticket.assignee_id, ticket.awaits_routing = None, None, True
    if reason:
        conversation.note(ticket, actor, reason)
    if to is not None:
        assign(ticket, to, actor)


def ask_extension(ticket: Ticket, actor: Actor, new_due: datetime, reason: str) -> Extension:
    """Ask the manager for more time: before the due date, once, never for S1, at most twice the allowed time."""
    resolve = next(iter(clocks.running(ticket, "resolve")), None)
    if ticket.state != "in_progress" or ticket.assignee_id != actor.id or resolve is None:
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    for code, broken in _extension_rules(ticket, resolve, new_due, reason):
        if broken:
            raise DomainError(code, EXTENSION_REFUSALS[code])
    extension = Extension(ticket_id=ticket.id, asked_by_id=actor.id, reason=reason, new_due_at=new_due, asked_at=clock.now())
    db.session.add(extension)
    db.session.flush()
    record(actor, Did.EXTENSION_ASKED, ticket=ticket)
    return extension


EXTENSION_REFUSALS = {
    "extension_s1": _l("A critical matter is never extended."),
    "extension_used": _l("This ticket has been extended once already, or a request is waiting."),
    "extension_late": _l("The time is over already; an extension must be asked for before."),
    "extension_order": _l("The new date must be later than the present one."),
    "extension_long": _l("An extension may at most double the allowed time."),
    "reason": REFUSALS["reason"],
}


def _extension_rules(ticket: Ticket, resolve, new_due: datetime, reason: str):
    latest = clocks.sla.after(clocks.organisation.calendar(), resolve.started_at, clocks.sla.Span(2 * resolve.minutes, resolve.working))
    yield "extension_s1", ticket.severity == "S1"
    yield "extension_used", ticket.extensions > 0 or waiting_extension(ticket) is not None
    yield "extension_late", clock.now() > resolve.due_at
    yield "extension_order", new_due <= resolve.due_at
    yield "extension_long", new_due > latest + timedelta(minutes=1)
    yield "reason", not reason.strip()


def waiting_extension(ticket: Ticket) -> Extension | None:
    """The request that the manager has not decided yet."""
    return db.session.scalar(db.select(Extension).filter_by(ticket_id=ticket.id, decided_at=None))


def decide_extension(ticket: Ticket, actor: Actor, approved: bool, composed=None) -> None:
    """The manager decides; the retailer is told the reason and the new date if it is granted (`composed`)."""
    extension = waiting_extension(ticket)
    if extension is None:
        raise DomainError("wrong_state", REFUSALS["wrong_state"])
    if "manager" not in access.hats(actor, ticket) or extension.asked_by_id == actor.id:
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    extension.decided_by_id, extension.decided_at, extension.approved = actor.id, clock.now(), approved
    if approved:
        ticket.extensions += 1
        clocks.extend(ticket, extension.new_due_at)
        conversation.say(ticket, actor, composed.body, "extension", answer_code=composed.code, answer_version=composed.version)
    record(actor, Did.EXTENSION_DECIDED, ticket=ticket, approved=approved)


def promise(ticket: Ticket, actor: Actor, text: str, due_at: datetime) -> Promise:
    """Enter a dated commitment made to the retailer. Refused in leaves where nothing may be promised."""
    if ticket.leaf is not None and not ticket.leaf.may_promise:
        raise DomainError("no_promise", _l("In this category nothing may be promised."))
    row = Promise(ticket_id=ticket.id, text=text, due_at=due_at, made_by_id=actor.id)
    db.session.add(row)
    db.session.flush()
    record(actor, Did.PROMISE_MADE, ticket=ticket)
    return row


def settle_promise(ticket: Ticket, actor: Actor, row: Promise, kept: bool) -> None:
    """Say whether a promise was kept."""
    row.kept, row.settled_at = kept, clock.now()
    record(actor, Did.PROMISE_SETTLED, ticket=ticket, kept=kept)


def _source(reply: Reply | None) -> tuple[str | None, int | None]:
    version = answer_queries.version(reply.version_id) if reply else None
    return (version.answer.code, version.version) if version else (None, None)
