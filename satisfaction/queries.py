"""Finding surveys: of a round, due, lost, without an echo, and sent to the same shop lately."""
from datetime import datetime, timedelta

from sqlalchemy import and_, exists, false, func, or_, select

from catalog.models import NOISE
from core import settings
from core.db import db
from core.jobs import given_up
from retailers.models import OptOut
from satisfaction.models import Survey, SurveyScore
from satisfaction.timing import CORRECTED_WITHIN
from tickets.closing_rule import ARRIVED
from tickets.models import Message, Ticket
from tickets.services import conversation

LOST_AFTER = timedelta(minutes=1)
LOST_UNTIL = timedelta(days=7)
MOST = 500
ASKING = ("answer", "survey", "survey_reminder")  # purposes of words after which a score is expected
QUESTIONS = ("ask", "reminder")


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


def unreminded(sent: tuple[datetime, datetime], survey_id: int | None = None) -> list[int]:
    """Ids of surveys sent between the two moments of `sent` that arrived, met with silence, and were not asked for once more.

    Who must not be asked is left out by the rules of surveys.reason_to_skip; whoever said anything is not asked again.
    """
    silent = and_(Survey.score.is_(None), Ticket.accepted.is_not(True), func.coalesce(Ticket.last_inbound_at <= Ticket.answered_at, True))
    address = func.coalesce(Ticket.contact_phone, Ticket.contact_email)
    welcome = and_(~Ticket.sealed, Ticket.leaf_code != NOISE, address.is_not(None), ~exists().where(OptOut.address == address))
    query = select(Survey.id).join(Ticket, and_(Ticket.id == Survey.ticket_id, Ticket.redos + 1 == Survey.round, Ticket.state == "answered")).where(
        Survey.sent_at.between(*sent), silent, welcome, _asked("survey", Message.delivery.in_(ARRIVED)), ~_asked("survey_reminder"),
        ~given_up("remind_survey", Survey.id)).order_by(Survey.id).limit(MOST)
    return list(db.session.scalars(query if survey_id is None else query.where(Survey.id == survey_id)))


def _asked(purpose: str, *conditions):
    key = func.concat(purpose, ":", Survey.ticket_id, ":", Survey.round)
    return exists().where(Message.dedupe_key == key, *conditions).correlate(Survey)


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


def rateable(number: str, at: datetime) -> int | None:
    """The id of the ticket that a score from this number at `at` belongs to: of those that can be rated then, the one he heard of last.

    An answer that still waits for the morning, and that nobody read out to him, he cannot rate.
    """
    last = select(func.max(Message.at)).where(Message.ticket_id == Ticket.id, Message.kind == "out", Message.purpose.in_(ASKING), Message.at <= at)
    open_until = func.coalesce(Survey.sent_at, Survey.send_after, Ticket.answered_at) + timedelta(days=settings.get("survey_open_days"))
    unscored = or_(Survey.scored_at.is_(None), Survey.scored_at >= at - CORRECTED_WITHIN)
    this_round = and_(Survey.ticket_id == Ticket.id, Survey.round == Ticket.redos + 1)
    return db.session.scalar(
        select(Ticket.id).outerjoin(Survey, this_round)
        .where(Ticket.contact_phone == number, Ticket.state.in_(("answered", "closed")), Ticket.answered_at <= at, open_until >= at, unscored, _heard())
        .order_by(func.greatest(last.correlate(Ticket).scalar_subquery(), Ticket.answered_at).desc(), Ticket.id.desc()).limit(1))


def _heard():
    """This round's answer, or what asks about it, has left the house or was told on the telephone (conversation.has_gone_out, as a condition).

    Whoever wants no texts has it on his page.
    """
    on_page = and_(Message.delivery == "failed", exists().where(OptOut.address == Ticket.contact_phone))
    ours = and_(Message.kind == "out", Message.purpose.in_(ASKING), or_(Message.delivery.not_in(conversation.UNSENT), on_page))
    return exists().where(Message.ticket_id == Ticket.id, Message.at >= Ticket.answered_at, or_(Message.kind == "call", ours))


def asks_something(number: str) -> bool:
    """True if what we last wanted to hear from this number is the reply to a question, and it is still open."""
    last = (select(Ticket.state, Message.purpose).join(Message, Message.ticket_id == Ticket.id)
            .where(Ticket.contact_phone == number, Message.kind == "out", Message.purpose.in_((*ASKING, *QUESTIONS)))
            .order_by(Message.at.desc(), Message.id.desc()).limit(1))
    state, purpose = db.session.execute(last).one_or_none() or (None, None)
    return state == "needs_info" and purpose in QUESTIONS
