"""Two matters told in one go: the retailer's pages name both numbers, and what left a sealed one leads nowhere."""
import pytest

from core.db import db
from tests import builders
from tickets import case_number
from tickets.services import second_matters

RUDE = "and the driver shouted at my wife"


@pytest.fixture
def hotline(database):
    return builders.who(builders.staff(roles=("hotline",), in_team="hotline", certificates={}))


def two(actor, leaf: str = "SVC.MANNER", **opening):
    made = builders.opened(f"It came late, {RUDE}", **opening)
    (matter,) = second_matters.propose(made, [(leaf, RUDE, 0.9)])
    linked = second_matters.split_off(matter, actor)
    db.session.commit()
    return made, linked


def test_each_page_names_the_other_number(client, hotline):
    pair = two(hotline)
    for one, other in (pair, pair[::-1]):
        page = client.get(f"/t/{one.token}")
        assert case_number.show(other.case_no) in page.text
        assert "You told us of more than one thing" in page.text
    client.get(f"/t/{pair[0].token}", links=True)  # last: one of the links leads to the other language


def test_the_page_of_what_left_a_sealed_matter_does_not_lead_back(client, hotline):
    made, linked = two(hotline)
    made.sealed = True
    db.session.commit()
    assert made.case_no not in client.get(f"/t/{linked.token}").html.replace(" ", "")
    assert made.token not in client.get(f"/t/{linked.token}").html
    assert case_number.show(linked.case_no) in client.get(f"/t/{made.token}").text


def test_the_second_number_is_explained_when_it_is_told(hotline, queue, gateways):
    made, linked = two(hotline, phone="+8613800138000")
    queue.run()
    said = {m.answer_code for one in (made, linked) for m in one.messages if m.kind == "out"}
    assert said == {"A-COM-ACK", "A-COM-ACK-BESIDE"}
    assert case_number.show(linked.case_no) in next(m.body for m in linked.messages if m.kind == "out")


def test_what_left_a_sealed_one_is_acknowledged_as_if_it_had_come_alone(database, queue):
    compliance = builders.who(builders.staff(roles=("compliance",), in_team="compliance", certificates={}))
    made = builders.opened("It came late. He wants a kickback.", phone="+8613800138000")
    (matter,) = second_matters.propose(made, [("DLV.LATE", "It came late.", 0.9)])
    linked = second_matters.split_off(matter, compliance)
    db.session.commit()
    queue.run()
    assert [m.answer_code for m in linked.messages if m.kind == "out"] == ["A-COM-ACK"]
