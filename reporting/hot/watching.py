"""The watch: what rises opens an issue or carries one on, once however many look; what was quiet for a day is over."""
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from core import events, locks, settings
from core.actor import SYSTEM
from core.audit import Did, record
from core.db import db
from core.settings import Setting
from reporting.hot import counts
from reporting.hot.episodes import DAY, HOUR, ends
from reporting.hot.events import HotIssueOpened
from reporting.hot.judging import DEFAULT, HISTORY, WIDTHS, Rules, crowded, rises
from reporting.hot.models import HotIssue, HotLook
from reporting.hot.scope import Rise, Scope, told

settings.define(
    Setting("hot_fewest", "int", DEFAULT.fewest, "hot", "An alarm needs complaints of at least so many different shops"),
    Setting("hot_level_hour", "float", DEFAULT.levels[HOUR], "hot", "How unlikely an hour must be to be an alarm (0.0001: hardly one false alarm a year)"),
    Setting("hot_level_day", "float", DEFAULT.levels[DAY], "hot", "How unlikely a whole day must be to be an alarm"),
    Setting("hot_quiet_hours", "int", 24, "hot", "A hot issue is over after so many quiet hours"),
)
BETWEEN = timedelta(seconds=5)  # looks at one category because of arrivals: each reads eight weeks


def running(leaf: str | None = None) -> list[HotIssue]:
    """The issues that are not over, of one category or of all; the oldest first."""
    query = select(HotIssue).where(HotIssue.ended_at.is_(None), *([HotIssue.leaf_code == leaf] if leaf else []))
    return list(db.session.scalars(query.order_by(HotIssue.id)))


def watch(now: datetime, leaf: str | None = None) -> list[HotIssue]:
    """Look at the last hour and the last day of all series, or of one category; the issues that were opened."""
    locks.hold("hot")  # two lookers must not both open the same issue
    found = (_note(rise, now) for rise in told(_rises(now, leaf)))
    opened = [issue for issue in found if issue is not None]
    if leaf is None:
        _end(now)
    return opened


def turn(leaf: str, now: datetime) -> bool:
    """May an arrival look at its category now? Once in a few seconds, whichever worker comes first."""
    row = insert(HotLook).values(leaf_code=leaf, at=now)
    taken = row.on_conflict_do_update(index_elements=[HotLook.leaf_code], set_={"at": now}, where=HotLook.at <= now - BETWEEN)
    return db.session.scalar(taken.returning(HotLook.leaf_code)) is not None


def rules(now: datetime) -> Rules:
    """The rules as they are set."""
    levels = {HOUR: settings.get("hot_level_hour"), DAY: settings.get("hot_level_day")}
    return Rules(levels, max(1, settings.get("hot_fewest")), counts.known(now))


def _rises(now: datetime, leaf: str | None) -> list[Rise]:
    arrivals = counts.since(now - DAY, now, leaf)
    crowds = {width: crowded(arrivals, now, width, max(1, settings.get("hot_fewest"))) for width in WIDTHS}
    scopes: set[Scope] = set().union(*crowds.values())
    if not scopes:
        return []
    series, age, known = counts.hourly(scopes, now, HISTORY), counts.age(now), rules(now)
    return [rise for width in WIDTHS for rise in rises(series, crowds[width], width, age, known)]


def _note(rise: Rise, now: datetime) -> HotIssue | None:
    """Carry on the issue that this rise belongs to; None then. Else open one and announce it."""
    for issue in running(rise.scope.leaf):
        if issue.scope.holds(rise.scope) or rise.scope.holds(issue.scope):
            _carry_on(issue, rise)
            return None
    issue = HotIssue(leaf_code=rise.scope.leaf, **_place(rise.scope), started_at=rise.first.replace(second=0, microsecond=0), opened_at=now, last_at=rise.last,
                     **_numbers(rise))
    db.session.add(issue)
    db.session.flush()
    record(SYSTEM, Did.HOT_ISSUE_OPENED, target=str(issue.id), leaf=issue.leaf_code, area=issue.area, observed=issue.observed,
           retailers=issue.retailers, expected=round(issue.expected, 1))
    events.emit(HotIssueOpened(issue.id))
    return issue


def _carry_on(issue: HotIssue, rise: Rise) -> None:
    issue.last_at = max(issue.last_at, rise.last)
    if rise.scope.holds(issue.scope) and rise.scope != issue.scope and not _taken(rise.scope, issue):
        _put(issue, _place(rise.scope))
    if rise.p < issue.p:
        _put(issue, _numbers(rise))
    db.session.flush()


def _taken(scope: Scope, besides: HotIssue) -> bool:
    return any(other.scope == scope for other in running(scope.leaf) if other is not besides)


def _place(scope: Scope) -> dict:
    return {"area": scope.area, "route_id": scope.route or None}


def _numbers(rise: Rise) -> dict:
    return {"hours": rise.hours, "observed": rise.observed, "retailers": rise.retailers, "expected": rise.expected, "p": rise.p}


def _put(issue: HotIssue, values: dict) -> None:
    for name, value in values.items():
        setattr(issue, name, value)


def _end(now: datetime) -> None:
    quiet = timedelta(hours=settings.get("hot_quiet_hours"))
    for issue in running():
        if ends(issue.last_at, now, quiet):
            issue.ended_at = now


def untold() -> Iterable[int]:
    """Ids of running issues of which nobody was told: their job was lost."""
    return db.session.scalars(select(HotIssue.id).where(HotIssue.ended_at.is_(None), HotIssue.told_at.is_(None)).order_by(HotIssue.id))
