"""Removing what rose and what was settled together in the demo: alarms and parents that have no ticket left, with notices and traces."""
from collections import Counter

from sqlalchemy import delete, exists, select

from accounts.models import User
from core.audit import AuditEntry
from core.db import db
from notifications.models import Notice
from reporting.hot import queries
from reporting.hot.models import HotIssue, HotLook
from tickets.parents import Parent, ParentTicket

QUIET = {"synchronize_session": False}


def remove(done: Counter) -> None:
    """To be called when the demo's tickets are gone and its staff is not yet."""
    db.session.expire_all()
    empty = [issue.id for issue in db.session.scalars(select(HotIssue)) if queries.size(issue)[0] == 0]
    _forget(done, "hot_issue.%", [str(number) for number in empty])
    db.session.execute(delete(Notice).where(Notice.path.in_([queries.path(number) for number in empty])), execution_options=QUIET)
    done["hot issues"] += db.session.execute(delete(HotIssue).where(HotIssue.id.in_(empty)), execution_options=QUIET).rowcount
    db.session.execute(delete(HotLook), execution_options=QUIET)
    _remove_parents(done)


def _remove_parents(done: Counter) -> None:
    staff = select(User.id).where(User.is_demo)
    childless = ~exists().where(ParentTicket.parent_id == Parent.id)
    parents = list(db.session.scalars(select(Parent).where(Parent.opened_by_id.in_(staff), childless)))
    _forget(done, "parent.%", [parent.number for parent in parents])
    done["parents"] += db.session.execute(delete(Parent).where(Parent.id.in_([parent.id for parent in parents])), execution_options=QUIET).rowcount


def _forget(done: Counter, actions: str, targets: list[str]) -> None:
    traces = delete(AuditEntry).where(AuditEntry.action.like(actions), AuditEntry.target.in_(targets))
    done["traces"] += db.session.execute(traces, execution_options=QUIET).rowcount
