"""Stories of the road that runs by itself: from the public form to a handler, with a hand only where one is needed."""
import pytest

from core import settings
from core.db import db
from routing.models import RoutingDecision
from tests.builders import retailer, staff
from tests.pages import PageClient
from tests.triage.small import PLAIN, small_model
from tickets.models import Ticket
from triage import queries

VAGUE = "你们这个事到底怎么弄的"


@pytest.fixture
def handler(database):
    return staff("lin", certificates={"DLV": 3, "PAY.DEBIT": 3})


@pytest.fixture
def hotline(app, database):
    return PageClient(app).sign_in(staff(roles=("hotline",), in_team="hotline", certificates={}))


def file(app, queue, text, phone):
    """A shop owner sends the public form; the jobs run. The ticket that came of it."""
    visitor = PageClient(app)
    visitor.submit(visitor.get("/"), what=text, kind="complaint", shop=retailer().licence_no, phone=phone, who="open")
    queue.run()
    return db.session.scalars(db.select(Ticket).order_by(Ticket.id.desc())).first()


def test_a_plain_complaint_reaches_a_handler_without_a_hand(app, handler, queue):
    small_model(threshold=0.5)
    made = file(app, queue, PLAIN, "13800135501")
    decision = db.session.scalar(db.select(RoutingDecision).filter_by(ticket_id=made.id))
    assert (made.state, made.leaf_code, made.assignee_id, made.desired_outcome) == ("dispatched", "DLV.LATE", handler.id, "goods")
    assert (decision.result, decision.chosen_id) == ("handler", handler.id)
    assert "ack" in [message.purpose for message in made.messages]


def test_an_unsure_one_is_confirmed_by_one_key_and_goes_on(app, handler, hotline, queue):
    small_model(threshold=1.0)
    made = file(app, queue, PLAIN, "13800135502")
    assert made.state == "received"
    hotline.submit(hotline.get("/desk/triage"), f"/triage/{made.case_no}", button="step=pick:DLV.LATE")
    queue.run()
    assert (made.state, made.assignee_id) == ("dispatched", handler.id)


def test_what_people_decide_changes_what_is_proposed_next(app, handler, hotline, queue):
    small_model(threshold=1.0)
    settings.put("triage_learn_after", 4)
    first = file(app, queue, VAGUE, "13800135510")
    wrong = queries.proposal(first).leaf
    right = "PAY.DEBIT" if wrong != "PAY.DEBIT" else "DLV.COUNT"
    for number, text in enumerate((VAGUE, VAGUE + "啊", "这个事到底怎么弄", "你们到底怎么弄的这个事")):
        made = first if number == 0 else file(app, queue, text, f"1380013552{number}")
        hotline.submit(hotline.get(f"/desk/triage?case={made.case_no}"), f"/triage/{made.case_no}", button="step=dispatch",
                       leaf=right, severity="S3", desired_outcome="explanation")
    queue.enqueue("learn_triage")
    queue.run()
    assert queries.live_model().from_people == 4
    assert queries.proposal(file(app, queue, VAGUE + "呀", "13800135530")).leaf == right
