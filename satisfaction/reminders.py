"""Asking once more: a survey that met with silence is asked for again some working days later, once a round."""
from datetime import datetime, timedelta

from core import clock, organisation, settings
from core.business_time import working_days_before
from core.settings import Setting
from satisfaction import queries
from satisfaction.models import Survey
from satisfaction.surveys import by_day
from tickets.models import Message
from tickets.services import wording

settings.define(Setting("survey_reminder_days", "int", 2, "survey", "Working days without a word after a survey until it is asked for once more"))

PURPOSE = "survey_reminder"


def due(survey_id: int | None = None) -> list[int]:
    """Ids of surveys to ask for once more now, only of `survey_id` if it is given: by day, and while a score is still accepted."""
    now = clock.now()
    if by_day(now) > now:
        return []
    return queries.unreminded(_sent(now), survey_id)


def _sent(now: datetime) -> tuple[datetime, datetime]:
    latest = working_days_before(organisation.calendar(), now, settings.get("survey_reminder_days"))
    return now - timedelta(days=settings.get("survey_open_days")), latest


def remind(survey: Survey) -> Message | None:
    """Ask once more. The caller holds the ticket's lock and has found the survey due."""
    return wording.say_once(survey.ticket, PURPOSE, f"{PURPOSE}:{survey.ticket_id}:{survey.round}")
