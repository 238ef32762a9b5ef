"""How far a matter is, in one plain line of a text message."""
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core import clock, i18n
from tickets import case_number, plain
from tickets.models import Ticket

PLAIN = {
    "received": _l("we have it and are finding out who can settle it"), "needs_info": _l("we wait for your answer to our question"),
    "dispatched": _l("it is with the people who know the matter"), "in_progress": _l("somebody is working on it"),
    "in_review": _l("the answer is written and is being checked"), "answered": _l("we have answered you"), "closed": _l("it is settled"),
    "declined": _l("it is not something we may decide; we told you why"), "transferred": _l("it was passed on to another office"),
    "withdrawn": _l("you took it back"),
}


def lines(tickets: list[tuple[str, Ticket]], language: str) -> str:
    """One line for each (case number as the retailer knows it, the ticket in which it goes on)."""
    with i18n.spoken(language):
        return "\n".join(_line(case_no, ticket) for case_no, ticket in tickets)


def _line(case_no: str, ticket: Ticket) -> str:
    said = {"case": case_number.show(case_no), "state": str(PLAIN[ticket.state])}
    due = plain.answer_by(ticket)
    if due is None:
        return _("%(case)s: %(state)s.", **said)
    if due < clock.now():
        return _("%(case)s: %(state)s. You should have had our answer by %(day)s; we are late.", day=i18n.day(due), **said)
    return _("%(case)s: %(state)s. You get our answer by %(day)s.", day=i18n.day(due), **said)
