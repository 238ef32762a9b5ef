"""Surveys in the background."""
import structlog

from core import clock, events, locks
from core.db import db
from core.jobs import job
from satisfaction import queries, surveys
from satisfaction.models import Survey
from tickets.models import Ticket

log = structlog.get_logger()


@job("open_survey")
def open_survey(ticket_id: int) -> None:
    """Make the survey of an answer, once a round; it goes out later."""
    ticket = db.session.get(Ticket, ticket_id, with_for_update=True)
    if ticket is None or ticket.state not in surveys.RATED_IN:
        log.info("open_survey_skipped", ticket=ticket_id)
        return
    surveys.open_survey(ticket)
    db.session.commit()


@job("send_surveys")
def send_surveys() -> None:
    """Give each survey that is due to a job of its own, and find answers whose survey was never made."""
    for ticket_id in queries.unopened(clock.now()):
        events.enqueue("open_survey", ticket_id)
    for survey_id in queries.due(clock.now()):
        events.enqueue("send_survey", survey_id)


@job("send_survey")
def send_survey(survey_id: int) -> None:
    """Ask one retailer about one answer."""
    if survey_id not in queries.due(clock.now()):
        log.info("send_survey_skipped", survey=survey_id)
        return
    locks.hold("surveys")  # two answers to the same shop must not both find that it was not asked lately
    survey = db.session.get(Survey, survey_id, with_for_update=True)
    db.session.refresh(survey.ticket, with_for_update=True)
    if survey.sent_at is None and survey.score is None:
        surveys.send(survey)
    db.session.commit()
