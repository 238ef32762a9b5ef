"""Who must stand aside: every circle of DOMAIN 3.7 on the real database, and the pure order of the reasons."""
from datetime import timedelta

import pytest

from catalog import people
from core import clock, settings
from core.actor import SYSTEM
from core.errors import DomainError, NotAllowed
from retailers import relations
from retailers import services as retailers
from routing import circles, conflict, queries
from tests.builders import classify, opened, retailer, staff, team, ticket, who
from tickets.services import returning, standing_aside

MONTH = timedelta(days=31)


def against(made, user) -> tuple[str, ...]:
    return queries.conflicts(made, user.id)


def about(leaf="SVC.VISIT", **opening):
    made = opened(**opening)
    classify(made, leaf)
    return made


def test_the_reasons_come_in_their_order_and_only_those_that_hold():
    found = {"declared": {1}, "named": {1, 2}, "handled_before": {3}}
    assert conflict.against(1, found) == ("named", "declared")
    assert conflict.against(4, found) == ()
    assert conflict.shut_out(found) == {1, 2}


def test_every_circle_has_facts(database):
    assert set(circles.of(about())) == set(conflict.CIRCLES)


@pytest.mark.parametrize("role", ["account_manager", "tele_orderer", "deliverer", "inspector"])
@pytest.mark.parametrize(("leaf", "aside"), [("SVC.VISIT", True), ("REG.LICENCE", True), ("SUP.SHORT", False)])
def test_who_serves_the_shop_or_did_so_within_a_year(database, role, leaf, aside):
    present, past, long_ago = staff(), staff(), staff()
    shop = retailer(**{f"{role}_id": long_ago.id})
    with clock.frozen(clock.now() - 14 * MONTH):
        retailers.change(SYSTEM, shop, **{f"{role}_id": past.id})
    with clock.frozen(clock.now() - 3 * MONTH):
        retailers.change(SYSTEM, shop, **{f"{role}_id": present.id})
    made = about(leaf, shop=shop)
    assert [against(made, user) for user in (present, past, long_ago)] == ([("serves_this_shop",), ("served_lately",), ()] if aside else [(), (), ()])


@pytest.mark.parametrize(("words", "role"), [
    ("司机把箱子往地上一扔，两条压坏了", "deliverer"), ("客户经理硬要我订两条卖不动的", "account_manager"), ("订货员又打错了数量", "tele_orderer"),
    ("the driver swore at me", "deliverer"), ("your rep told me to take five", "account_manager"), ("今天少了两条", None), ("when is the next delivery", None)])
def test_whose_role_is_spoken_of_stands_aside(database, words, role):
    people = {name: staff() for name in ("account_manager", "tele_orderer", "deliverer", "inspector")}
    made = opened(words, shop=retailer(**{f"{name}_id": one.id for name, one in people.items()}))
    classify(made, "DLV.COUNT")
    assert {name for name, one in people.items() if against(made, one) == ("spoken_of",)} == ({role} if role else set())


def test_how_long_a_former_service_counts_is_a_setting(database):
    past = staff()
    shop = retailer(deliverer_id=past.id)
    with clock.frozen(clock.now() - 3 * MONTH):
        retailers.change(SYSTEM, shop, deliverer_id=None)
    made = about(shop=shop)
    assert against(made, past) == ("served_lately",)
    settings.put("routing_conflict_months", 2)
    assert against(made, past) == ()


def test_the_line_above_and_below_somebody_named(database):
    lead = staff(roles=("manager",), leads=True, certificates={})
    named, colleague = staff(), staff()
    above_all = staff(in_team=None, certificates={})
    lead.superior_id = above_all.id
    other_lead = staff(roles=("manager",), in_team="marketing", leads=True, certificates={})
    pupil = staff(in_team="marketing", superior_id=named.id)
    database.session.flush()
    made = about()
    made.named_ids = [named.id]
    assert [against(made, user) for user in (lead, above_all, pupil)] == [("in_line",)] * 3
    assert [against(made, user) for user in (named, colleague, other_lead)] == [("named",), ("near_the_named",), ()]


def test_a_line_that_goes_in_a_circle_ends(database):
    first, second = staff(in_team=None), staff(in_team=None)
    first.superior_id, second.superior_id = second.id, first.id
    database.session.flush()
    assert people.line_above(first.id) == {first.id, second.id}
    assert people.line_above() == people.line_below() == set()


