"""From eighteen quiet weeks and eight bad ones to a rule: the rise is found, accepted, acted on, watched, judged, confirmed."""
from datetime import timedelta

from core import clock
from core.db import db
from reporting.improvement.models import ImprovementItem
from reporting.improvement.weeks import WEEK
from tests.builders import staff
from tests.pages import PageClient
from tests.reporting.improvement.stories import ACTED, CHECK, HALVED, RISE, STEADY, boss
from tests.reporting.planting import DOUBLED, FIRST, ORDINARY, morning, plant, shop

CHECKED = FIRST + WEEK * CHECK - timedelta(days=1)


def night(queue, *jobs, week):
    """What the scheduler starts, on the Wednesday of a week."""
    with clock.frozen(morning(week)):
        for job in jobs:
            queue.enqueue(job)
        queue.run()


def at(week, client, do):
    """Something done by hand on the Wednesday of a week."""
    with clock.frozen(morning(week)):
        return do(client)


def test_a_rise_becomes_a_rule(app, queue):
    plant(shop("east"), [*ORDINARY, *DOUBLED[:ACTED - RISE], *HALVED])
    plant(shop("west", 1000), STEADY * 7)
    manager = PageClient(app).sign_in(boss(name="Mina Boss"))
    for week in range(RISE, RISE + 4):
        night(queue, "watch_trends", "judge_improvements", week=week)
    item = db.session.scalar(db.select(ImprovementItem))
    sheet = f"/desk/improvement/{item.id}"

    def accept(client):
        listed = client.get("/desk/improvement").links
        assert sheet in listed
        return client.submit(client.get(sheet), action="/accept", **{
            "accept-title": "Late deliveries doubled in the east", "accept-whys": "Two routes were joined\nBy miles, not by stops",
            "accept-check": CHECKED})

    def plan(client):
        return client.submit(client.get(sheet), action="/plan", **{"plan-text": "Part the routes", "plan-kind": "rule",
                                                                   "plan-due": FIRST + WEEK * ACTED})

    def done(client):
        page = client.submit(client.get(sheet), action=f"/actions/{item.actions[0].id}")
        return client.submit(page, action="/watch")

    at(RISE + 4, manager, accept)
    at(RISE + 5, manager, plan)
    at(ACTED, manager, done)
    for week in range(ACTED, CHECK + 1):
        night(queue, "watch_trends", "judge_improvements", week=week)
    page = at(CHECK, manager, lambda client: client.get(sheet, links=True))
    assert page.heading == "Late deliveries doubled in the east: it helped"
    assert not any("standardise" in form.get("action") for form in page.forms())
    qa = PageClient(app).sign_in(staff(roles=("qa",), in_team="quality", certificates={}))
    page = at(CHECK, qa, lambda client: client.submit(client.get(sheet), action="/standardise", **{"standardise-lesson": "Count the stops"}))
    assert "Confirmed and standardised." in page.text
    db.session.refresh(item)
    assert (item.state, item.verdict.result, item.comparison_areas) == ("standardised", "effective", ["west"])
    assert db.session.query(ImprovementItem).count() == 1
