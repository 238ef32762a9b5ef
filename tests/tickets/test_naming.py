"""Whom a matter names: read from the words, said by people, kept from him, his line and his team, and taken off their desks."""
import pytest

from catalog import people
from catalog import queries as catalog
from core import settings
from core.audit import AuditEntry, Did
from core.db import db
from core.errors import NotAllowed
from tests.builders import opened, retailer, staff, team, ticket, who
from tickets import access, queries
from tickets.models import Ticket
from tickets.services import closing, conversation, merging, naming, replying, triaging


@pytest.fixture
def house(database):
    """A driver, his lead and a colleague; somebody of another department; who leads the team outside."""
    return {
        "driver": staff(name="尤劲松", certificates={"DLV": 4}), "lead": staff(roles=("manager",), leads=True, certificates={}),
        "colleague": staff(certificates={"DLV": 4}), "outsider": staff(in_team="finance", certificates={"DLV": 4}),
        "outside_lead": staff(roles=("manager", "compliance"), in_team="compliance", leads=True, certificates={}),
        "hotline": staff(roles=("hotline",), in_team="hotline", certificates={}), "hotline_lead": staff(roles=("manager",), in_team="hotline", leads=True, certificates={}),
    }


def see(house, made):
    return {name for name, user in house.items() if access.can_see(who(user), made)}


def shop(house):
    return retailer(deliverer_id=house["driver"].id)


@pytest.mark.parametrize("text", ["尤劲松把货扔门口", "由进松把货扔门口", "送货的小尤把货扔门口", "driver You threw it on the floor", "You Jinsong threw it on the floor"])
def test_words_that_name_somebody_keep_it_from_his_team(house, text):
    made = opened(text, shop=shop(house))
    assert made.named_ids == [house["driver"].id]
    assert see(house, made) == {"outside_lead", "hotline", "hotline_lead"}


def test_later_words_take_it_off_the_desk_at_once(house, queue):
    made = ticket("in_progress", handler=house["colleague"], shop=shop(house))
    conversation.continue_with(made, "尤劲松还骂人", "web")
    assert (made.state, made.assignee_id, made.awaits_routing, made.team) == ("dispatched", None, True, team("compliance"))
    db.session.commit()
    queue.run()
    assert made.assignee_id == house["outsider"].id


def test_the_outsider_keeps_what_is_on_his_desk(house, queue):
    made = ticket("in_progress", handler=house["outsider"], shop=shop(house))
    conversation.continue_with(made, "尤劲松还骂人", "web")
    assert (made.state, made.assignee_id, made.team) == ("in_progress", house["outsider"].id, team("compliance"))


def test_an_answer_under_review_does_not_go_out(house, queue):
    made = ticket("in_review", handler=house["driver"], shop=shop(house))
    naming.name(made, who(house["hotline"]), [house["driver"].id])
    assert (made.state, made.assignee_id, replying.open_reply(made).state) == ("dispatched", None, "draft")


def test_a_question_that_waits_goes_on_with_somebody_else(house, queue):
    made = ticket("needs_info", handler=house["driver"], shop=shop(house))
    naming.name(made, who(house["hotline"]), [house["driver"].id])
    assert (made.state, made.assignee_id) == ("dispatched", None)
    assert not [clock for clock in made.clocks if clock.stopped_at is None and clock.paused_at is not None]


def test_what_he_answered_stays_his_and_is_hidden_from_him(house, queue):
    made = ticket("answered", handler=house["driver"], shop=shop(house))
    naming.name(made, who(house["hotline"]), [house["driver"].id])
    assert (made.state, made.assignee_id, see(house, made)) == ("answered", house["driver"].id, {"outside_lead", "hotline"})
    closing.redo(made, who(house["outside_lead"]), "not solved")
    assert (made.state, made.assignee_id) == ("dispatched", None)