def test_who_leads_the_named_team_and_who_is_led_by_him(database):
    lead, member = staff(leads=True), staff()
    assert people.line_above(member.id) >= {lead.id}
    assert people.line_below(lead.id) >= {member.id}
    people.put_in_team(SYSTEM, member, team("marketing"))
    assert lead.id not in people.line_above(member.id)


def test_who_took_the_disputed_decision(database):
    decider, other = staff(), staff()
    made = about("SVC.RATING")
    standing_aside.name_deciders(made, SYSTEM, [decider.id])
    assert (against(made, decider), against(made, other)) == (("took_decision",), ())


def test_who_handled_the_complaint_complained_about(database):
    shop = retailer()
    first, second, bystander = staff(certificates={"DLV": 4}), staff(certificates={"DLV": 4}), staff()
    ticket("answered", handler=first, shop=shop)
    ticket("in_progress", handler=second, shop=shop)
    ticket("in_progress", handler=bystander)
    made = about("SVC.COMPLAINT", shop=shop)
    assert [against(made, user) for user in (first, second, bystander)] == [("handled_complained",), ("handled_complained",), ()]
    assert against(about("SVC.VISIT", shop=shop), first) == ()


def test_an_anonymous_complaint_about_the_handling_leads_to_nobody(database):
    handler = staff(roles=("handler", "liaison"), in_team="enforcement", certificates={"RPT": 4})
    ticket("in_progress", leaf="RPT.DIVERT", severity="S2", handler=handler, anonymous=True)
    assert against(about("SVC.COMPLAINT", anonymous=True), handler) == ()


def test_a_declared_tie_to_the_shop_counts_in_every_category_until_it_is_ended(database):
    tied, shop = staff(), retailer()
    row = relations.declare(who(tied), tied, shop=shop)
    assert against(about("DLV.LATE", shop=shop), tied) == ("declared",)
    assert against(about("DLV.LATE"), tied) == ()
    assert relations.end(who(tied), tied, row.id)
    assert not relations.end(who(tied), tied, row.id)
    assert against(about("DLV.LATE", shop=shop), tied) == ()


def test_a_tie_to_a_colleague_holds_both_ways(database):
    husband, wife = staff(), staff(in_team="finance")  # of one team they would stand aside for that alone
    relations.declare(who(husband), husband, colleague=wife)
    for named, tied in ((wife, husband), (husband, wife)):
        made = about()
        made.named_ids = [named.id]
        assert against(made, tied) == ("declared",)


def test_a_tie_that_cannot_be(database):
    user, shop = staff(), retailer()
    relations.declare(SYSTEM, user, shop=shop)
    for code, facts in (("nobody_named", {}), ("both_named", {"shop": shop, "colleague": staff()}), ("himself", {"colleague": user}),
                        ("declared_already", {"shop": shop})):
        with pytest.raises(DomainError) as refused:
            relations.declare(SYSTEM, user, **facts)
        assert refused.value.code == code


@pytest.mark.parametrize("state", ["dispatched", "in_progress", "in_review", "needs_info"])
def test_a_handler_found_to_have_taken_the_decision_loses_the_ticket_at_once(database, queue, state):
    decider, other = staff(certificates={"SVC.RATING": 4}, in_team="marketing"), staff(certificates={"SVC.RATING": 3}, in_team="marketing")
    made = ticket(state, leaf="SVC.RATING", handler=decider)
    for _twice in range(2):
        standing_aside.name_deciders(made, SYSTEM, [decider.id])
    database.session.commit()
    queue.run()
    assert (made.state, made.assignee) == ("dispatched", other)
    assert [message.purpose for message in made.messages if message.kind == "system"] == ["must_stand_aside"]


def test_only_who_triages_or_manages_says_who_decided(database):
    handler, manager = staff(certificates={"DLV": 3}), staff(roles=("manager",), leads=True, certificates={})
    made = ticket("in_progress", handler=handler)
    with pytest.raises(NotAllowed):
        standing_aside.name_deciders(made, who(handler), [manager.id])
    standing_aside.name_deciders(made, who(manager), [handler.id])
    assert made.assignee is None


@pytest.mark.parametrize(("reason", "found", "closed"), [
    ("conflict", ("stood_aside", "handled_before"), True), ("wrong_team", ("handled_before",), False)])
def test_who_gave_it_back_because_he_must_stand_aside_gets_it_from_nobody(database, reason, found, closed):
    handler = staff(certificates={"DLV": 4})
    made = ticket("dispatched", handler=handler)
    returning.give_back(made, who(handler), returning.Grounds(reason, "My cousin's shop."))
    assert against(made, handler) == found
    assert (handler.id in conflict.shut_out(circles.of(made))) is closed
