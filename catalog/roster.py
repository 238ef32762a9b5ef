"""Who is on call outside working time: the shifts, as people enter them and as routing asks for them."""
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from accounts.models import User
from catalog.models import DutyShift, Team
from core import clock, organisation
from core.actor import Actor
from core.audit import Did, record
from core.business_time import day_openings
from core.db import db
from core.errors import DomainError

WEEK = timedelta(weeks=1)
LONGEST = timedelta(days=7)
MOST_WEEKS = 26

REFUSALS = {
    "shift_order": _l("The shift must end after it begins."),
    "shift_too_long": _l("A shift lasts a week at most. Enter the weeks one by one, or let it repeat."),
    "shift_overlaps": _l("%(name)s is on call in some of these hours already."),
    "shift_over": _l("A shift that is over stays on the roster."),
    "shift_weeks": _l("A shift can be entered for 1 to %(most)s weeks at once.", most=MOST_WEEKS),
}


def office_day(day: date) -> tuple[datetime, datetime] | None:
    """From the first opening to the last closing of a local day, the breaks with it: who is at lunch is here. None for a day off."""
    spans = list(day_openings(organisation.calendar(), day))
    return (spans[0][0], spans[-1][1]) if spans else None


def in_working_time(at: datetime) -> bool:
    """Are people at work at this instant?"""
    hours = office_day(at.astimezone(organisation.zone()).date())
    return hours is not None and hours[0] <= at < hours[1]


def enter(actor: Actor, user: User, team: Team | None, starts_at: datetime, ends_at: datetime, weeks: int = 1) -> list[DutyShift]:
    """Put somebody on call for a team (None: all of them), in as many weeks one after the other.

    By the clock on the wall, whatever summer time does. Raises DomainError `shift_order`, `shift_too_long`, `shift_weeks` or `shift_overlaps`.
    """
    if ends_at <= starts_at:
        raise DomainError("shift_order", REFUSALS["shift_order"])
    if ends_at - starts_at > LONGEST:
        raise DomainError("shift_too_long", REFUSALS["shift_too_long"])
    if not 1 <= weeks <= MOST_WEEKS:
        raise DomainError("shift_weeks", REFUSALS["shift_weeks"])
    return [_enter(actor, user, team, starts_at + number * WEEK, ends_at + number * WEEK) for number in range(weeks)]


def _enter(actor: Actor, user: User, team: Team | None, starts_at: datetime, ends_at: datetime) -> DutyShift:
    same = select(DutyShift.id).where(DutyShift.user_id == user.id, DutyShift.team_id.is_not_distinct_from(team.id if team else None),
                                      DutyShift.starts_at < ends_at, DutyShift.ends_at > starts_at)
    if db.session.scalar(same.limit(1)):
        raise DomainError("shift_overlaps", _l("%(name)s is on call in some of these hours already.", name=user.name))
    row = DutyShift(user=user, team=team, starts_at=starts_at, ends_at=ends_at)
    db.session.add(row)
    db.session.flush()
    record(actor, Did.DUTY_ENTERED, target=user.login, **_told(row))
    return row


def remove(actor: Actor, shift_id: int) -> bool:
    """Take a shift off the roster, of one that runs what is left of it; False if it is gone already.

    What is past stays, for it happened. Raises DomainError `shift_over`.
    """
    row, now = db.session.get(DutyShift, shift_id), clock.now()
    if row is None:
        return False
    if row.ends_at <= now:
        raise DomainError("shift_over", REFUSALS["shift_over"])
    record(actor, Did.DUTY_ENTERED, target=row.user.login, cancelled=True, **_told(row) | {"from": max(row.starts_at, now).isoformat()})
    if row.starts_at < now:
        row.ends_at = now
    else:
        db.session.delete(row)
    db.session.flush()
    return True


def _told(row: DutyShift) -> dict:
    return {"team": row.team.code if row.team else None, "from": row.starts_at.isoformat(), "until": row.ends_at.isoformat()}


def between(starts_at: datetime, ends_at: datetime) -> Sequence[DutyShift]:
    """The shifts that touch this time, the earliest first, with people and teams; without those of people who have left."""
    query = select(DutyShift).join(User, User.id == DutyShift.user_id).where(User.active, DutyShift.starts_at < ends_at, DutyShift.ends_at > starts_at)
    return db.session.scalars(query.options(joinedload(DutyShift.user), joinedload(DutyShift.team)).order_by(DutyShift.starts_at, DutyShift.id)).all()


def on_call(at: datetime, team_id: int | None) -> set[int]:
    """Ids of those on call at this instant for a team, or for all of them; routing itself sees who has left."""
    mine = or_(DutyShift.team_id.is_(None), DutyShift.team_id == team_id)
    return set(db.session.scalars(select(DutyShift.user_id).where(DutyShift.starts_at <= at, DutyShift.ends_at > at, mine)))


def phones_on_call(at: datetime) -> list[str]:
    """The numbers (E.164) of everybody on call at this instant, for whatever team, each once."""
    query = select(User.phone).join(DutyShift, DutyShift.user_id == User.id).where(DutyShift.starts_at <= at, DutyShift.ends_at > at,
                                                                                    User.active, User.phone.is_not(None))
    return sorted(set(db.session.scalars(query)))


def of(user: User) -> list[DutyShift]:
    """The shifts of a person that are not over, the next first."""
    query = select(DutyShift).where(DutyShift.user_id == user.id, DutyShift.ends_at > clock.now()).options(joinedload(DutyShift.team))
    return list(db.session.scalars(query.order_by(DutyShift.starts_at)))
