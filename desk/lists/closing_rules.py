"""Which answered tickets may be closed together and which need a look of their own, in SQL (DOMAIN 3.2)."""
from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, case, exists, not_, or_, select

from catalog.models import Leaf
from core import clock
from core.db import db
from satisfaction.models import Survey, SurveyScore
from tickets.models import CallTask, Message, Promise, QualityCheck, Ticket

GOOD_SCORE = 3
SILENCE = timedelta(days=7)  # five working days; after it a light matter may be closed without the retailer's word
LIGHT = ("S3", "S4")

_THIS_ROUND = and_(Survey.ticket_id == Ticket.id, Survey.round == Ticket.redos + 1)
_SEALED_LEAVES = select(Leaf.code).where(Leaf.access != "open")

LOW = exists().where(_THIS_ROUND, Survey.score < GOOD_SCORE)
CONTENT = or_(Ticket.accepted.is_(True), exists().where(_THIS_ROUND, Survey.score >= GOOD_SCORE))
# Words after the answer, unless they are a remark beside a score.
_REMARK = exists().where(_THIS_ROUND, SurveyScore.survey_id == Survey.id, SurveyScore.comment == Message.body)
WROTE = exists().where(Message.ticket_id == Ticket.id, Message.kind == "in", Message.at > Ticket.answered_at, not_(_REMARK))

# What asks for a look: code -> (condition, words, kind of ui.tag).
FLAGS = {
    "low": (LOW, _l("Low score"), "bad"),
    "undelivered": (exists().where(Message.ticket_id == Ticket.id, Message.purpose == "answer", Message.at >= Ticket.answered_at,
                                   Message.delivery.in_(("failed", "unknown"))), _l("Answer not delivered"), "bad"),
    "wrote": (WROTE, _l("Retailer wrote again"), "bad"),
    "promise": (exists().where(Promise.ticket_id == Ticket.id, Promise.kept.is_not(True)), _l("Promise not kept yet"), "bad"),
    "quality": (exists().where(QualityCheck.ticket_id == Ticket.id, QualityCheck.round == Ticket.redos + 1, not_(QualityCheck.passed)),
                _l("Failed the quality check"), "bad"),
    "call": (exists().where(CallTask.ticket_id == Ticket.id, CallTask.done_at.is_(None)), _l("A call is still to be made"), ""),
    "care": (Ticket.support_needs, _l("Special care"), "care"),
    "supervised": (Ticket.supervised, _l("Supervised"), "care"),
    "redone": (Ticket.redos > 0, _l("Handled again"), ""),
    "sensitive": (or_(Ticket.sealed, Ticket.leaf_code.in_(_SEALED_LEAVES)), _l("Sensitive category"), ""),
    "unproposed": (or_(Ticket.outcome.is_(None), Ticket.root_cause.is_(None)), _l("Outcome or cause missing"), ""),
}
GROUPS = {
    "together": _l("Can be closed together: the retailer is content, or was silent for a week in a light matter, and nothing asks for a look"),
    "single": _l("One by one: something asks for a look, or the retailer has said nothing"),
    "waiting": _l("Waiting for the retailer's word"),
}


def group():
    """The SQL that says in which of GROUPS an answered ticket stands."""
    flagged = or_(*(condition for condition, _words, _kind in FLAGS.values()))
    silent = Ticket.answered_at < clock.now() - SILENCE
    return case((flagged, "single"), (CONTENT, "together"), (and_(silent, Ticket.severity.in_(LIGHT)), "together"),
                (or_(silent, Ticket.due_at < clock.now()), "single"), else_="waiting")


def in_group(name: str):
    """The condition that a ticket stands in one group."""
    return lambda actor: group() == name


def order():
    """Groups in the order in which they are shown."""
    return case({name: place for place, name in enumerate(GROUPS)}, value=group())


def read(ids) -> dict[int, dict]:
    """By ticket id: its group and the codes of what asks for a look, in one query."""
    columns = [condition.label(code) for code, (condition, _words, _kind) in FLAGS.items()]
    found = db.session.execute(select(Ticket.id, group().label("group"), *columns).where(Ticket.id.in_(ids)))
    return {row.id: {"group": row.group, "flags": [code for code in FLAGS if getattr(row, code)]} for row in found}
