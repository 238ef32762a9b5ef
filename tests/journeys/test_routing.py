"""Stories of who gets it: leave at once, the roster at night, twice returned and then the manager, a stand-in chosen by the person himself."""
from datetime import timedelta

import pytest

from accounts.models import User
from catalog.queries import today
from core import clock
from core.actor import SYSTEM
from core.db import db
from notifications.models import Notice
from routing import queries
from tests.builders import classify, opened, staff, who
from tests.office_hours import MONDAY_MORNING, MONDAY_NIGHT
from tests.pages import PageClient
from tickets.models import Ticket
from tickets.services import clocks, handling, triaging

pytestmark = pytest.mark.usefixtures("nobody_else")
MONDAY = MONDAY_MORNING.date()
TWO_MINUTES = timedelta(minutes=2)


@pytest.fixture
def nobody_else(database):
    """No certificates but those of the test."""
    database.session.execute(database.text("DELETE FROM certificate"))


@pytest.fixture
def boss(database):
    return staff(name="Boss", roles=("manager",), leads=True, certificates={})


def able(**more):
    return staff(certificates={"DLV": 3}, **more)


def arrives(queue, severity="S3") -> Ticket:
    """Triaged as a late delivery and sent on its way."""
    made = opened()
    classify(made, "DLV.LATE", severity)
    triaging.dispatch(made, SYSTEM)
    db.session.commit()
    queue.run()
    return made


def due(made) -> dict:
    return {kind: clocks.running(made, kind)[0].due_at for kind in ("contact", "resolve") if clocks.running(made, kind)}


def notices(user, made) -> set[str]:
    return set(db.session.scalars(db.select(Notice.kind).filter_by(user_id=user.id, ticket_id=made.id)))


def test_ill_this_morning(app, queue, boss):
    """The manager enters it; before the next coffee everything that cannot wait is with somebody who is here."""
    with clock.frozen(MONDAY_MORNING):
        ill = able(name="Ill")
        waiting, working = arrives(queue), arrives(queue)
        handling.sign(working, who(ill))
        promised = due(waiting), due(working)
        db.session.commit()
        well = able(name="Well")
    with clock.frozen(MONDAY_MORNING + TWO_MINUTES):
        browser = PageClient(app).sign_in(boss)
        page = browser.submit(browser.get(f"/desk/people/{ill.id}"), action="/leave", starts=MONDAY.isoformat(), ends=(MONDAY + timedelta(days=9)).isoformat())
        assert "2 tickets that cannot wait go to others." in page.text
        queue.run()
        db.session.expire_all()
        assert [made.assignee.name for made in (waiting, working)] == ["Well", "Well"]
        assert (due(waiting), due(working)) == promised
        assert "assigned" in notices(well, waiting)
        thread = PageClient(app).sign_in(well).get(f"/desk/tickets/{working.case_no}").text
        assert "The handler is away while this falls due; somebody else takes over. The due time stays." in thread


def test_critical_at_night(app, queue, boss):
    """First nobody is on call: the managers hear of it. Then the manager puts somebody on call, and the next one is his."""
    best, owl = able(name="Best"), staff(name="Owl", certificates={"DLV": 3})
    with clock.frozen(MONDAY_NIGHT):
        alone = arrives(queue, "S1")
        assert alone.assignee is None
        assert {"nobody_fits", "s1"} <= notices(boss, alone)
        browser = PageClient(app).sign_in(boss)
        page = browser.get("/desk/roster")
        assert "A critical ticket goes to the managers" in page.text
        page = browser.submit(page, action="/roster", user=owl.id, starts="2026-11-16T18:00", ends="2026-11-17T09:00")
        assert "Owl · All teams" in page.text
        tonight = arrives(queue, "S1")
        assert tonight.assignee == owl
        why = browser.get(f"/desk/tickets/{tonight.case_no}/routing").text
        assert "It was outside working hours" in why
        assert "is not on call now" in why
        assert "the same result" in why
        browser.submit(browser.get(f"/desk/tickets/{alone.case_no}"), action="/do/reroute", **{"reroute-to": owl.id})
        db.session.expire_all()
        assert db.session.get(Ticket, alone.id).assignee == owl
    with clock.frozen(MONDAY_MORNING + timedelta(days=1)):
        assert arrives(queue, "S1").assignee == best


def test_returned_twice_and_then_the_manager(app, queue, boss):
    """Each handler returns it with grounds; the third time nobody is chosen, and whoever the manager names keeps it."""
    with clock.frozen(MONDAY_MORNING):
        for number in range(4):
            able(name=f"Handler {number}")
        made = arrives(queue)
        for _turn in range(2):
            browser = PageClient(app).sign_in(made.assignee)
            browser.submit(browser.get(f"/desk/tickets/{made.case_no}"), action="/do/return",
                           **{"return-reason": "wrong_team", "return-text": "It is about money.", "return-leaf": "PAY.DEBIT"})
            db.session.expire_all()
            assert made.state == "received"
            triaging.dispatch(made, SYSTEM)
            db.session.commit()
            queue.run()
        assert (made.assignee, made.returns, queries.decisions(made)[0].result) == (None, 2, "manager")
        browser = PageClient(app).sign_in(boss)
        page = browser.get(f"/desk/tickets/{made.case_no}")
        assert "Say finally who has it" in page.text
        assert "Let routing choose" not in page.text
        refused = browser.submit(page, action="/do/assign_finally", status=422)
        assert "Choose who has it now." in refused.text
        last = next(user for user in (db.session.scalars(db.select(User).where(User.name.like("Handler %")))) if user.id not in made.former_ids)
        browser.submit(page, action="/do/assign_finally", **{"assign_finally-to": last.id, "assign_finally-reason": "It is ours."})
        db.session.expire_all()
        assert made.assignee == last
        theirs = PageClient(app).sign_in(last).get(f"/desk/tickets/{made.case_no}")
        assert "/do/return" not in theirs.html


def test_the_stand_in_that_somebody_names_himself(app, queue, boss):
    """Leave is entered ahead; the person says who stands in; on the first morning it goes to him although others are better."""
    with clock.frozen(MONDAY_MORNING):
        leaver = able(name="Leaver")
        made = arrives(queue)
        able(name="Better", joined_on=MONDAY - timedelta(days=2000))
        stand_in = staff(name="Stand In", certificates={"DLV": 1})
        manager = PageClient(app).sign_in(boss)
        tomorrow = (MONDAY + timedelta(days=1)).isoformat()
        manager.submit(manager.get(f"/desk/people/{leaver.id}"), action="/leave", starts=tomorrow, ends=tomorrow)
        own = PageClient(app).sign_in(leaver)
        own.submit(own.get("/desk/me/away"), action="/stand-in", stand_in=stand_in.id)
        queue.run()
        db.session.expire_all()
        assert made.assignee == leaver
    with clock.frozen(MONDAY_MORNING + timedelta(days=1)):
        queue.enqueue("sweep_leave")
        queue.run()
        db.session.expire_all()
        assert (made.assignee, today().isoformat()) == (stand_in, tomorrow)
        assert "Stands in for the colleague who is away." in PageClient(app).sign_in(stand_in).get(f"/desk/tickets/{made.case_no}/routing").text
