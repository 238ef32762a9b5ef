"""The numbers beside the navigation, all of them in one query a page."""
from sqlalchemy import func, select

from core.actor import Actor
from core.db import db
from desk.lists import conditions as lists
from gateways.models import Quarantined
from hotline.models import Call
from notifications.models import Notice
from reporting.hot.models import HotIssue
from reporting.improvement.lifecycle import UNDECIDED
from reporting.improvement.models import ImprovementItem
from tickets.lifecycle import OPEN
from tickets.models import CallTask, Ticket
from tickets.queries import visible

COUNTED = {
    "triage": lists.to_triage, "mine": lists.mine, "team": lists.queue, "review": lists.to_review, "closing": lists.to_close,
    "late": lists.late, "due": lists.pressing,
}


def read(actor: Actor) -> dict[str, int]:
    """Counts by list key, "late" among them, and the open call tasks and unread notices."""
    columns = {key: func.count().filter(condition(actor)) for key, condition in COUNTED.items()}
    columns |= {"calls": _calls(), "tasks": _tasks(actor), "notices": _notices(actor), "improvement": _improvements(actor)}
    columns["hotline"], columns["hot"] = _refused(), _hot()
    labelled = [column.label(key) for key, column in columns.items()]
    query = select(*labelled).select_from(Ticket).where(visible(actor), Ticket.state.in_(OPEN))
    return db.session.execute(query).one()._asdict()


def tally(conditions: dict, *where) -> dict[str, int]:
    """How many tickets that fulfil `where` fit each of `conditions` (SQL by key), in one query."""
    columns = [func.count().filter(condition).label(key) for key, condition in conditions.items()]
    return db.session.execute(select(*columns).select_from(Ticket).where(*where)).one()._asdict()


def _calls():
    """Callers who wait for somebody to answer."""
    return select(func.count(Call.id)).where(Call.state == "waiting").scalar_subquery()


def _tasks(actor: Actor):
    seen = select(Ticket.id).where(visible(actor))
    return select(func.count(CallTask.id)).where(CallTask.done_at.is_(None), CallTask.ticket_id.in_(seen)).scalar_subquery()


def _improvements(actor: Actor):
    """What waits for this reader's word: managers decide, QA confirms."""
    states = [*(UNDECIDED if actor.has("manager") else ()), *(("verdict",) if actor.has("qa") else ())]
    return select(func.count(ImprovementItem.id)).where(ImprovementItem.state.in_(states)).scalar_subquery()


def _refused():
    """Requests at our doors that were not believed and that nobody has decided about."""
    return select(func.count(Quarantined.id)).where(Quarantined.state == "waiting").scalar_subquery()


def _hot():
    """Hot issues that run and that nobody has made a parent of."""
    return select(func.count(HotIssue.id)).where(HotIssue.ended_at.is_(None), HotIssue.parent_id.is_(None)).scalar_subquery()


def _notices(actor: Actor):
    return select(func.count(Notice.id)).where(Notice.user_id == actor.id, Notice.read_at.is_(None)).scalar_subquery()
