"""A manager's demand on a ticket, its answer by whoever works on it, and its end."""
from flask_babel import lazy_gettext as _l

from core import clock, events, organisation, settings
from core.actor import Actor
from core.audit import Did, record
from core.db import db
from core.errors import DomainError, NotAllowed
from core.settings import Setting
from tickets import access, sla
from tickets.demands import Demand
from tickets.events import DemandAnswered, TicketSupervised
from tickets.messages import REFUSALS
from tickets.models import Ticket
from tickets.services import clocks

settings.define(Setting("demand_minutes", "int", 480, "clocks", "Working minutes to answer a manager's demand, if he sets no other time"))
REFUSED = {
    "demand_open": _l("A demand waits for its answer already. Lift it before you make another one."),
    "demand_gone": _l("There is no demand to answer any more. What you wrote is still here; keep it as a note."),
    "demand_none": _l("The last demand was not answered. Write what you expect."),
    "demand_words": _l("Write what you expect."),
    "answer_words": _l("Write your answer to the demand."),
}
UNDECIDED = ("received", "needs_info")  # without a handler it lies at triage here, and in a team's queue elsewhere


def answers(ticket: Ticket, actor: Actor) -> bool:
    """Is it for this person to answer a demand: whoever has the ticket? Its handler; without one triage, or who leads the team in whose queue it is."""
    hat = "assignee" if ticket.assignee_id else "triager" if ticket.state in UNDECIDED else "manager"
    return hat in access.hats(actor, ticket)


def waiting(ticket: Ticket) -> Demand | None:
    """The demand that nobody has answered yet."""
    return db.session.scalar(db.select(Demand).filter_by(ticket_id=ticket.id, answered_at=None, lifted_at=None))


def demand(ticket: Ticket, actor: Actor, text: str, minutes: int | None = None) -> Demand:
    """A manager demands something within so many working minutes; it stands on ticket and lists until it is answered."""
    _manages(ticket, actor)
    if not ticket.is_open:
        raise DomainError("wrong_state", REFUSALS["wrong_state"])
    _refuse("demand_words", not text.strip())
    _refuse("demand_open", waiting(ticket) is not None)
    span = sla.Span(minutes or settings.get("demand_minutes"), True)
    row = Demand(ticket_id=ticket.id, text=text.strip(), made_by_id=actor.id, made_at=clock.now(),
                 due_at=sla.after(organisation.calendar(), clock.now(), span))
    db.session.add(row)
    db.session.flush()
    ticket.supervised = True
    clocks.start(ticket, "demand", span=span)
    clocks.note_due(ticket)
    record(actor, Did.TICKET_SUPERVISED, ticket=ticket, on=True, due=row.due_at.isoformat())
    events.emit(TicketSupervised(row.id))
    return row


def answer(ticket: Ticket, actor: Actor, text: str) -> Demand:
    """Whoever has the ticket says what was done about the demand; the manager who made it is told, and may demand it again."""
    row = waiting(ticket)
    _refuse("demand_gone", row is None)
    if not answers(ticket, actor):
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    _refuse("answer_words", not text.strip())
    row.answer, row.answered_at, row.answered_by_id = text.strip(), clock.now(), actor.id
    _over(ticket)
    record(actor, Did.DEMAND_ANSWERED, ticket=ticket)
    events.emit(DemandAnswered(row.id))
    return row


def again(ticket: Ticket, actor: Actor) -> Demand:
    """The answer is not enough: the manager demands the same once more, within the usual time."""
    last = answered(demands(ticket))
    _refuse("demand_none", last is None)
    return demand(ticket, actor, last.text)


def answered(rows: list[Demand]) -> Demand | None:
    """The newest demand, if it was answered: its words are what the manager has to judge."""
    return rows[0] if rows and rows[0].answered_at else None


def lift(ticket: Ticket, actor: Actor) -> None:
    """The manager takes his demand back; a ticket that was only marked is marked no longer."""
    _manages(ticket, actor)
    row = waiting(ticket)
    if row is not None:
        row.lifted_at = clock.now()
    _over(ticket)
    record(actor, Did.TICKET_SUPERVISED, ticket=ticket, on=False)


def demands(ticket: Ticket) -> list[Demand]:
    """Every demand on this ticket, the newest first."""
    return list(db.session.scalars(db.select(Demand).filter_by(ticket_id=ticket.id).order_by(Demand.id.desc())))


def _over(ticket: Ticket) -> None:
    ticket.supervised = False
    clocks.stop(ticket, ("demand",))
    clocks.note_due(ticket)


def _manages(ticket: Ticket, actor: Actor) -> None:
    if "manager" not in access.hats(actor, ticket):
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])


def _refuse(code: str, broken: bool) -> None:
    if broken:
        raise DomainError(code, REFUSED[code])
