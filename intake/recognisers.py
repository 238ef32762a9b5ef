"""The recognisers that belong to intake itself: a continuation, and a new matter."""
from core.actor import SYSTEM
from intake.models import IntakeRecord
from intake.recognise import Recogniser
from intake.submission import Submission
from retailers import queries as retailers
from tickets import queries as tickets
from tickets.models import Ticket
from tickets.services import conversation
from tickets.services.opening import NewTicket, open_ticket


def _continues(submission: Submission) -> bool:
    return submission.continues is not None and tickets.is_open(submission.continues)


def _continue(submission: Submission, intake: IntakeRecord) -> Ticket:
    ticket = tickets.any_by_case_no(submission.continues)
    conversation.continue_with(ticket, submission.text, submission.channel, intake_id=intake.id, attachments=intake.attachments)
    return ticket


def _open(submission: Submission, intake: IntakeRecord) -> Ticket:
    shop = None if submission.anonymous else retailers.find(submission.shop) or retailers.by_phone(submission.phone)
    return open_ticket(SYSTEM, NewTicket(
        case_no=submission.case_no, token=submission.token, channel=submission.channel, text=submission.text,
        received_at=submission.received_at, type=submission.kind, language=submission.language, severity=submission.severity or "S3",
        retailer=shop, shop_text=submission.shop, contact_name=submission.name, contact_phone=submission.phone,
        contact_email=submission.email, order_no=submission.order_no, occurred=submission.occurred, wish=submission.wish,
        confidential=submission.confidential, anonymous=submission.anonymous, sealed=intake.sealed, pin_hash=submission.pin_hash,
        captured_by_id=submission.captured_by_id, intake_id=intake.id, is_demo=submission.is_demo, attachments=list(intake.attachments)))


CONTINUATION = Recogniser("continuation", _continues, _continue)
NEW_MATTER = Recogniser("new_matter", lambda submission: True, _open)
