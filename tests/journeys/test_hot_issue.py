"""A van breaks down: the alarm, the parent, one notice to each shop, one answer to each ticket; who says "still not" reopens alone."""
from datetime import timedelta

from core import clock
from core.db import db
from core.jobs import run
from desk.hot import words
from reporting.hot.models import HotIssue
from tests import builders
from tests.pages import PageClient
from tests.reporting.hot.floods import NOW, arrives, flood, ordinary
from tickets import kin
from tickets.models import CallTask, Message, Ticket
from tickets.parents import Parent
from tickets.services import closing

MINUTE = timedelta(minutes=1)


def said(purpose):
    return list(db.session.scalars(db.select(Message).where(Message.purpose == purpose).order_by(Message.id)))


def test_from_the_alarm_to_the_one_who_is_not_content(app, queue, gateways):
    ordinary()
    boss = builders.staff(roles=("manager",), leads=True, certificates={}, name="Mina Boss")
    tickets = flood(11)
    twice = arrives(NOW + 4 * MINUTE, shop=tickets[0].retailer, text="Still no goods!")
    care = arrives(NOW + 4 * MINUTE, shop=builders.retailer(area="north", support_needs=True))
    other = arrives(NOW + 4 * MINUTE, "DLV.COUNT", text="Two cartons short.", shop=builders.retailer(area="north"))
    wrong = tickets[3]
    manager = PageClient(app)
    with clock.frozen(NOW + 5 * MINUTE):
        manager.sign_in(boss)
        queue.run()
        run("watch_hot")
        queue.run()
        (issue,) = db.session.scalars(db.select(HotIssue))
        assert f"/desk/hot/{issue.id}" in manager.get("/desk/hot").links
        page = manager.get(f"/desk/hot/{issue.id}", links=True)
        assert "13 complaints of 12 shops in one hour" in page.text
        page = manager.get(f"/desk/hot/{issue.id}/parent")
        assert "13 tickets attach" in page.text
        assert "another category" in page.text
        page = manager.submit(page, button="do=open", **{"attach": [str(t.id) for t in (*tickets, twice, care) if t.id != wrong.id]})
        (parent,) = db.session.scalars(db.select(Parent))
        assert (parent.severity, issue.parent_id) == ("S1", parent.id)
        assert {db.session.get(Ticket, t.id).severity for t in tickets} == {"S3"}
        assert "One cause, 11 shops, 12 contacts" in page.text

        manager.submit(manager.get(f"/desk/parents/{parent.id}"), action="/notice")
        queue.run()
    assert len(said("notice")) == 10  # neither the one with two tickets twice, nor who needs a person, nor who was left out
    assert {message.ticket_id for message in said("notice")}.isdisjoint({care.id, other.id, wrong.id})

    with clock.frozen(NOW + 20 * MINUTE):
        late = arrives(NOW + 19 * MINUTE, text="晚到的也一样", language="zh")
        run("watch_parents")
        run("watch_parents")
        queue.run()
    assert kin.of(late).id == parent.id
    assert kin.of(other) is None and kin.of(wrong) is None
    assert len(said("notice")) == 11

    with clock.frozen(NOW + 60 * MINUTE):
        page = manager.get(f"/desk/parents/{parent.id}")
        english = {"found_en": "the van broke down on its way", "remedy_en": "Another van comes this afternoon.", "outcome": "upheld",
                   "root_cause": "logistics", "remedy": "explained"}
        page = manager.submit(page, action="/resolve", **english)
        assert "write it in Chinese" in page.text
        look = manager.submit(page, action="/resolve", **english, found_zh="送货车半路坏了", remedy_zh="下午换一辆车送到。")
        manager.submit(look, button="do=send")
        queue.run()
        run("tend_parent", parent.id)
        queue.run()
    answers = said("answer")
    children = {t.id for t in (*tickets, twice, late)} - {wrong.id}
    assert {message.ticket_id for message in answers} == children
    assert len(answers) == len(children)
    assert all(db.session.get(Ticket, message.ticket_id).case_no[:5] in message.body for message in answers)
    assert "送货车半路坏了" in next(message.body for message in answers if message.ticket_id == late.id)
    states = {t.id: db.session.get(Ticket, t.id).state for t in (*tickets, twice, late, care, other)}
    assert {states[number] for number in children} == {"answered"}
    assert {states[care.id], states[other.id], states[wrong.id]} == {"dispatched"}
    bodies = [sms.body for sms in gateways["sms"].sent]
    assert sum("the van broke down" in body for body in bodies) == len(children) - 1
    assert len({(sms.to, sms.body) for sms in gateways["sms"].sent}) == len(bodies)

    with clock.frozen(NOW + 70 * MINUTE):
        figures = manager.get("/desk/reports", links=True).text
        assert "One cause, many shops" in figures
        assert f"{parent.number} · {parent.leaf.name_en}" in figures
        assert f"{words.title(parent)} {words.title(parent)}" not in figures

    with clock.frozen(NOW + 90 * MINUTE):
        unhappy = db.session.get(Ticket, tickets[5].id)
        closing.redo(unhappy, builders.RETAILER, "still not")
        db.session.commit()
        run("tend_parent", parent.id)
        queue.run()
        assert db.session.get(Ticket, unhappy.id).state == "dispatched"
    assert {db.session.get(Ticket, number).state for number in children - {unhappy.id}} == {"answered"}
    assert len(said("answer")) == len(children)
    assert db.session.query(CallTask).filter_by(reason="undelivered").count() == 0
