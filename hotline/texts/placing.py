"""Putting a text where it belongs: into one of its sender's tickets, into one that is opened again, or into a new one."""
from datetime import timedelta

from catalog import queries as catalog
from core import clock, events, locks
from core.actor import RETAILER
from hotline.texts import belonging, queries, understanding
from hotline.texts.belonging import Verdict
from hotline.texts.understanding import PERHAPS_NOISE
from intake.models import IntakeRecord
from intake.recognisers import now_found_in, open_after, open_new
from intake.submission import Submission
from tickets.events import TicketOpened
from tickets.models import Ticket
from tickets.services import closing, conversation, wording
from tickets.services.opening import subject_of
from triage import services as triage

CHANNEL = "sms"
MAY_CONTINUE = "may_continue"
JUST_HEARD = timedelta(hours=1)  # whoever has heard from us within this time knows that we are there


def place(submission: Submission, intake: IntakeRecord) -> Ticket:
    """Decide where a text belongs and put it there. One text of a number after the other: the second sees what the first became."""
    locks.hold_for("belongs", submission.phone or str(intake.id))
    mine = queries.own(submission.phone)
    verdict = belonging.decide(understanding.understood(submission, intake), understanding.matters(mine))
    by_number = {ticket.case_no: ticket for ticket in mine}
    return ACTS[verdict.what](submission, intake, verdict, by_number)


def _new(submission: Submission, intake: IntakeRecord, verdict: Verdict, mine: dict[str, Ticket]) -> Ticket:
    made = open_new(submission, intake)
    if not understanding.only_picture(submission, intake) and understanding.says_nothing(submission.text):
        made.facts = made.facts | {PERHAPS_NOISE: True}
    return made


def _ask(submission: Submission, intake: IntakeRecord, verdict: Verdict, mine: dict[str, Ticket]) -> Ticket:
    """Nobody can be sure: a ticket that waits for the hotline, with the cases that it may belong to."""
    made = open_new(submission, intake)
    made.facts = made.facts | {MAY_CONTINUE: list(verdict.cases)}
    return made


def _after(submission: Submission, intake: IntakeRecord, verdict: Verdict, mine: dict[str, Ticket]) -> Ticket:
    return open_after(now_found_in(mine[verdict.cases[0]]), submission, intake)


def _continue(submission: Submission, intake: IntakeRecord, verdict: Verdict, mine: dict[str, Ticket]) -> Ticket:
    ticket = now_found_in(mine[verdict.cases[0]])
    if not ticket.is_open:
        return open_after(ticket, submission, intake)
    conversation.continue_with(ticket, submission.text, CHANNEL, intake_id=intake.id, attachments=intake.attachments)
    if ticket.facts.get(PERHAPS_NOISE) and ticket.state == "received":
        _means_something(ticket, submission)
    else:
        _say_added(ticket)
    return ticket


def _say_added(ticket: Ticket) -> None:
    """The sender learns that his words have found their case, once a day; of a sealed one nothing is said that he has not asked."""
    if not ticket.sealed and not conversation.spoke_since(ticket, clock.now() - JUST_HEARD):
        wording.say_once(ticket, "ack_added", f"added:{ticket.id}:{catalog.today()}")


def _means_something(ticket: Ticket, submission: Submission) -> None:
    """What began with a greeting goes on with a matter: it is understood and acknowledged now."""
    ticket.facts = {key: value for key, value in ticket.facts.items() if key != PERHAPS_NOISE}
    ticket.subject, ticket.language = subject_of(submission.text), submission.language
    triage.read_again(ticket)
    events.emit(TicketOpened(ticket.id))


def _reopen(submission: Submission, intake: IntakeRecord, verdict: Verdict, mine: dict[str, Ticket]) -> Ticket:
    ticket = now_found_in(mine[verdict.cases[0]])
    if not closing.redo_open(ticket):
        return _continue(submission, intake, verdict, mine)
    conversation.take_in(ticket, submission.text, CHANNEL, intake_id=intake.id, attachments=intake.attachments)
    open_again(ticket, submission.text)
    return ticket


def open_again(ticket: Ticket, words_said: str) -> None:
    """The retailer says that it is not settled: it is handled again, and he hears so."""
    closing.redo(ticket, RETAILER, words_said)
    wording.say_once(ticket, "reopened", f"reopened:{ticket.id}:{ticket.round}")


def _keep(submission: Submission, intake: IntakeRecord, verdict: Verdict, mine: dict[str, Ticket]) -> Ticket:
    """Words that ask for nothing stay in the thread."""
    ticket = now_found_in(mine[verdict.cases[0]])
    conversation.take_in(ticket, submission.text, CHANNEL, intake_id=intake.id, attachments=intake.attachments)
    return ticket


ACTS = {"new": _new, "ask": _ask, "after": _after, "continue": _continue, "reopen": _reopen, "keep": _keep}
