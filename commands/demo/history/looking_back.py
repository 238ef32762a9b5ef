"""What trends would have made of the past: every week is looked at, and the people of the demo do something about the planted problem."""
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from accounts.models import User
from catalog import queries as catalog
from catalog.models import Membership
from catalog.queries import today
from commands.demo.history.plan import Plan
from core import clock, organisation
from core.actor import Actor
from core.db import db
from reporting.improvement import finding, judging, services
from reporting.improvement.models import ImprovementItem, TrendLook
from reporting.improvement.weeks import WEEK, newest, span

MOST = 0.7  # the rate must fall to this share of what it was
CHECKED_AFTER = WEEK * 9
OTHERS_WAIT = WEEK * 6  # so long a candidate of another cell stays before it is turned down
TITLES = ("{leaf}在{area}明显变多", "交接表和新线路没有一起给司机，转给别人的户没人送", "每条新线路交接时核对名单", "换线路前先把名单交给两边签字")


def replay(plan: Plan) -> int:
    """Look at every week of the plan that nobody has looked at; the number of items that came of it."""
    latest = newest(today())
    seen = set(db.session.scalars(select(TrendLook.week)))
    for week in span(latest - WEEK * (plan.weeks - 1), latest):
        with clock.frozen(_wednesday_after(week)):
            if week not in seen:
                finding.look(week)
            _act(plan, week, latest)
            db.session.commit()
    return db.session.query(ImprovementItem).filter_by(is_demo=True).count()


def _act(plan: Plan, week: date, latest: date) -> None:
    """One Wednesday: the planted problem goes its way, other candidates are turned down in time, what is due is judged."""
    for item in db.session.scalars(select(ImprovementItem).where(ImprovementItem.is_demo, ImprovementItem.state.in_(STEPS))).all():
        ours = (item.leaf_code, item.area) == (plan.planted.leaf, plan.planted.area)
        mended = latest - WEEK * plan.planted.until_week
        if ours:
            STEPS[item.state](item, plan, week, mended)
        elif item.state == "candidate" and clock.now() - item.found_at > OTHERS_WAIT:
            services.reject(item, _leader(item), "每年这个时候都这样，过了就好。")
    for number in judging.due():
        judging.judge(db.session.get(ImprovementItem, number))


def _accept(item: ImprovementItem, plan: Plan, week: date, mended: date) -> None:
    leaf = catalog.leaf(item.leaf_code)
    agreed = services.Agreement(plan.planted.cause, TITLES[1], MOST, mended + CHECKED_AFTER)
    services.accept(item, _leader(item), TITLES[0].format(leaf=leaf.name_zh, area=item.area), _leading(item), agreed)


def _plan(item: ImprovementItem, plan: Plan, week: date, mended: date) -> None:
    services.plan(item, _leader(item), TITLES[2], "rule", _leading(item), mended)


def _finish(item: ImprovementItem, plan: Plan, week: date, mended: date) -> None:
    if week >= mended:
        for action in item.present_actions:
            services.finish(action, _leader(item), today())
        services.watch(item, _leader(item))


def _confirm(item: ImprovementItem, plan: Plan, week: date, mended: date) -> None:
    if item.verdict and item.verdict.result == "effective":
        services.standardise(item, catalog.actor_of(_one(User.roles.contains(["qa"]))), TITLES[3])


STEPS = {"candidate": _accept, "approved": _plan, "in_action": _finish, "verdict": _confirm}


def _leading(item: ImprovementItem) -> User:
    return _one(User.id.in_(select(Membership.user_id).where(Membership.team_id == catalog.leaf(item.leaf_code).team_id, Membership.leads)))


def _leader(item: ImprovementItem) -> Actor:
    return catalog.actor_of(_leading(item))


def _one(condition) -> User:
    return db.session.scalars(select(User).where(User.active, User.is_demo, condition).order_by(User.id)).first()


def _wednesday_after(week: date) -> datetime:
    return datetime.combine(week + WEEK + timedelta(days=2), time(9), organisation.zone())
