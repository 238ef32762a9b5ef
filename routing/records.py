"""What everybody has done in a leaf, from the tickets: a few grouped statements, whatever the number of people."""
from dataclasses import dataclass
from math import log

from sqlalchemy import Double, Integer, and_, case, cast, func, or_, select, true
from sqlalchemy.dialects.postgresql import distinct_on

from catalog.models import Leaf
from core import clock, settings
from core.db import db
from routing.experience import Means, Record, Weights
from tickets.models import QualityCheck, Reply, Ticket

DAY = 86400  # seconds
CONTENT = 4  # the score from which a retailer was content

AGAIN = Reply.round <= Ticket.redos  # this answer did not last
FINISHED = and_(Ticket.state == "closed", Reply.round == Ticket.redos + 1)
SCORE = case((AGAIN, Reply.score), else_=Ticket.score)  # the ticket's own score is the one of its last round


@dataclass(frozen=True)
class History:
    """The records by user id, without those who have done nothing yet, and the means of them all."""

    records: dict[int, Record]
    means: Means


def history(ticket: Ticket, weights: Weights) -> History:
    """What has been done in the ticket's leaf; scores only at its severity, and in other leaves of the group only the volume."""
    rows = db.session.execute(_grouped(ticket, weights)).all()
    return History({row.author_id: _record(row) for row in rows}, _means(rows))


def _grouped(ticket: Ticket, weights: Weights):
    here = Ticket.leaf_code == ticket.leaf_code
    ended, scored = here & or_(FINISHED, AGAIN), here & (Ticket.severity == ticket.severity)
    checked = here & QualityCheck.id.is_not(None)
    return (select(Reply.author_id, func.sum(_worth(here, weights)).filter(FINISHED).label("volume"),
                   func.count().filter(ended).label("answers"), func.count().filter(here & AGAIN).label("reopened"),
                   func.count(SCORE).filter(scored).label("scores"), func.sum(SCORE).filter(scored).label("score_sum"),
                   func.count().filter(checked).label("checks"), func.sum(cast(QualityCheck.passed, Integer)).filter(checked).label("passed"))
            .join(Ticket, Ticket.id == Reply.ticket_id)
            .outerjoin(QualityCheck, and_(QualityCheck.ticket_id == Reply.ticket_id, QualityCheck.round == Reply.round))
            .where(Reply.state == "sent", Ticket.leaf_code.in_(_codes_of_group(ticket)), _counts()).group_by(Reply.author_id))


def _codes_of_group(ticket: Ticket) -> list[str]:
    # Read beforehand: with the codes at hand the database finds their tickets by the index, with a join it reads them all.
    return list(db.session.scalars(select(Leaf.code).filter_by(group_code=ticket.leaf.group_code)))


def _worth(here, weights: Weights):
    """How much one closed ticket counts: half after each half-life, and a part of it in another leaf of the group."""
    seconds = cast(func.extract("epoch", clock.now() - Ticket.ended_at), Double)  # else PostgreSQL reckons with decimals, ten times slower
    halves = func.greatest(0.0, seconds) / (DAY * weights.half_life)
    return func.exp(cast(-log(2) * halves, Double)) * case((here, 1.0), else_=weights.group)


def _counts():
    """Invented tickets say something only about the invented staff of a demo."""
    return true() if settings.get("demo") else ~Ticket.is_demo


def _record(row) -> Record:
    return Record(volume=float(row.volume or 0), answers=row.answers, reopened=row.reopened, scores=row.scores,
                  score_sum=int(row.score_sum or 0), checks=row.checks, passed=int(row.passed or 0))


def _means(rows) -> Means:
    total = {name: sum(getattr(row, name) or 0 for row in rows) for name in ("answers", "reopened", "scores", "score_sum", "checks", "passed")}
    none = Means()
    return Means(lasting=1 - total["reopened"] / total["answers"] if total["answers"] else none.lasting,
                 score=float(total["score_sum"] / total["scores"]) if total["scores"] else none.score,
                 passed=float(total["passed"] / total["checks"]) if total["checks"] else none.passed)


def knows_shop(ticket: Ticket) -> set[int]:
    """Ids of those whose last answer to this retailer lasted and contented him.

    Not where the name is confidential: whoever knows the shop might recognise it.
    """
    if ticket.retailer_id is None or ticket.confidential:
        return set()
    last = (select(Reply.author_id, and_(SCORE >= CONTENT, Ticket.redos == 0).label("good")).ext(distinct_on(Reply.author_id))
            .join(Ticket, Ticket.id == Reply.ticket_id)
            .where(Reply.state == "sent", Ticket.retailer_id == ticket.retailer_id, Ticket.id != ticket.id, _counts())
            .order_by(Reply.author_id, Reply.at.desc(), Reply.id.desc()))
    return {author for author, good in db.session.execute(last) if good}
