"""What a text message is, in the order in which it is asked: a wish, a no to the question before, a late piece, words of some matter."""
from core.db import db
from hotline.texts import placing, wishes
from intake.models import IntakeRecord
from intake.recognise import Recogniser
from intake.recognisers import now_found_in, open_after
from intake.submission import Submission
from tickets.models import Ticket
from tickets.services import conversation


def _earlier(submission: Submission) -> IntakeRecord | None:
    """The record to which a late piece belongs, if a ticket was made of it."""
    number = submission.facts.get("piece_of") if submission.channel == placing.CHANNEL else None
    found = db.session.get(IntakeRecord, number) if number else None
    return found if found is not None and found.ticket_id is not None else None


def _join(submission: Submission, intake: IntakeRecord) -> Ticket:
    """One more message in the ticket of the others; it was acknowledged with them."""
    earlier = _earlier(submission)
    ticket = now_found_in(db.session.get(Ticket, earlier.ticket_id))
    if not ticket.is_open:
        return open_after(ticket, submission, intake)
    conversation.continue_with(ticket, submission.text, placing.CHANNEL, intake_id=intake.id, attachments=intake.attachments)
    intake.joined_to_id = earlier.id
    return ticket


WISH = Recogniser("wish", lambda submission: wishes.wish_of(submission) is not None, wishes.act)
CONFIRMED_WITHDRAWAL = Recogniser("withdrawal", wishes.confirms, wishes.confirm)
KEPT_ON = Recogniser("kept_on", wishes.declines, wishes.go_on)
LATE_PIECE = Recogniser("late_part", lambda submission: _earlier(submission) is not None, _join)
TEXT = Recogniser("text", lambda submission: submission.channel == placing.CHANNEL, placing.place)
RECOGNISERS = (WISH, KEPT_ON, LATE_PIECE, TEXT)
