"""Texts that rate an answer."""
from core.db import db
from intake.models import IntakeRecord
from intake.recognise import Recogniser
from intake.submission import Submission
from satisfaction import queries, services
from satisfaction.reading import Reading, read
from tickets.models import Ticket
from tickets.services import calls


def _rates(submission: Submission) -> bool:
    """A score counts only where something can be rated; a mere digit from somebody whom we asked something else answers that."""
    if submission.channel != "sms" or submission.phone is None:
        return False
    reading = read(submission.text)
    if reading.score is None or reading.bare and queries.asks_something(submission.phone):
        return False
    return queries.rateable(submission.phone, submission.received_at) is not None


def _rate(submission: Submission, intake: IntakeRecord) -> Ticket:
    reading = read(submission.text)
    ticket = db.session.get(Ticket, queries.rateable(submission.phone, submission.received_at), with_for_update=True)
    services.rate(ticket, reading.score, _reason(reading), reading.comment, "sms", submission.received_at)
    if reading.grievance and reading.score > services.LOW:  # after a low score somebody calls anyway, or it is handled again
        calls.open_call_task(ticket, "rated_but", f"rated_but:{ticket.id}:{intake.id}", text=reading.comment)
    return ticket


def _reason(reading: Reading) -> str | None:
    """The reason that he keyed; where he keyed none, his words may say that it is not solved."""
    if reading.reason is not None:
        return services.REASONS[reading.reason - 1]
    return services.NOT_SOLVED if reading.unsolved and reading.score <= services.LOW else None


RATING = Recogniser("rating", _rates, _rate)
