"""What was given back: how often and of how many tickets; the reasons are a dimension of their own."""
from flask_babel import lazy_gettext as _l

from reporting.definition import RETURNS, TICKETS, Definition
from tickets.models import Ticket
from tickets.returns import TicketReturn

_SOURCE = _l("returns: who, when, the reason of the list")


def _returned(moment):
    """Whatever was given back."""
    return TicketReturn.at < moment


def _dispatched(moment):
    """Whatever has ever been dispatched."""
    return Ticket.dispatched_at < moment


RETURNED = (
    Definition(
        "returns", "count", _l("Returns"), RETURNS, TicketReturn.at, _returned, {"of": _l("all")},
        _l("Times that a handler gave a ticket back in the period; a ticket can be given back twice."), _SOURCE,
        facts=((_l("Given back on"), TicketReturn.at),), beside=("return_rate",),
        caution=_l("Never a target for anybody: whoever may not give back what is not his keeps it too long.")),
    Definition(
        "return_rate", "share", _l("Return rate"), TICKETS, Ticket.dispatched_at, _dispatched,
        {"of": _l("dispatched"), "part": _l("given back"), "rest": _l("kept")},
        _l("Tickets that were given back, once or twice / tickets first dispatched in the period. The team is the one that has the ticket now."), _SOURCE,
        part=Ticket.returns > 0, facts=((_l("Dispatched on"), Ticket.dispatched_at), (_l("Returns"), Ticket.returns))),
)
