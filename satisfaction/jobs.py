"""Surveys in the background, and what follows from silence: asked once more, closed by the rule."""
import structlog

from core import clock, events, locks
from core.db import db
from core.jobs import job
from satisfaction import closable, queries, reminders, surveys
from satisfaction.models import Survey
from tickets.models import Ticket
from tickets.services import closing

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
    """Give each survey that is due, for the first time or once more, to a job of its own; find answers whose survey was never made."""
    for ticket_id in queries.unopened(clock.now()):
        events.enqueue("open_survey", ticket_id)
    for survey_id in queries.due(clock.now()):
        events.enqueue("send_survey", survey_id)
    for survey_id in reminders.due():
        events.re_enqueue("remind_survey", survey_id)


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


@job("remind_survey")
def remind_survey(survey_id: int) -> None:
    """Ask one retailer once more about an answer to which he has said nothing."""
    survey = db.session.get(Survey, survey_id)
    if survey is not None:
        db.session.refresh(survey.ticket, with_for_update=True)
    if survey_id not in reminders.due(survey_id):
        log.info("remind_survey_skipped", survey=survey_id)
        return
    reminders.remind(survey)
    db.session.commit()


@job("watch_closing")
def watch_closing() -> None:
    """Give each ticket that the rule may close to a job of its own."""
    for ticket_id in closable.waiting():
        events.re_enqueue("close_by_rule", ticket_id)


@job("close_by_rule")
def close_by_rule(ticket_id: int) -> None:
    """Close one ticket by the manager's rule, if it still holds."""
    ticket = db.session.get(Ticket, ticket_id, with_for_update=True)
    way = closable.way(ticket_id)
    if way is None:
        log.info("close_by_rule_skipped", ticket=ticket_id)
        return
    closing.close_by_rule(ticket, way)
    db.session.commit()