def test_a_person_takes_somebody_out_and_the_same_words_do_not_put_him_in_again(house):
    made = opened("尤劲松把货扔门口", shop=shop(house))
    naming.name(made, who(house["hotline"]), [])
    assert (made.named_ids, see(house, made)) == ([], {"hotline", "lead", "outside_lead", "hotline_lead"})
    conversation.continue_with(made, "尤劲松后来又来了", "web")
    assert made.named_ids == []
    naming.name(made, who(house["hotline"]), [house["driver"].id])
    assert made.named_ids == [house["driver"].id]
    told = [(e.actor_name, e.detail) for e in db.session.scalars(db.select(AuditEntry).filter_by(action=Did.TICKET_STAFF_NAMED.value).order_by(AuditEntry.id))]
    hotline = house["hotline"].name
    assert told == [("system", {"named": ["尤劲松"]}), (hotline, {"not_named": ["尤劲松"]}), (hotline, {"named": ["尤劲松"]})]


def test_who_takes_the_last_name_out_gives_it_back_to_its_own_team(house, queue):
    made = ticket("dispatched", handler=False, shop=shop(house))
    naming.name(made, who(house["hotline"]), [house["driver"].id])
    assert made.team == team("compliance")
    naming.name(made, who(house["outside_lead"]), [])
    assert (made.team, made.awaits_routing) == (team("logistics"), True)


def test_nobody_names_whom_he_pleases(house):
    made = ticket("in_progress", handler=house["outsider"])
    with pytest.raises(NotAllowed):
        naming.name(made, who(house["colleague"]), [house["outsider"].id])


def test_a_sealed_matter_about_compliance_itself_is_for_the_next_team(house, queue):
    officer = staff(name="韩秉正", roles=("compliance",), in_team="compliance", certificates={})
    made = opened("韩秉正收红包")
    assert (made.sealed, made.named_ids, made.aside, made.team) == (True, [officer.id], True, team("hotline"))
    assert see(house, made) == {"hotline_lead"}
    assert db.session.scalars(db.select(Ticket.id).where(queries.visible(who(house["hotline_lead"])))).all() == [made.id]
    triaging.classify(made, who(house["hotline_lead"]), catalog.leaf("SVC.CONDUCT"), "S1", desired_outcome="explanation")
    triaging.dispatch(made, who(house["hotline_lead"]))
    assert (made.state, made.team) == ("dispatched", team("hotline"))


def test_a_sealed_matter_is_for_the_liaison_where_compliance_must_stand_aside(house):
    liaison = staff(roles=("liaison",), in_team="enforcement", certificates={})
    staff(name="韩秉正", roles=("compliance",), in_team="compliance", certificates={})
    made = opened("韩秉正收红包")
    assert (made.aside, see(house | {"liaison": liaison}, made)) == (False, {"liaison"})


def test_the_first_team_outside_that_somebody_leads_has_it(house):
    settings.put("outside_teams", "finance, hotline")
    made = ticket("dispatched", handler=False)
    naming.name(made, who(house["hotline"]), [house["driver"].id])
    assert made.team == team("hotline")  # nobody leads finance


def test_the_two_sides_of_the_rule_agree(house):
    away = people.kept_away([house["driver"].id])
    assert away == {house[name].id for name in ("driver", "lead", "colleague")}
    for user in house.values():
        assert (house["driver"].id in {user.id, *people.near(user.id)}) == (user.id in away)
    assert people.line_above(house["driver"].id) == {house["lead"].id}


def test_the_shop_tells_who_is_meant_as_soon_as_it_is_known(house):
    made = opened("小尤把货扔门口")
    made.retailer = made.retailer_id = None
    assert made.named_ids == []
    triaging.name_shop(made, who(house["hotline"]), shop(house))
    assert made.named_ids == [house["driver"].id]


def test_a_double_brings_its_names_along(house, queue):
    from_shop = shop(house)
    into = ticket("in_progress", handler=house["colleague"], shop=from_shop)
    double = opened("尤劲松把货扔门口", shop=from_shop)
    merging.merge(double, who(house["hotline"]), into)
    assert (into.named_ids, into.state, into.assignee_id) == ([house["driver"].id], "dispatched", None)
    assert db.session.get(Ticket, double.id).merged_into_id == into.id
