"""The rounds of a case that are over: what was answered, what was said to it, and when it was begun anew."""
from datetime import datetime

from flask_babel import gettext as _

from core.audit import AuditEntry, Did
from core.db import db
from core.i18n import when
from portal import words
from portal.ahead import DONE, step
from tickets.closing_rule import NOTICES
from tickets.models import Message, Ticket
from tickets.services import conversation


def anew(ticket: Ticket) -> datetime | None:
    """When the present round began; None in the first one."""
    return max((entry.at for entry in _moves(ticket) if _is_redo(entry)), default=None)


def over(ticket: Ticket) -> list[dict]:
    """The steps of the earlier rounds, each with its time; the last one is that it is handled again."""
    moves = _moves(ticket)
    redone = [entry.at for entry in moves if _is_redo(entry)]
    if not redone:
        return []
    said = [(at, 2, _("You said that it is solved")) for at in _acceptances(ticket)]
    happened = [*_contacts(ticket, moves, redone), *said, *(_move(entry) for entry in moves)]
    return [step(label, when(at), DONE) for at, _order, label in sorted(happened) if at <= redone[-1]]


def accepted_at(ticket: Ticket) -> datetime | None:
    """When the retailer last said that it is solved."""
    return max(_acceptances(ticket), default=None)


def written_at(ticket: Ticket) -> datetime | None:
    """When the answer that is being checked was handed in."""
    handed_in = AuditEntry.detail["event"].astext == "submit"
    return db.session.scalar(db.select(db.func.max(AuditEntry.at)).where(
        AuditEntry.ticket_id == ticket.id, AuditEntry.action == Did.TICKET_MOVED.value, handed_in))


def silent(ticket: Ticket) -> list[dict]:
    """The step that says why it was closed without a word from the retailer, if it was."""
    if ticket.closed_by_rule != "silent":
        return []
    asked = max((message.at for message in ticket.messages if message.purpose in NOTICES), default=None)
    return [step(_("We asked you twice whether it is solved and heard nothing"), when(asked), DONE)]


def _moves(ticket: Ticket) -> list[AuditEntry]:
    # The ticket keeps the times of its present round only; the trail keeps them all.
    if not ticket.redos:
        return []
    query = db.select(AuditEntry).filter_by(ticket_id=ticket.id, action=Did.TICKET_MOVED.value).order_by(AuditEntry.id)
    return [entry for entry in db.session.scalars(query) if _is_redo(entry) or entry.detail["after"] in ("answered", "closed")]


def _is_redo(entry: AuditEntry) -> bool:
    return entry.detail["event"] == "redo"


def _is_theirs(entry: AuditEntry) -> bool:
    return entry.actor_kind == "retailer"


def _move(entry: AuditEntry) -> tuple[datetime, int, str]:
    if not _is_redo(entry):
        return (entry.at, 1, _("We answered you")) if entry.detail["after"] == "answered" else (entry.at, 3, str(words.ENDINGS["closed"]))
    if _is_theirs(entry):
        return entry.at, 4, _("You told us that it was not solved, so we handle it again")
    return entry.at, 4, _("We looked at it once more and handle it again")


def _acceptances(ticket: Ticket) -> list[datetime]:
    return [message.at for message in ticket.messages if message.kind == "system" and message.purpose == "accepted"]


def _contacts(ticket: Ticket, moves: list[AuditEntry], redone: list[datetime]) -> list[tuple[datetime, int, str]]:
    """The first word of a person in each round, as the road told it while the round ran: where nothing came before it, the answer itself."""
    answers = [entry.at for entry in moves if entry.detail["after"] == "answered"]
    spoken = [_spoken_at(m, answers) for m in ticket.messages if m.author_id and conversation.has_gone_out(m)]
    rounds = zip([ticket.received_at, *redone], redone, strict=False)
    first = [min((at for at in spoken if begin < at <= end), default=None) for begin, end in rounds]
    return [(at, 0, _("We got in touch with you")) for at in first if at]


def _spoken_at(message: Message, answers: list[datetime]) -> datetime:
    # The words of an answer are written a moment after the move that sends them: they never stand behind it.
    return max((at for at in answers if message.purpose == "answer" and at <= message.at), default=message.at)
