"""What becomes of a second matter, decided on the ticket's page."""
from flask import request
from flask_babel import lazy_gettext as _l

from core.errors import NotAllowed
from desk.blueprint import actor, any_staff, desk
from desk.ticket import actions
from desk.ticket.view import Typed
from desk.ticket.views import carry_out
from desk.triage import second
from tickets import access, queries
from tickets.messages import REFUSALS

SAID = _l("Decided. Every matter has an owner.")


@desk.post("/tickets/<case_no>/second")
@any_staff
def ticket_second(case_no: str):
    """A ticket of its own, answered along, or no matter."""
    ticket = queries.by_case_no(actor(), case_no)

    def press():
        if not actions.BY_NAME["add_second"].offered(ticket, actor(), access.hats(actor(), ticket)):
            raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
        second.decide(ticket, request.form.get("step", ""))
    return carry_out(ticket, press, SAID, Typed("second"))
