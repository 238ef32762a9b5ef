"""The retailer's word on an answer: a score, an acceptance, a rejection, and what follows from it."""
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l

from core import clock, settings
from core.actor import RETAILER
from core.db import db
from core.errors import DomainError
from satisfaction import queries, timing
from satisfaction.models import Survey, SurveyScore
from satisfaction.surveys import RATED_IN, open_survey
from tickets.messages import REFUSALS
from tickets.models import Ticket
from tickets.services import calls, closing, conversation

SCORES = range(1, 6)
REASONS = ("slow", "unclear", "not_solved", "rude", "unfair", "other")
LOW = 2
NOT_SOLVED = "not_solved"

WORDS = {
    "score": _l("Please choose a score from 1 to 5."),
    "reason_code": _l("Please choose one of the reasons."),
    "not_answered": _l("There is no answer to rate at the moment."),
    "survey_over": _l("The time for a score is over. You can still write to us or call."),
    "scored": _l("Your score was recorded more than a day ago and stands."),
    "redo_over": _l("The time in which this can be opened again is over. Please call us or file it anew."),
}


def rate(ticket: Ticket, score: int, reason_code: str | None, comment: str, channel: str, at: datetime | None = None) -> Survey:
    """Keep a score from 1 to 5 for the present round: the first within seven days counts, for 24 hours it can be corrected.

    A low score begins the handling again if it was not solved, else somebody calls. `channel` is one of tickets.models.CHANNELS.
    Raises DomainError score, reason_code, not_answered, survey_over or scored.
    """
    at = at or clock.now()
    _refuse_unless(score in SCORES, "score")
    _refuse_unless(reason_code in (None, "", *REASONS), "reason_code")
    survey = _open_at(ticket, at)
    _keep(survey, score, reason_code or None, comment.strip(), channel, at)
    closing.record_satisfaction(ticket, score, reason_code or "")
    _follow_up(ticket, survey)
    return survey


def _refuse_unless(holds: bool, code: str) -> None:
    if not holds:
        raise DomainError(code, WORDS[code])


def _open_at(ticket: Ticket, at: datetime) -> Survey:
    """The survey that a score given at `at` belongs to."""
    _refuse_unless(ticket.state in RATED_IN, "not_answered")
    survey = open_survey(ticket)
    closes = (survey.sent_at or survey.send_after) + timedelta(days=settings.get("survey_open_days"))
    _refuse_unless(at <= closes, "survey_over")
    _refuse_unless(survey.scored_at is None or timing.may_correct(survey.scored_at, at), "scored")
    return survey


def _keep(survey: Survey, score: int, reason_code: str | None, comment: str, channel: str, at: datetime) -> None:
    for earlier in queries.scores(survey):
        earlier.counted = False
    if comment and comment != survey.comment:
        conversation.take_in(survey.ticket, comment, channel)
    survey.score, survey.reason_code, survey.comment, survey.channel = score, reason_code, comment, channel
    survey.scored_at = survey.scored_at or at
    db.session.add(SurveyScore(survey_id=survey.id, score=score, reason_code=reason_code, comment=comment, channel=channel, at=at, counted=True))
    db.session.flush()


def _follow_up(ticket: Ticket, survey: Survey) -> None:
    call = f"low_score:{ticket.id}:{survey.round}"
    if survey.score > LOW:
        calls.take_back(call, "better_score")
    elif survey.reason_code == NOT_SOLVED and closing.redo_open(ticket):
        closing.redo(ticket, RETAILER, survey.comment or NOT_SOLVED)
    else:
        calls.open_call_task(ticket, "low_score", call)


def accept(ticket: Ticket) -> None:
    """The retailer says that it is solved; saying it twice changes nothing. DomainError outside `answered`."""
    if not ticket.accepted:
        closing.accept(ticket, RETAILER)


def reject(ticket: Ticket, reason: str, channel: str = "web") -> None:
    """The retailer says that it is not solved: it is handled again. DomainError wrong_state, or redo_over after the window."""
    if ticket.state not in RATED_IN:
        raise DomainError("wrong_state", REFUSALS["wrong_state"])
    _refuse_unless(closing.redo_open(ticket), "redo_over")
    if reason.strip():
        conversation.take_in(ticket, reason.strip(), channel)
    closing.redo(ticket, RETAILER, reason.strip() or NOT_SOLVED)
