"""The watch over the database: an alarm opens fast, once, ends after a quiet day; what is sealed never enters."""
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from core import clock, settings
from core.db import db
from core.jobs import run
from notifications.models import Notice
from reporting.hot import queries, watching
from reporting.hot.models import HotIssue
from tests import builders
from tests.reporting.hot.floods import NOW, arrives, flood, ordinary
from tickets.models import Ticket
from triage.models import TriageProposal

MINUTE = timedelta(minutes=1)


def issues():
    return list(db.session.scalars(db.select(HotIssue).order_by(HotIssue.id)))


def looked(at, *names):
    with clock.frozen(at):
        for name in names or ("watch_hot",):
            run(name)


def test_a_flood_is_an_alarm_before_the_twentieth(queue):
    ordinary()
    for number in range(1, 20):
        ticket = arrives(NOW + number * 10 * timedelta(seconds=1))
        with clock.frozen(NOW + number * 10 * timedelta(seconds=1)):
            run("watch_arrival", ticket.id)
        if issues():
            break
    (issue,) = issues()
    assert number < 12
    assert (issue.leaf_code, issue.area, issue.observed, issue.retailers) == ("DLV.LATE", "north", number, number)
    assert issue.expected < 2 and issue.p < 1e-4


def test_so_is_one_in_a_house_without_any_history(queue):
    flood(16, every=10)
    looked(NOW + 3 * MINUTE)
    assert [issue.leaf_code for issue in issues()] == ["DLV.LATE"]


def test_ordinary_days_are_no_alarm(queue):
    ordinary(a_day=12)
    for hour in range(-48, 0, 6):
        looked(NOW + timedelta(hours=hour))
    assert issues() == []


def test_many_complaints_of_one_shop_are_no_alarm(queue):
    ordinary()
    shop = builders.retailer(area="north")
    flood(12, shop=shop)
    looked(NOW + 5 * MINUTE)
    assert issues() == []


def test_two_looks_are_one_alarm_told_once(queue):
    ordinary()
    boss = builders.staff(roles=("manager",), leads=True, certificates={})
    agent = builders.staff(roles=("hotline",), in_team="hotline", certificates={})
    builders.staff()
    flood(12)
    looked(NOW + 5 * MINUTE)
    looked(NOW + 6 * MINUTE)
    (issue,) = issues()
    with clock.frozen(NOW + 6 * MINUTE):
        queue.run()
        run("tell_hot", issue.id)
    told = list(db.session.scalars(db.select(Notice).where(Notice.kind == "hot")))
    assert {notice.user_id for notice in told} >= {boss.id, agent.id} and len(told) == len({notice.user_id for notice in told})
    assert {notice.path for notice in told} == {f"/desk/hot/{issue.id}"}
    assert issue.told_at is not None


def test_whoever_drives_the_round_does_not_hear_of_it(queue):
    driver = builders.staff(roles=("manager", "handler"), leads=True)
    ordinary(deliverer=driver.id)
    for number in range(12):
        arrives(NOW + number * 10 * timedelta(seconds=1), shop=builders.retailer(area="north", deliverer_id=driver.id))
    looked(NOW + 5 * MINUTE)
    (issue,) = issues()
    assert issue.route_id == driver.id
    assert driver not in list(queries.concerned(issue))


def test_a_quiet_day_ends_it_and_the_next_flood_is_another(queue):
    ordinary()
    flood(12)
    looked(NOW + 5 * MINUTE)
    looked(NOW + timedelta(hours=23))
    assert issues()[0].ended_at is None
    looked(NOW + timedelta(hours=25))
    assert issues()[0].ended_at is not None
    later = NOW + timedelta(days=3)
    flood(15, start=later)
    looked(later + 5 * MINUTE)
    assert [issue.ended_at is None for issue in issues()] == [False, True]


def test_a_fire_that_spreads_is_the_same_issue_in_a_wider_place(queue):
    ordinary()
    ordinary(area="south")
    flood(12)
    looked(NOW + 5 * MINUTE)
    assert issues()[0].area == "north"
    for number in range(12):
        arrives(NOW + (6 * 60 + number * 10) * timedelta(seconds=1), shop=builders.retailer(area="south"))
    looked(NOW + 10 * MINUTE)
    assert [(issue.area, issue.retailers) for issue in issues()] == [("", 24)]


@pytest.mark.parametrize("change", [{"sealed": True}, {"state": "withdrawn", "ended_at": NOW}])
def test_what_is_sealed_or_withdrawn_never_enters(queue, change):
    ordinary()
    for ticket in flood(12, dispatch=False):
        db.session.execute(db.update(Ticket).where(Ticket.id == ticket.id).values(**change))
    looked(NOW + 5 * MINUTE)
    assert issues() == []


def test_restricted_categories_never_enter(queue):
    flood(20, "SVC.MANNER", every=5, dispatch=False)
    looked(NOW + 5 * MINUTE)
    assert issues() == []


def test_what_nobody_has_classified_counts_as_what_it_probably_is(queue):
    ordinary()
    for number in range(12):
        with clock.frozen(NOW + number * 10 * timedelta(seconds=1)):
            ticket = builders.opened(shop=builders.retailer(area="north"))
            db.session.add(TriageProposal(ticket_id=ticket.id, at=clock.now(), ranking=[{"leaf": "DLV.LATE", "p": 0.7}], hits=[], waits=["unsure"]))
            db.session.flush()
    looked(NOW + 5 * MINUTE)
    assert [issue.observed for issue in issues()] == [12]


def test_the_thresholds_are_settings(queue):
    settings.put("hot_fewest", 13)
    ordinary()
    flood(12)
    looked(NOW + 5 * MINUTE)
    assert issues() == []
    settings.put("hot_fewest", 5)
    looked(NOW + 5 * MINUTE)
    assert len(issues()) == 1


def test_the_course_shows_the_day_before_and_the_flood(queue):
    ordinary(a_day=5)
    flood(12)
    looked(NOW + 5 * MINUTE)
    with clock.frozen(NOW + 30 * MINUTE):
        (issue,) = issues()
        course = queries.course(issue)
        assert queries.size(issue) == (12, 12)
    assert course[-1].count >= 12 > 5 * course[-1].usual
    assert len(course) >= 24
    assert all(hour.usual < 2 for hour in course)


def test_arrivals_of_the_same_moment_ask_once(queue):
    assert [watching.turn("DLV.LATE", NOW + timedelta(seconds=at)) for at in (0, 0, 4, 5, 9, 60)] == [True, False, False, True, False, True]
    assert watching.turn("DLV.COUNT", NOW)


def test_the_database_refuses_a_second_issue_of_the_same_place(queue):
    ordinary()
    flood(12)
    looked(NOW + 5 * MINUTE)
    (issue,) = issues()
    same = {column: getattr(issue, column) for column in ("leaf_code", "area", "route_id", "started_at", "opened_at", "last_at", "hours", "observed",
                                                         "retailers", "expected", "p")}
    with pytest.raises(IntegrityError, match="uq_hot_issue_one_running"), db.session.begin_nested():
        db.session.execute(db.insert(HotIssue).values(**same))


def test_a_lost_telling_is_found(queue):
    ordinary()
    flood(12)
    with clock.frozen(NOW + 5 * MINUTE):
        watching.watch(clock.now())
        db.session.commit()
        queue.clear()
        run("watch_hot")
        queue.run()
    assert issues()[0].told_at is not None
