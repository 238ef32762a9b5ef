"""Removing the demo organisation: everything marked as demo and what hangs on it, in one transaction; real data stays.

A demo person or shop that real data names (a real ticket handled by a demo handler) stays as somebody who left.
"""
from collections import Counter
from collections.abc import Mapping
from contextlib import contextmanager

from sqlalchemy import ARRAY, Integer, any_, cast, delete, exists, func, or_, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from accounts.models import User
from commands.demo import calls, causes, improvements, sign_ins
from core import clock, files, settings
from core.actor import SYSTEM
from core.audit import AuditEntry, Did, record
from core.db import db
from core.files import Attachment
from core.settings import SettingValue
from intake.models import IntakeRecord
from retailers.models import SERVING_ROLES, Retailer
from tickets.models import MergeRefusal, Message, Ticket
from tickets.services import handling

POINTING = (Ticket.__table__.c.merged_into_id, Message.__table__.c.intake_id, MergeRefusal.__table__.c.second_id)


def remove(names: Mapping[str, str]) -> Counter:
    """Remove the demo and commit; counts of what went. `names` are the settings that it brought, taken back if still so."""
    db.session.execute(text("SET LOCAL redress.purge = 'on'"))  # lets the guards of raw records and of the trail pass
    done: Counter = Counter()
    improvements.remove_items(done)
    keys = _remove_tickets_and_arrivals(done)
    causes.remove(done)
    _remove_people_and_shops(done)
    improvements.remove_areas()
    improvements.remove_looks()
    _take_back(names)
    record(SYSTEM, Did.DEMO_REMOVED, **done)
    db.session.commit()
    for key in keys:  # only now: a rollback brings no file back
        files.storage().delete(key)
    sign_ins.forget()
    return done


def _remove_tickets_and_arrivals(done: Counter) -> list[str]:
    real = aliased(Ticket)
    tickets = _these(db.session.scalars(select(Ticket.id).where(
        Ticket.is_demo, ~exists().where(real.merged_into_id == Ticket.id, ~real.is_demo))))
    arrivals = _these(db.session.scalars(_arrivals(tickets)))
    heard = calls.remove(done, arrivals)
    messages = select(Message.id).where(Message.ticket_id == tickets)
    attached = or_(Attachment.id == _these(heard), Attachment.ticket_id == tickets, Attachment.intake_id == arrivals,
                   Attachment.message_id.in_(messages))
    keys = list(db.session.scalars(select(Attachment.storage_key).where(attached)))
    _run(done, "files", delete(Attachment).where(attached))
    _run(done, "traces", delete(AuditEntry).where(or_(AuditEntry.ticket_id == tickets, AuditEntry.target.in_(_names_of(arrivals)))))
    db.session.execute(update(IntakeRecord).where(IntakeRecord.id == arrivals).values(ticket_id=None))
    with _found_quickly():
        _run(done, "tickets", delete(Ticket).where(Ticket.id == tickets))
        _run(done, "arrivals", delete(IntakeRecord).where(IntakeRecord.id == arrivals))
    return keys


def _arrivals(tickets):
    """The ids of what came in for these tickets or became none, and of the pieces that were joined to such a one."""
    head = aliased(IntakeRecord)

    def goes(row):
        return or_(row.is_demo & row.ticket_id.is_(None), row.ticket_id == tickets)
    return select(IntakeRecord.id).where(or_(goes(IntakeRecord), exists().where(head.id == IntakeRecord.joined_to_id, goes(head))))


def _these(ids):
    """Any of these ids, as one value: a statement takes 65,535 at most."""
    return any_(cast(list(ids), ARRAY(Integer)))


@contextmanager
def _found_quickly():
    """For each row that goes the database asks who points at it. Nothing else asks that of these columns, so their indexes live only here."""
    for column in POINTING:
        db.session.execute(text(f"CREATE INDEX going_{column.table.name}_{column.name} ON {column.table.name} ({column.name})"))
    yield
    for column in POINTING:
        db.session.execute(text(f"DROP INDEX going_{column.table.name}_{column.name}"))


def _names_of(arrivals):
    """What the trail calls demo arrivals, staff and shops."""
    return (select(IntakeRecord.case_no).where(IntakeRecord.id == arrivals)
            .union(select(User.login).where(User.is_demo), select(Retailer.licence_no).where(Retailer.is_demo)))


def _run(done: Counter, what: str, statement) -> None:
    done[what] += db.session.execute(statement, execution_options={"synchronize_session": False}).rowcount


def _remove_people_and_shops(done: Counter) -> None:
    db.session.expire_all()
    named = exists().where(Ticket.retailer_id == Retailer.id)
    calls.forget_shops(~named)
    _run(done, "shops", delete(Retailer).where(Retailer.is_demo, ~named))
    db.session.execute(update(Retailer).where(Retailer.is_demo).values(active=False, **{f"{role}_id": None for role in SERVING_ROLES}))
    for user in db.session.scalars(select(User).where(User.is_demo)).all():
        try:
            with db.session.begin_nested():
                db.session.execute(delete(User).where(User.id == user.id), execution_options={"synchronize_session": False})
            done["staff"] += 1
        except IntegrityError:
            _let_go(user)
            done["staff who stay as leavers"] += 1


def _let_go(user: User) -> None:
    user.active, user.left_at, user.password_hash = False, clock.now(), None
    moves = {"dispatched": handling.reroute, "in_progress": handling.hand_over}
    for ticket in db.session.scalars(select(Ticket).where(Ticket.assignee_id == user.id, Ticket.state.in_(moves))).all():
        moves[ticket.state](ticket, SYSTEM)


def _take_back(names: Mapping[str, str]) -> None:
    for key, value in names.items():
        if settings.get(key) == value:
            db.session.execute(delete(SettingValue).where(SettingValue.key == key))
    db.session.execute(delete(SettingValue).where(SettingValue.key == "demo"))
    db.session.info.pop(settings.CACHE, None)


def admins_left() -> bool:
    """True if somebody can still administer this."""
    return bool(db.session.scalar(select(func.count()).select_from(User).where(User.active, User.roles.contains(["admin"]))))
