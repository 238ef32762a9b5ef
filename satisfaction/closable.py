"""What speaks against closing an answered ticket without a look, and which ones the rule may close, in SQL."""
from sqlalchemy import and_, exists, func, not_, or_, select

from catalog.models import Leaf
from core import clock, organisation, settings
from core.business_time import working_days_before
from core.db import db
from core.jobs import given_up
from core.settings import Setting
from satisfaction.models import Survey, SurveyScore
from satisfaction.surveys import by_day
from tickets import closing_rule
from tickets.models import CallTask, Message, Promise, QualityCheck, Ticket

settings.define(
    Setting("closing_by_rule", "bool", False, "closing", "The rule closes light matters: solved as the retailer says, or no word after two notices"),
    Setting("closing_silence_days", "int", 5, "closing", "Working days without a word after the second notice until the rule may close"),
)

GOOD_SCORE = 3
MOST = 500

_THIS_ROUND = and_(Survey.ticket_id == Ticket.id, Survey.round == Ticket.redos + 1)
_SEALED_LEAVES = select(Leaf.code).where(Leaf.access != "open")

LOW = exists().where(_THIS_ROUND, Survey.score < GOOD_SCORE)
CONTENT = or_(Ticket.accepted.is_(True), exists().where(_THIS_ROUND, Survey.score >= GOOD_SCORE))
# Words after the answer, unless they are a remark beside a score.
_REMARK = exists().where(_THIS_ROUND, SurveyScore.survey_id == Survey.id, SurveyScore.comment == Message.body)

FLAGS = {
    "low": LOW,
    "undelivered": exists().where(Message.ticket_id == Ticket.id, Message.purpose == "answer", Message.at >= Ticket.answered_at,
                                  Message.delivery.in_(("failed", "unknown"))),
    "wrote": exists().where(Message.ticket_id == Ticket.id, Message.kind == "in", Message.at > Ticket.answered_at, not_(_REMARK)),
    "promise": exists().where(Promise.ticket_id == Ticket.id, Promise.kept.is_not(True)),
    "quality": exists().where(QualityCheck.ticket_id == Ticket.id, QualityCheck.round == Ticket.redos + 1, not_(QualityCheck.passed)),
    "call": exists().where(CallTask.ticket_id == Ticket.id, CallTask.done_at.is_(None)),
    "care": Ticket.support_needs,
    "supervised": Ticket.supervised,
    "redone": Ticket.redos > 0,
    "sensitive": or_(Ticket.sealed, Ticket.leaf_code.in_(_SEALED_LEAVES)),
    "unproposed": or_(Ticket.outcome.is_(None), Ticket.root_cause.is_(None)),
}
FLAGGED = or_(*FLAGS.values())


def silent_before():
    """The moment since which so many working days have passed that silence may count."""
    return working_days_before(organisation.calendar(), clock.now(), settings.get("closing_silence_days"))


def facts() -> dict:
    """The SQL of each fact of tickets.closing_rule."""
    notice = and_(Message.ticket_id == Ticket.id, Message.purpose.in_(closing_rule.NOTICES), Message.at >= Ticket.answered_at)
    arrived = select(func.count(Message.purpose.distinct())).where(notice, Message.delivery.in_(closing_rule.ARRIVED))
    return {
        "light": Ticket.severity.in_(closing_rule.LIGHT),
        "proposed": and_(Ticket.outcome.is_not(None), Ticket.root_cause.is_not(None), Ticket.remedy.is_not(None)),
        "unflagged": not_(FLAGGED),
        "accepted": Ticket.accepted.is_(True),
        "unrated": Ticket.score.is_(None),
        "noticed_twice": arrived.correlate(Ticket).scalar_subquery() == len(closing_rule.NOTICES),
        "silent_since": not_(exists().where(notice, Message.at > silent_before())),
    }


def by_rule():
    """The SQL of "the rule may close this answered ticket"."""
    known = facts()
    return or_(*(and_(*(known[fact] for fact in needs)) for needs in closing_rule.WAYS.values()))


def way(ticket_id: int) -> str | None:
    """By which way the rule may close this ticket as the database has it now; None if it may not, or the rule is off, or it is night."""
    if not _awake():
        return None
    columns = [condition.label(fact) for fact, condition in facts().items()]
    found = db.session.execute(select(*columns).where(Ticket.id == ticket_id, Ticket.state == "answered")).mappings().one_or_none()
    return closing_rule.way(found) if found else None


def waiting() -> list[int]:
    """Ids of answered tickets that the rule closes now."""
    if not _awake():
        return []
    return list(db.session.scalars(select(Ticket.id).where(Ticket.state == "answered", by_rule(), ~given_up("close_by_rule", Ticket.id))
                                   .order_by(Ticket.id).limit(MOST)))


def _awake() -> bool:
    # Closing sends words to the retailer, and nobody asked for them: never by night.
    now = clock.now()
    return settings.get("closing_by_rule") and by_day(now) <= now
