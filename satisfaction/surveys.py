"""Asking what the retailer thinks of an answer: one survey a round, by day, and not too often."""
from datetime import datetime, time, timedelta

from sqlalchemy.dialects.postgresql import insert

from core import clock, organisation, settings
from core.db import db
from core.settings import Setting
from retailers.queries import opted_out
from satisfaction import queries, timing
from satisfaction.models import Survey
from tickets.models import Ticket
from tickets.services import conversation, wording

settings.define(
    Setting("survey_delay_minutes", "int", 240, "survey", "Minutes between an answer and its survey"),
    Setting("survey_from", "time", "09:00", "survey", "Surveys are sent from (local time)"),
    Setting("survey_until", "time", "20:00", "survey", "Surveys are sent until (local time)"),
    Setting("survey_pause_days", "int", 14, "survey", "Days in which a shop is asked at most once"),
    Setting("survey_open_days", "int", 7, "survey", "Days in which a score is accepted"),
)

RATED_IN = ("answered", "closed")


def open_survey(ticket: Ticket) -> Survey:
    """The survey of the present answer round, made if it is missing; it keeps who handled this round."""
    row = insert(Survey).values(
        ticket_id=ticket.id, round=ticket.round, handler_id=ticket.assignee_id, created_at=clock.now(), skipped=reason_to_skip(ticket),
        send_after=by_day(ticket.answered_at + timedelta(minutes=settings.get("survey_delay_minutes"))))
    db.session.execute(row.on_conflict_do_nothing())
    return queries.current(ticket)


def by_day(at: datetime) -> datetime:
    """`at` itself in the hours in which retailers are written to unasked, else the next opening (UTC)."""
    opens, closes = (time.fromisoformat(settings.get(key)) for key in ("survey_from", "survey_until"))
    return timing.by_day(at, opens, closes, organisation.zone())


def reason_to_skip(ticket: Ticket) -> str | None:
    """Why this ticket's retailer is not asked (a code), or None. A score that he gives by himself is welcome all the same."""
    channel, address = conversation.reach(ticket)
    since = clock.now() - timedelta(days=settings.get("survey_pause_days"))
    tests = (("sealed", lambda: ticket.sealed),
             ("noise", lambda: ticket.leaf_code == queries.NOISE),
             ("no_address", lambda: channel == "page"),
             ("opted_out", lambda: opted_out(address)),
             ("asked_lately", lambda: ticket.redos == 0 and queries.asked_since(ticket, since)))
    return next((code for code, holds in tests if holds()), None)


def send(survey: Survey) -> None:
    """Ask now, or say why not; outside the hours of the day it is put off. The caller holds the ticket's lock."""
    ticket, now = survey.ticket, clock.now()
    if ticket.round != survey.round or ticket.state not in RATED_IN:
        survey.skipped = "moved_on"
        return
    survey.send_after, survey.skipped = max(survey.send_after, by_day(now)), reason_to_skip(ticket)
    if survey.skipped or survey.send_after > now:
        return
    key = f"survey:{ticket.id}:{survey.round}"
    if wording.say_once(ticket, "survey", key) is not None or wording.said(key):
        survey.sent_at = now
