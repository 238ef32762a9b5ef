"""The recognisers that belong to intake itself: a continuation, and a new matter."""
from core.actor import SYSTEM
from core.db import db
from intake.models import IntakeRecord
from intake.recognise import Recogniser
from intake.submission import Submission
from retailers import queries as retailers
from tickets import queries as tickets
from tickets.models import Ticket
from tickets.services import conversation, naming
from tickets.services.opening import NewTicket, open_ticket, same_contact

HANDED_ON = ("listen",)  # facts of an arrival that triage has to know: a recording that nobody has listened to


def _continues(submission: Submission) -> bool:
    return submission.continues is not None and tickets.any_by_case_no(submission.continues) is not None


def _continue(submission: Submission, intake: IntakeRecord) -> Ticket:
    ticket = now_found_in(tickets.any_by_case_no(submission.continues))
    if not ticket.is_open:
        return open_after(ticket, submission, intake)
    conversation.continue_with(ticket, submission.text, submission.channel, intake_id=intake.id, attachments=intake.attachments)
    return ticket


def now_found_in(named: Ticket) -> Ticket:
    """The ticket in which the named one goes on, locked: a ticket that is just being ended or merged is waited for."""
    ticket = db.session.get(Ticket, named.id, with_for_update=True)
    while ticket.merged_into_id is not None:
        ticket = db.session.get(Ticket, ticket.merged_into_id, with_for_update=True)
    return ticket


def open_after(ended: Ticket, submission: Submission, intake: IntakeRecord) -> Ticket:
    """A new ticket for words that came too late for their own: the same person, as well protected as before."""
    made = open_ticket(SYSTEM, NewTicket(
        case_no=submission.case_no, token=submission.token, channel=submission.channel, text=submission.text,
        received_at=submission.received_at, type=ended.type, language=submission.language, severity=submission.severity or "S3",
        order_no=submission.order_no or ended.order_no, sealed=ended.sealed or intake.sealed, captured_by_id=submission.captured_by_id,
        intake_id=intake.id, attachments=list(intake.attachments), **same_contact(ended)))
    made.facts = _facts(submission) | {"continues": ended.case_no}
    naming.inherit(made, ended)
    conversation.system(made, SYSTEM, "continues", ended.case_no)
    conversation.system(ended, SYSTEM, "continued", made.case_no)
    return made


def open_new(submission: Submission, intake: IntakeRecord) -> Ticket:
    """A ticket for a matter of its own. Where several shops have the sender's number, a person chooses among them."""
    shop = None if submission.anonymous else retailers.find(submission.shop) or retailers.by_phone(submission.phone)
    made = open_ticket(SYSTEM, NewTicket(
        case_no=submission.case_no, token=submission.token, channel=submission.channel, text=submission.text,
        received_at=submission.received_at, type=submission.kind, language=submission.language, severity=submission.severity or "S3",
        retailer=shop, shop_text=submission.shop, contact_name=submission.name, contact_phone=submission.phone,
        contact_email=submission.email, order_no=submission.order_no, occurred=submission.occurred, wish=submission.wish,
        confidential=submission.confidential, anonymous=submission.anonymous, sealed=intake.sealed, pin_hash=submission.pin_hash,
        captured_by_id=submission.captured_by_id, intake_id=intake.id, is_demo=submission.is_demo, attachments=list(intake.attachments)))
    made.facts = _facts(submission) | ({} if shop or submission.anonymous else _shops(submission))
    return made


def _facts(submission: Submission) -> dict:
    suspect = {"suspect": submission.suspect} if submission.suspect else {}
    return suspect | {name: submission.facts[name] for name in HANDED_ON if name in submission.facts}


def _shops(submission: Submission) -> dict:
    licences = [shop.licence_no for shop in retailers.all_by_phone(submission.phone)]
    return {"shops": licences} if licences else {}


CONTINUATION = Recogniser("continuation", _continues, _continue)
NEW_MATTER = Recogniser("new_matter", lambda submission: True, open_new)
