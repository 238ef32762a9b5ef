"""One text, two matters: what the machine sees in it, what the hotline decides with one key, and what becomes of both until they are answered."""
import pytest

from core import settings
from core.db import db
from notifications.models import Notice, OutboundMessage
from tests.builders import opened, retailer, staff, who, write_answer
from tests.pages import PageClient
from tests.triage.small import run, small_model
from tickets import case_number
from tickets.models import Ticket
from tickets.services import handling, replying, second_matters
from triage import queries, taking_apart
from triage.models import TriageExample

LATE = "星期二该送的货到今天还没送来，都晚了三天了，"
CHARGED = "另外上个月的货款银行卡里多扣了我三百块钱到现在没退"
FEWER = "送来的货少了两条，单子上写十条我数了三遍只有八条，箱子里就是少了两条，"
LATE_TOO = "还有星期二该送的那批晚了三天才送来"
BRIBE = "客户经理找我索取钱财，不给钱就不给我货"


@pytest.fixture
def model(database):
    return small_model(threshold=0.5)


@pytest.fixture
def hotline(app, database):
    return PageClient(app).sign_in(staff(roles=("hotline",), in_team="hotline", certificates={}))


def test_a_text_with_two_matters_waits_and_one_key_gives_each_an_owner(model, hotline, queue, gateways):
    staff(certificates={"DLV": 4})
    staff(in_team="finance", certificates={"PAY.DEBIT": 4})
    made = opened(LATE + CHARGED, shop=retailer(phone="+8613800138000"), language="zh")
    run(queue)
    (matter,) = second_matters.of(made)
    main = queries.proposal(made).leaf
    assert {main, matter.leaf_code} == {"DLV.LATE", "PAY.DEBIT"}
    assert matter.words in made.messages[0].body
    assert (made.state, "second_matter" in queries.proposal(made).waits) == ("received", True)

    page = hotline.get("/desk/triage")
    page = hotline.submit(page, f"/triage/{made.case_no}", button=f"step=own:{matter.id}")
    hotline.submit(page, f"/triage/{made.case_no}", button="step=dispatch", leaf=main, severity="S3", desired_outcome="goods")
    run(queue)
    linked = matter.linked
    assert [(one.leaf_code, one.team_id, one.assignee is not None) for one in (made, linked)] == [
        (main, made.leaf.team_id, True), (matter.leaf_code, linked.leaf.team_id, True)]
    assert {c.kind for c in linked.clocks if c.stopped_at is None} >= {"sign", "contact", "resolve"}
    assert learned(made) == {main: queries.words_of(made).replace(matter.words, "").strip(), matter.leaf_code: matter.words}
    told = db.session.scalars(db.select(OutboundMessage.body).filter_by(address="+8613800138000").order_by(OutboundMessage.id)).all()
    assert [case_number.show(one.case_no) in body for one, body in zip((made, linked), told, strict=True)] == [True, True]
    assert linked.case_no in hotline.get(f"/desk/tickets/{made.case_no}").html
    assert case_number.show(linked.case_no) in hotline.get(f"/t/{made.token}").text


def learned(made: Ticket) -> dict[str, str]:
    """What was learned from the ticket and from what left it, by category."""
    ids = [made.id, *(matter.linked_id for matter in second_matters.of(made))]
    return {row.leaf_code: row.text for row in db.session.scalars(db.select(TriageExample).where(TriageExample.ticket_id.in_(ids)))}


def test_the_two_are_never_proposed_as_one_and_count_as_two_matters_of_one_contact(model, hotline, queue):
    made = opened(LATE + CHARGED, shop=retailer(), language="zh")
    run(queue)
    (matter,) = second_matters.of(made)
    hotline.submit(hotline.get("/desk/triage"), f"/triage/{made.case_no}", button=f"step=own:{matter.id}")
    run(queue)
    assert "Perhaps the same matter" not in hotline.get(f"/desk/triage?case={made.case_no}").text
    assert db.session.scalar(db.text("SELECT count(*) FROM intake_record")) == 1
    assert db.session.scalar(db.text("SELECT count(*) FROM ticket")) == 2


def test_what_goes_along_by_rule_is_dispatched_unseen_and_demanded_of_the_answer(model, queue):
    settings.put("second_matter_from", 0.5)
    handler = staff(certificates={"DLV": 4})
    made = opened(FEWER + LATE_TOO, shop=retailer(), language="zh")
    run(queue)
    (matter,) = second_matters.of(made)
    assert (queries.proposal(made).leaf, matter.leaf_code, matter.standing, matter.decided_by_id) == ("DLV.COUNT", "DLV.LATE", "along", None)
    assert (made.state, queries.proposal(made).waits) == ("dispatched", [])
    handling.sign(made, who(handler))
    write_answer(made, handler)
    with pytest.raises(Exception, match="matters_spoken_of"):
        replying.submit(made, who(handler))
    second_matters.spoken_of(made, who(handler), {matter.id})
    replying.submit(made, who(handler))
    assert made.state == "in_review"


def test_a_sealed_second_matter_seals_the_whole_and_compliance_lets_the_open_one_go(app, model, hotline, queue):
    settings.put("seal_words", "")
    settings.put("seal_probability", 1.0)
    compliance = PageClient(app).sign_in(staff(roles=("compliance",), in_team="compliance", certificates={}))
    made = opened(LATE + BRIBE, shop=retailer(), language="zh")
    run(queue)
    (matter,) = second_matters.of(made)
    assert {matter.leaf_code, queries.proposal(made).leaf} == {"SVC.CONDUCT", "DLV.LATE"}
    assert made.sealed
    hotline.get(f"/desk/tickets/{made.case_no}", 404)
    page = compliance.get(f"/desk/triage?case={made.case_no}&tab=sealed")
    compliance.submit(page, f"/triage/{made.case_no}?tab=sealed", button=f"step=own:{matter.id}")
    run(queue)
    (kept,) = second_matters.of(made)
    free = kept.linked
    assert (free.sealed, free.leaf_code, free.state) == (False, "DLV.LATE", "dispatched")
    page = hotline.get(f"/desk/tickets/{free.case_no}")
    for secret in ("索取", "钱财", made.case_no, case_number.show(made.case_no), made.token):
        assert secret not in page.html
        assert secret not in hotline.get(f"/t/{free.token}").html
    assert case_number.show(free.case_no) in compliance.get(f"/desk/tickets/{made.case_no}").text


def test_compliance_has_a_copy_of_a_tie_in_that_was_told_beside_something_else(app, database, queue):
    officer = staff(roles=("compliance",), in_team="compliance", certificates={})
    clerk = who(staff(roles=("hotline",), in_team="hotline", certificates={}))
    made = opened("I get none of what sells, and I had to take ten cartons that nobody wants")
    (matter,) = second_matters.propose(made, [("SUP.TIEIN", "I had to take ten cartons that nobody wants", 0.9)])
    linked = taking_apart.own_ticket(matter, clerk)
    run(queue)
    assert (linked.leaf_code, linked.state, linked.team.code) == ("SUP.TIEIN", "dispatched", "marketing")
    assert [(notice.kind, notice.user_id) for notice in db.session.scalars(db.select(Notice).filter_by(ticket_id=linked.id))] == [("copied", officer.id)]
    assert "ten cartons" in PageClient(app).sign_in(officer).get(f"/desk/tickets/{linked.case_no}").text
    PageClient(app).sign_in(officer).get(f"/desk/tickets/{made.case_no}", 404)
