"""What belongs to the present answer round of several tickets: the answer, the retailer's score, the promises. One query each."""
from sqlalchemy import func, select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on

from core.db import db
from satisfaction.models import Survey
from tickets.models import Message, Promise, QualityCheck, Ticket


def answers(tickets) -> dict[int, str]:
    """The last answer by ticket id."""
    query = (select(Message.ticket_id, Message.body).where(Message.ticket_id.in_(_ids(tickets)), Message.purpose == "answer")
             .order_by(Message.ticket_id, Message.at.desc(), Message.id.desc()).ext(distinct_on(Message.ticket_id)))
    return dict(db.session.execute(query).all())


def surveys(tickets) -> dict[int, Survey]:
    """The survey of the present round by ticket id, if there is one."""
    return _of_round(Survey, tickets)


def checks(tickets) -> dict[int, QualityCheck]:
    """QA's judgement of the present round by ticket id, if there is one."""
    return _of_round(QualityCheck, tickets)


def promises(tickets) -> dict[int, tuple[int, int]]:
    """Kept and made promises by ticket id."""
    query = (select(Promise.ticket_id, func.count().filter(Promise.kept.is_(True)), func.count())
             .where(Promise.ticket_id.in_(_ids(tickets))).group_by(Promise.ticket_id))
    return {ticket_id: (kept, made) for ticket_id, kept, made in db.session.execute(query)}


def _of_round(model, tickets) -> dict:
    wanted = [(ticket.id, ticket.round) for ticket in tickets]
    return {found.ticket_id: found for found in db.session.scalars(select(model).where(tuple_(model.ticket_id, model.round).in_(wanted)))}


def _ids(tickets: list[Ticket]) -> list[int]:
    return [ticket.id for ticket in tickets]
