"""Acting on a short message that is a wish: how far it is, haste, help, and withdrawing a case, which is asked back first."""
from datetime import timedelta

from core import clock
from core.actor import RETAILER, SYSTEM
from hotline.texts import keywords, progress, queries, stops, words
from hotline.texts.keywords import Wish
from intake.models import IntakeRecord
from intake.recognisers import now_found_in
from intake.submission import Submission
from notifications import services as notifications
from tickets import case_number
from tickets.models import Ticket
from tickets.services import closing, conversation, urging

SHOWN = 3
CONFIRM_WITHIN = timedelta(hours=24)
PENDING, DECIDED = "withdraw", "withdrew"


def wish_of(submission: Submission) -> Wish | None:
    """What a text asks for; None if it is something else, or nobody could be answered."""
    return keywords.read(submission.text, words.current().whole) if submission.channel == "sms" and submission.phone else None


def act(submission: Submission, intake: IntakeRecord) -> Ticket | None:
    """Do what the message wishes. Returns the one ticket that it was about."""
    wish = wish_of(submission)
    return WISHES[wish.kind](submission, intake, wish)


def confirms(submission: Submission) -> bool:
    """True for the digit or the word that confirms a withdrawal, while one waits for it."""
    return submission.channel == "sms" and keywords.confirms(submission.text) and _pending(submission.phone) is not None


def confirm(submission: Submission, intake: IntakeRecord) -> Ticket:
    """Withdraw the case that was asked about, unless it has gone on meanwhile: then say how far it is."""
    if stops.OPT_IN.claims(submission):  # YES lifts the provider's block as well
        stops.OPT_IN.act(submission, intake)
    case_no = _settle(submission.phone)
    ticket = now_found_in(queries.own_case(submission.phone, case_no))
    if not _may_withdraw(ticket):
        _say(submission, intake, "progress", {"progress": progress.lines([(case_no, ticket)], submission.language)})
        return ticket
    closing.withdraw(ticket, RETAILER, confirmed=True, reason=submission.text)
    _say(submission, intake, "withdrawn", {"case_no": case_number.show(case_no)}, often=True)
    return ticket


def declines(submission: Submission) -> bool:
    """True for words that let the matter go on, while a withdrawal waits to be confirmed."""
    return submission.channel == "sms" and keywords.declines(submission.text) and _pending(submission.phone) is not None


def go_on(submission: Submission, intake: IntakeRecord) -> Ticket:
    """Nothing is withdrawn; the answer says how far it is."""
    case_no = _settle(submission.phone)
    ticket = now_found_in(queries.own_case(submission.phone, case_no))
    _say(submission, intake, "progress", {"progress": progress.lines([(case_no, ticket)], submission.language)})
    return ticket


def _settle(phone: str) -> str:
    """The question is answered and stands no longer; returns the number of the case that it was about."""
    asked = _pending(phone)
    case_no = asked.meta[PENDING]
    asked.meta = {key: value for key, value in asked.meta.items() if key != PENDING} | {DECIDED: case_no}
    return case_no


def _pending(phone: str | None) -> IntakeRecord | None:
    return queries.pending_withdrawal(phone, clock.now() - CONFIRM_WITHIN) if phone else None


def _progress(submission: Submission, intake: IntakeRecord, wish: Wish) -> Ticket | None:
    found = _asked_about(submission.phone, wish.case_no)
    if not found:
        _say(submission, intake, "no_case")
        return None
    _say(submission, intake, "progress", {"progress": progress.lines(found[:SHOWN], submission.language)})
    return _noted(found, "asked_progress")


def _help(submission: Submission, intake: IntakeRecord, wish: Wish) -> None:
    _say(submission, intake, "help")


def _withdraw(submission: Submission, intake: IntakeRecord, wish: Wish) -> Ticket | None:
    found = [(case_no, ticket) for case_no, ticket in _asked_about(submission.phone, wish.case_no) if _may_withdraw(ticket)]
    if len(found) != 1:
        known = {"progress": progress.lines(found[:SHOWN], submission.language)} if found else {}
        _say(submission, intake, "withdraw_which" if found else "no_case", known)
        return None
    case_no = found[0][0]
    if _say(submission, intake, "withdraw_ask", {"case_no": case_number.show(case_no)}):
        intake.meta = intake.meta | {PENDING: case_no}
    return _noted(found, "asked_withdrawal")


def _urge(submission: Submission, intake: IntakeRecord, wish: Wish) -> Ticket | None:
    """Haste is asked for: it is counted on the matter that is due first, and the answer says how far it is."""
    found = _asked_about(submission.phone, wish.case_no)
    if not found:
        _say(submission, intake, "no_case")
        return None
    pressed = [ticket for _case_no, ticket in found if urging.may_urge(ticket)]
    first = min(pressed, key=lambda ticket: (ticket.due_at is None, ticket.due_at, ticket.id), default=None)
    if first is not None:
        urging.urge(now_found_in(first), RETAILER, submission.channel)
    _say(submission, intake, "progress", {"progress": progress.lines(found[:SHOWN], submission.language)})
    return first


WISHES = {"urge": _urge, "progress": _progress, "help": _help, "withdraw": _withdraw}


def _asked_about(phone: str, case_no: str | None) -> list[tuple[str, Ticket]]:
    """(number as its sender knows it, ticket in which it goes on): the one that he named, else his own, the newest first."""
    if case_no is None:
        return [(ticket.case_no, ticket) for ticket in sorted(queries.own(phone), key=lambda t: t.received_at, reverse=True)]
    named = queries.own_case(phone, case_no)
    return [(case_no, queries.surviving(named))] if named else []


def _may_withdraw(ticket: Ticket) -> bool:
    return ticket.is_open and ticket.state != "answered"


def _noted(found: list[tuple[str, Ticket]], what: str) -> Ticket | None:
    """Leave a line in the thread of the one ticket that was meant."""
    if len(found) != 1:
        return None
    conversation.system(found[0][1], SYSTEM, what)
    return found[0][1]


def _say(submission: Submission, intake: IntakeRecord, purpose: str, values: dict | None = None, often: bool = False):
    return notifications.say_to(submission.phone, purpose, submission.language, values or {}, f"{purpose}:{intake.id}", often=often)
