"""Finding surveys: of a round, due, lost, and sent to the same shop lately."""
from datetime import datetime, timedelta

from sqlalchemy import and_, false, select

from core.db import db
from satisfaction.models import Survey, SurveyScore
from tickets.models import Ticket

LOST_AFTER = timedelta(minutes=1)
LOST_UNTIL = timedelta(days=7)
MOST = 500


def current(ticket: Ticket) -> Survey | None:
    """The survey of the ticket's present round."""
    return db.session.scalar(select(Survey).filter_by(ticket_id=ticket.id, round=ticket.round))


def of_ticket(ticket: Ticket) -> list[Survey]:
    """Every round's survey, the newest first."""
    return list(db.session.scalars(select(Survey).filter_by(ticket_id=ticket.id).order_by(Survey.round.desc())))


def scores(survey: Survey) -> list[SurveyScore]:
    """Every score given to a survey, the oldest first."""
    return list(db.session.scalars(select(SurveyScore).filter_by(survey_id=survey.id).order_by(SurveyScore.id)))


def due(now: datetime) -> list[int]:
    """Ids of surveys that should go out now."""
    return list(db.session.scalars(select(Survey.id).where(Survey.send_after <= now, *_unsent()).order_by(Survey.id).limit(MOST)))


def _unsent():
    return Survey.sent_at.is_(None), Survey.skipped.is_(None), Survey.score.is_(None)


def unopened(now: datetime) -> list[int]:
    """Ids of tickets whose answer of the last days has no survey: its job was lost."""
    opened = select(Survey.id).where(Survey.ticket_id == Ticket.id, Survey.round == Ticket.redos + 1).exists()
    return list(db.session.scalars(select(Ticket.id).where(Ticket.state.in_(("answered", "closed")), ~opened,
                                                           Ticket.answered_at.between(now - LOST_UNTIL, now - LOST_AFTER))
                                   .order_by(Ticket.id).limit(MOST)))


def asked_since(ticket: Ticket, since: datetime) -> bool:
    """True if the same shop or number was sent a survey about another ticket after `since`."""
    same = Ticket.retailer_id == ticket.retailer_id if ticket.retailer_id else false()
    if ticket.contact_phone:
        same = same | (Ticket.contact_phone == ticket.contact_phone)
    found = select(Survey.id).join(Ticket, and_(Ticket.id == Survey.ticket_id, Ticket.id != ticket.id)).where(same, Survey.sent_at > since)
    return db.session.scalar(found.limit(1)) is not None
