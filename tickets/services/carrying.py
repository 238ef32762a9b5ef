"""What presses on a double goes where its thread goes: the manager's demand, the retailer's urging, the level. All but the level come back when the merge is undone."""
from core import events
from core.actor import SYSTEM
from core.db import db
from tickets.demands import Demand, Urging
from tickets.events import TicketSupervised
from tickets.models import Ticket
from tickets.services import clocks, escalation, supervising, urging


def pressing(ticket: Ticket, into: Ticket) -> dict:
    """What presses on `ticket` before it ends as a double of `into`, as `carry` and `bring_back` need it."""
    waiting, other = supervising.waiting(ticket), supervising.waiting(into)
    return {"demands": _ids(Demand, ticket), "urgings": _ids(Urging, ticket), "waited": waiting.id if waiting else None,
            "marked": ticket.supervised, "into_marked": into.supervised and other is None, "doubled": bool(waiting and other)}


def carry(ticket: Ticket, into: Ticket, kept: dict) -> None:
    """Hand everything to `into`, after `ticket` has ended. A demand that meets another one stays lifted: one waits on a ticket at a time."""
    _hand(Demand, kept["demands"], into)
    if kept["waited"] and not kept["doubled"]:
        _reopen(db.session.get(Demand, kept["waited"]), ticket, into)
        events.emit(TicketSupervised(kept["waited"]))  # it has perhaps come to another desk
    into.supervised = into.supervised or kept["marked"]
    _hand_urgings(kept["urgings"], ticket, into)
    urging.raise_if_often(into)
    if (ticket.escalation or 0) > (into.escalation or 0):
        escalation.raise_to(into, ticket.escalation, "merged", SYSTEM, str(ticket.id))


def bring_back(ticket: Ticket, into: Ticket, kept: dict) -> None:
    """The two are apart again, each with what pressed on it; a demand that was answered or lifted by a person meanwhile stays so."""
    _hand(Demand, kept["demands"], ticket)
    demand = db.session.get(Demand, kept["waited"]) if kept["waited"] else None
    ended_with_it = into.ended_at is not None and demand is not None and demand.lifted_at == into.ended_at
    if demand is not None and demand.answered_at is None and (kept["doubled"] or ended_with_it or demand.lifted_at is None):
        _reopen(demand, ticket if kept["doubled"] else into, ticket)
    ticket.supervised = supervising.waiting(ticket) is not None or kept["marked"] and demand is None
    if supervising.waiting(into) is None:
        clocks.stop(into, ("demand",))
        into.supervised = into.supervised and kept["into_marked"]
    _hand_urgings(kept["urgings"], into, ticket)


def _reopen(demand: Demand, source: Ticket, target: Ticket) -> None:
    """It waits on `target` with the time that it had on `source`."""
    demand.lifted_at = None
    last = max((one for one in source.clocks if one.kind == "demand"), key=lambda one: one.id)
    clocks.stop(source, ("demand",))
    clocks.go_on(target, last)
    db.session.flush()


def _hand_urgings(ids: list[int], source: Ticket, target: Ticket) -> None:
    _hand(Urging, ids, target)
    source.urgings, target.urgings = (source.urgings or 0) - len(ids), (target.urgings or 0) + len(ids)


def _hand(kind: type, ids: list[int], target: Ticket) -> None:
    db.session.flush()
    db.session.execute(db.update(kind).where(kind.id.in_(ids)).values(ticket_id=target.id))


def _ids(kind: type, ticket: Ticket) -> list[int]:
    return list(db.session.scalars(db.select(kind.id).where(kind.ticket_id == ticket.id).order_by(kind.id)))
