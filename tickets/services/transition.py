"""The one function that changes a ticket's state."""
from core import clock, events
from core.actor import Actor
from core.audit import Did, record
from core.db import db
from core.errors import DomainError, NotAllowed
from tickets import access, lifecycle
from tickets.demands import Demand
from tickets.events import ANNOUNCED
from tickets.messages import REFUSALS
from tickets.models import Ticket
from tickets.services import clocks


def move(ticket: Ticket, event: str, actor: Actor, *, target: str | None = None, author_id: int | None = None, **data) -> None:
    """Carry out `event` as the table of lifecycle says: permission, guards, clocks, trace, announcement.

    `target` chooses among the row's targets where the table leaves it open; `author_id` is the author of the answer
    under review; clocks that the data name in `keeps` run on where the row would begin them anew.
    Raises DomainError with the code of the first guard that fails, NotAllowed for a wrong actor.
    """
    with db.session.no_autoflush:  # a query in between must not write a half-moved row
        _move(ticket, event, actor, target, author_id, data | {"actor": actor, "now": clock.now()})
    if event in ANNOUNCED:
        events.emit(ANNOUNCED[event](ticket.id))


def _move(ticket: Ticket, event: str, actor: Actor, target: str | None, author_id: int | None, data: dict) -> None:
    row = _row(ticket, event)
    if row.who.isdisjoint(access.hats(actor, ticket, author_id)):
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    _check(row, ticket, data)
    before, ticket.state = ticket.state, _target(row, target)
    _mark(ticket, before, actor, data)
    _turn(row, ticket, frozenset(data.get("keeps", ())))
    record(actor, Did.TICKET_MOVED, ticket=ticket, event=event, before=before, after=ticket.state, **_told(ticket, data))


def _row(ticket: Ticket, event: str) -> lifecycle.Transition:
    try:
        return lifecycle.find(event, ticket.state)
    except lifecycle.WrongState:
        raise DomainError("wrong_state", REFUSALS["wrong_state"]) from None


def _check(row: lifecycle.Transition, ticket: Ticket, data: dict) -> None:
    for guard in row.guards:
        if not lifecycle.GUARDS[guard](ticket, data):
            raise DomainError(guard, REFUSALS[guard])


def _target(row: lifecycle.Transition, target: str | None) -> str:
    if row.target is not None:
        return row.target
    if target not in row.targets:
        raise ValueError(f"{row.event} cannot lead to {target}")
    return target


def _mark(ticket: Ticket, before: str, actor: Actor, data: dict) -> None:
    """Keep the columns that belong to a state in step with it."""
    now = clock.now()
    ticket.return_state = before if ticket.state == "needs_info" else None
    if ticket.state == "answered":
        ticket.answered_at = now
    if ticket.state in lifecycle.ENDED:
        ticket.ended_at, ticket.ended_by_id = now, actor.id
        _lift_demand(ticket, now)
    else:
        ticket.ended_at = ticket.ended_by_id = None
    ticket.closed_by_rule = data.get("rule")
    ticket.merged_into_id = data["into"].id if ticket.state == "merged" else None


def _lift_demand(ticket: Ticket, now) -> None:
    """Nobody has to answer a manager's demand on a ticket that is over."""
    waiting = db.update(Demand).where(Demand.ticket_id == ticket.id, Demand.answered_at.is_(None), Demand.lifted_at.is_(None))
    db.session.execute(waiting.values(lifted_at=now))
    ticket.supervised = False


def _turn(row: lifecycle.Transition, ticket: Ticket, keeps: frozenset[str]) -> None:
    stops = [kind for kind in row.stops if kind not in keeps]
    clocks.stop(ticket, stops)
    if row.pauses:
        clocks.pause(ticket)
    if row.resumes:
        clocks.resume(ticket)
    for kind in row.starts:
        if kind in stops:
            clocks.restart(ticket, kind)
        else:
            clocks.start(ticket, kind)
    clocks.note_due(ticket)


def _told(ticket: Ticket, data: dict) -> dict:
    # The trail of a sealed ticket keeps that something happened, not what was written.
    words = {key: value for key, value in data.items() if key in ("reason", "body", "reference", "rule") and isinstance(value, str)}
    return {} if ticket.sealed else {key: value[:500] for key, value in words.items()}
