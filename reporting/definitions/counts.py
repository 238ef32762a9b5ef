"""How much there is: received, left out, open, overdue, closed, handled again."""
from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, exists, not_, or_

from reporting.definition import COUNTED, TICKETS, Definition
from tickets.models import Clock, Ticket

_STATE = _l("tickets: state, category, dates")
_ALL = {"of": _l("all")}
_RECEIVED = (_l("Received on"), Ticket.received_at)
_CLOSED_ON = (_l("Closed on"), Ticket.ended_at)


def received(moment):
    """Whatever has come in."""
    return Ticket.received_at < moment


def closed(moment):
    """Closed, and not opened again since."""
    return Ticket.state == "closed"


def _open_at(moment):
    return and_(Ticket.received_at < moment, or_(Ticket.ended_at.is_(None), Ticket.ended_at >= moment))


def _overdue_at(moment):
    late = exists().where(Clock.ticket_id == Ticket.id, Clock.kind == "resolve", Clock.due_at < moment, Clock.paused_at.is_(None),
                          or_(Clock.stopped_at.is_(None), Clock.stopped_at >= moment))
    return and_(_open_at(moment), late)


COUNTS = (
    Definition(
        "received", "count", _l("Received"), TICKETS, Ticket.received_at, received, _ALL,
        _l("Tickets received in the period."), _STATE, facts=(_RECEIVED,),
        caution=_l("Never a target for anybody: whoever makes it easy to complain receives more.")),
    Definition(
        "left_out", "count", _l("Left out"), TICKETS, Ticket.received_at, received, _ALL,
        _l("Tickets received in the period that no other figure counts: merged into another one, withdrawn, or noise."), _STATE,
        facts=(_RECEIVED,), counted=not_(COUNTED), caution=_l("Look through the list: nothing may be left out to make a figure better.")),
    Definition(
        "rate", "rate", _l("Complaint rate"), TICKETS, Ticket.received_at, received, _ALL,
        _l("Tickets received / active retailers × 1,000, per week. A running week counts by the part of it that has passed."),
        _l("tickets; retailers that are active today (what was active in former weeks is not kept)"), facts=(_RECEIVED,)),
    Definition(
        "open", "count", _l("Still open"), TICKETS, None, _open_at, _ALL,
        _l("Tickets received before and not ended at the end of the period, or now while it runs."), _STATE, facts=(_RECEIVED,),
        caution=_l("A ticket that was closed and opened again counts as open since it was received.")),
    Definition(
        "overdue", "count", _l("Answer overdue"), TICKETS, None, _overdue_at, _ALL,
        _l("Open tickets whose time for the answer was over at the end of the period, or now while it runs. Waiting for the retailer is not "
           "overdue. The list of what is late counts every time: also the first look, the first call, a word on how far it is."),
        _l("clocks of tickets, by working hours"), facts=(_RECEIVED,)),
    Definition(
        "closed", "count", _l("Closed"), TICKETS, Ticket.ended_at, closed, _ALL,
        _l("Tickets whose last closing lies in the period and that are still closed."), _STATE, facts=(_RECEIVED, _CLOSED_ON), beside=("redo",)),
    Definition(
        "redo", "share", _l("Redo rate"), TICKETS, Ticket.ended_at, closed,
        {"of": _l("closed"), "part": _l("handled again"), "rest": _l("closed with the first answer")},
        _l("Tickets that had to be handled again, once or more / tickets closed in the period, by their last closing."), _STATE,
        part=Ticket.redos > 0, facts=(_CLOSED_ON, (_l("Redos"), Ticket.redos)),
        caution=_l("A ticket that is being handled again counts when it is closed; until then it stands under “still open”.")),
)
