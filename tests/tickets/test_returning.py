"""Giving a ticket back: with grounds and proposals that bind nobody, and what of it is kept."""
import pytest

from core.db import db
from core.errors import DomainError
from tests.builders import staff, ticket, who
from tickets.returns import TicketReturn
from tickets.services import returning
from tickets.services.returning import Grounds


def test_a_return_keeps_why_and_what_is_proposed(database):
    made, other = ticket("dispatched"), staff(name="Somebody Else", in_team="finance", certificates={})
    handler, team = made.assignee, made.team_id
    returning.give_back(made, who(handler), Grounds("wrong_leaf", " It is about money. ", "PAY.DEBIT", other.id))
    row = db.session.scalar(db.select(TicketReturn))
    assert (row.by_id, row.reason, row.evidence, row.leaf_from, row.leaf_code, row.owner_id, row.team_id) == (
        handler.id, "wrong_leaf", "It is about money.", "DLV.LATE", "PAY.DEBIT", other.id, team)
    assert (made.state, made.leaf_code, made.assignee_id, made.returns) == ("received", "DLV.LATE", None, 1)
    assert made.messages[-1].kind == "note"
    assert made.messages[-1].body.startswith("分类不对：It is about money. → Somebody Else · ")


@pytest.mark.parametrize("proposed", [None, "DLV.LATE"])
def test_a_wrong_category_is_given_back_with_the_right_one(database, proposed):
    made = ticket("dispatched")
    with pytest.raises(DomainError, match="which_leaf"):
        returning.give_back(made, who(made.assignee), Grounds("wrong_leaf", "Not late.", proposed))
    assert made.state == "dispatched"


@pytest.mark.parametrize("who_else", ["himself", "no_handler", "gone"])
def test_only_somebody_else_who_handles_tickets_is_proposed(database, who_else):
    made = ticket("dispatched")
    owner = {"himself": made.assignee, "no_handler": staff(roles=("hotline",), in_team="hotline", certificates={}), "gone": staff()}[who_else]
    if who_else == "gone":
        owner.active = False
    with pytest.raises(DomainError) as refused:
        returning.give_back(made, who(made.assignee), Grounds("wrong_team", "Not ours.", None, owner.id))
    assert (refused.value.code, made.state, db.session.scalar(db.select(TicketReturn))) == ("owner", "dispatched", None)
