"""Texts that ask for no more messages, or for messages again.

Jobs may overtake each other, so what was sent last counts, not what was read last.
"""
from sqlalchemy import exists, select

from core.db import db
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
    if number is None or _overtaken(submission, number, "opt_in"):
        return None
    word = stopping.provider_word(submission.text)
    waiting = opting_out.stop_messages(number, "sms_word" if word else "sms", str(intake.id), word in stopping.PERHAPS_WITHDRAWN, submission.text)
    return waiting[-1] if waiting else None


def _wants_some_again(submission: Submission) -> bool:
    """START and UNSTOP mean nothing else; YES and the like count only where there is something to lift."""
    if submission.channel != "sms" or submission.phone is None:
        return False
    return stopping.provider_start(submission.text) or stopping.starts(submission.text) and retailers.opted_out(submission.phone)


def _opt_in(submission: Submission, intake: IntakeRecord) -> None:
    if _overtaken(submission, submission.phone, "opt_out"):
        return
    services.opt_in(submission.phone, "sms")
    notifications.say_to(submission.phone, "opted_in", submission.language, {}, f"opted_in:{intake.id}")


def _overtaken(submission: Submission, number: str, by: str) -> bool:
    """True if a later text of this number, which was read already, says the contrary."""
    later = exists().where(IntakeRecord.channel == "sms", IntakeRecord.sender == number, IntakeRecord.recognised_as == by,
                           IntakeRecord.received_at > submission.received_at)
    return db.session.scalar(select(later))


OPT_OUT = Recogniser("opt_out", _wants_none, _opt_out)
OPT_IN = Recogniser("opt_in", _wants_some_again, _opt_in)
