"""What is read out to the caller once his call is filed: the number, what happens next, and by when; in his language."""
from datetime import datetime

from flask_babel import gettext as _

from core import clock, organisation
from core.i18n import day, pick, spoken
from desk.shown.presenters import due_text
from hotline.models import Call
from tickets import case_number, plain
from tickets.models import Ticket
from tickets.services import clocks


def sentence(call: Call, case_no: str | None, ticket: Ticket | None) -> str:
    """The words for a call that was filed under `case_no`; `ticket` is None while its job has not made one. Empty if nothing was filed.

    A report or a sealed matter gets no word of what it is about, and no date that cannot be promised.
    """
    if not case_no:
        return ""
    with spoken(call.language):
        number = case_number.show(case_no)
        if ticket is None:
            return _("I have written it down. The number is %(number)s.", number=number)
        if ticket.sealed:
            return _("I have written it down. Only people who look after such matters will read it. The number is %(number)s.", number=number)
        return _known(call, ticket, number)


def _known(call: Call, ticket: Ticket, number: str) -> str:
    due = plain.answer_by(ticket)
    if call.filed_as == "linked":
        return _added(number, due)
    if due is None:
        return _("I have written it down. The number is %(number)s.", number=number)
    answer = day(due)
    contact = _due(ticket, "contact")
    if ticket.team is None or contact is None:
        return _("I have written it down. We say who looks after it, and you get an answer by %(day)s. The number is %(number)s.",
                 day=answer, number=number)
    team = pick(ticket.team.name_zh, ticket.team.name_en)
    return _("I have written it down. %(team)s will get in touch by %(contact)s first, and you get an answer by %(day)s. The number is %(number)s.",
             team=team, contact=_hour(contact), day=answer, number=number)


def _added(number: str, due: datetime | None) -> str:
    if due is None:
        return _("I have added it to case %(number)s.", number=number)
    if due < clock.now():
        return _("I have added it to case %(number)s. You should have had our answer by %(day)s; we are late.", number=number, day=day(due))
    return _("I have added it to case %(number)s. You get an answer by %(day)s.", number=number, day=day(due))


def _due(ticket: Ticket, kind: str) -> datetime | None:
    return next((running.due_at for running in clocks.running(ticket, kind)), None)


def _hour(at: datetime) -> str:
    zone = organisation.zone()
    today = at.astimezone(zone).date() == clock.now().astimezone(zone).date()
    return _("today at %(time)s", time=due_text(at)) if today else due_text(at)
