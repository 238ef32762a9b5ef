"""Texts that ask for no more messages, or for messages again."""
from intake.models import IntakeRecord
from intake.recognise import Recogniser
from intake.submission import Submission
from notifications import services as notifications
from retailers import queries as retailers
from retailers import services, stopping
from tickets.models import Ticket
from tickets.services import opting_out


def _wants_none(submission: Submission) -> bool:
    return submission.channel == "sms" and stopping.stops(submission.text)


def _opt_out(submission: Submission, intake: IntakeRecord) -> Ticket | None:
    """Nothing is sent back: whoever wants no texts wants none about that either, and the provider would refuse it."""
    number = submission.phone or intake.sender
    if number is None:
        return None
    word = stopping.provider_word(submission.text)
    waiting = opting_out.stop_messages(number, "sms_word" if word else "sms", str(intake.id), word in stopping.PERHAPS_WITHDRAWN, submission.text)
    return waiting[-1] if waiting else None


def _wants_some_again(submission: Submission) -> bool:
    return (submission.channel == "sms" and submission.phone is not None and stopping.starts(submission.text)
            and retailers.opted_out(submission.phone))


def _opt_in(submission: Submission, intake: IntakeRecord) -> None:
    services.opt_in(submission.phone, "sms")
    notifications.say_to(submission.phone, "opted_in", submission.language, {}, f"opted_in:{intake.id}")


OPT_OUT = Recogniser("opt_out", _wants_none, _opt_out)
OPT_IN = Recogniser("opt_in", _wants_some_again, _opt_in)
