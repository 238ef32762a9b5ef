"""One matter or two: what a person decides about a pair of tickets on the page of one of them."""
from flask import request
from flask_babel import lazy_gettext as _l

from core.errors import DomainError
from desk.blueprint import actor, any_staff, desk
from desk.shown import doubles
from desk.ticket.pair import direction
from desk.ticket.view import Typed
from desk.ticket.views import carry_out
from tickets import queries
from tickets.services import merging

GONE = _l("This pair is no longer proposed: somebody has decided about it, or one of the two has ended.")
SAID = {"merge": _l("Merged. For 24 hours this can be undone on the page of the one that ended."),
        "not_double": _l("These two are kept apart and will not be proposed again.")}


@desk.post("/tickets/<case_no>/same/<other_no>")
@any_staff
def ticket_same(case_no: str, other_no: str):
    """Merge the two of a proposed pair, or keep them apart for good."""
    ticket, other = (queries.by_case_no(actor(), number) for number in (case_no, other_no))
    pressed = request.form.get("do", "")

    def press():
        if pressed not in SAID or all(pair.ticket.id != other.id for pair in doubles.pairs(ticket, actor())):
            raise DomainError("gone", GONE)
        if pressed == "merge":
            one, into = direction(ticket, other, actor())
            merging.merge(one, actor(), into)
        else:
            merging.refuse(ticket, other, actor())
    return carry_out(ticket, press, SAID.get(pressed, ""), Typed("same"))
