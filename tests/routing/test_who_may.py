"""Clearance, the night, areas, the manager's turn and the weights, on the real database."""
import json
from datetime import timedelta

import pytest

from catalog import people, roster
from core import clock, settings
from core.actor import SYSTEM
from core.errors import DomainError, NotAllowed
from notifications.models import Notice
from routing import kept, queries, services
from tests.builders import classify, opened, retailer, staff, team, ticket, who
from tests.office_hours import MONDAY_MORNING, MONDAY_NIGHT
from tickets.models import Ticket
from tickets.services import handling, returning, triaging

pytestmark = pytest.mark.usefixtures("nobody_else")


def dispatched(leaf="DLV.LATE", severity="S3", **opening) -> Ticket:
    made = opened(**opening)
    classify(made, leaf, severity)
    triaging.dispatch(made, SYSTEM)
    return made


def reasons(decision, user) -> list[str]:
    return next(row["reasons"] for row in decision.candidates if row["id"] == user.id)


def critical(user):
    """On call tonight."""
    roster.enter(SYSTEM, user, None, MONDAY_NIGHT, MONDAY_NIGHT + timedelta(hours=10))
    return user


@pytest.mark.parametrize(("leaf", "certificate", "roles", "team_code", "cleared"), [
    ("SVC.CONDUCT", "SVC", ("handler",), "compliance", False),  # a certificate for the group opens no seal
    ("SVC.CONDUCT", "SVC", ("handler", "compliance"), "compliance", True),
    ("SVC.CONDUCT", "SVC.CONDUCT", ("handler",), "compliance", True),  # one for the very category does
    ("RPT.DIVERT", "RPT", ("handler",), "enforcement", False),
    ("RPT.DIVERT", "RPT", ("handler", "liaison"), "enforcement", True),
    ("SVC.MANNER", "SVC", ("handler",), "finance", False),  # restricted: the owner's team only
    ("SVC.MANNER", "SVC.MANNER", ("handler",), "finance", True),
])
def test_who_may_not_see_a_kind_of_ticket_does_not_get_it(database, leaf, certificate, roles, team_code, cleared):
    user = staff(certificates={certificate: 4}, roles=roles, in_team=team_code)
    decision = services.route(dispatched(leaf, "S2"))
    assert ("not_cleared" not in reasons(decision, user)) is cleared
    assert decision.chosen == (user if cleared else None), reasons(decision, user)


def test_a_seal_on_a_single_ticket_is_opened_by_no_certificate(database):
    user = staff(certificates={"DLV.LATE": 4})
    made = dispatched()
    made.sealed = True
    assert "not_cleared" in reasons(services.route(made), user)


def test_at_night_a_critical_ticket_goes_to_who_is_on_call(database, queue):
    best, owl = staff(certificates={"DLV": 4}), staff(certificates={"DLV": 3})
    critical(owl)
    with clock.frozen(MONDAY_NIGHT):
        decision = services.route(dispatched(severity="S1"))
        light = services.route(dispatched(severity="S3"))
    assert (decision.chosen, decision.basis["night"]) == (owl, True)
    assert reasons(decision, best) == ["not_on_call"]
    assert (light.chosen, light.basis["night"]) == (best, False)
    with clock.frozen(MONDAY_MORNING):
        assert services.route(dispatched(severity="S1")).chosen == best


def test_somebody_on_call_from_elsewhere_is_looked_at_and_the_hard_filters_hold(database):
    owl = critical(staff(certificates={}, in_team="finance"))
    for_another_team = staff(certificates={"DLV": 4})
    roster.enter(SYSTEM, for_another_team, team("finance"), MONDAY_NIGHT, MONDAY_NIGHT + timedelta(hours=10))
    with clock.frozen(MONDAY_NIGHT):
        decision = services.route(dispatched(severity="S1"))
    assert (decision.result, decision.chosen) == ("manager", None)
    assert "no_certificate" in reasons(decision, owl)
    assert "not_on_call" in reasons(decision, for_another_team)


def test_an_empty_roster_at_night_tells_the_managers_at_once(database, queue):
    staff(certificates={"DLV": 4})
    boss = staff(roles=("manager",), leads=True, certificates={})
    with clock.frozen(MONDAY_NIGHT):
        made = dispatched(severity="S1")
        database.session.commit()
        queue.run()
    told = set(database.session.scalars(database.select(Notice.kind).filter_by(user_id=boss.id, ticket_id=made.id)))
    assert {"nobody_fits", "s1"} <= told
    assert queries.decisions(made)[0].result == "manager"


def test_in_the_morning_the_ticket_of_the_night_is_routed_once_more_and_only_once(database, queue):
    able = staff(certificates={"DLV": 4})
    with clock.frozen(MONDAY_NIGHT):
        made, taken = dispatched(severity="S1"), dispatched(severity="S1")
        database.session.commit()
        queue.run()
        handling.reroute(taken, SYSTEM, to=staff(certificates={}))
        database.session.commit()
        queue.enqueue("sweep_routing")
        queue.run()
        assert made.assignee is None
    with clock.frozen(MONDAY_MORNING + timedelta(days=1)):
        for _twice in range(2):
            queue.enqueue("sweep_routing")
            queue.run()
    assert made.assignee == able
    assert taken.assignee != able
    assert [decision.result for decision in queries.decisions(made)] == ["handler", "manager"]


def test_the_area_is_asked_before_the_load_and_after_the_language(database):
    north = staff(certificates={"DLV": 2})
    south = staff(certificates={"DLV": 4})
    people.put_in_team(SYSTEM, north, team(), areas=["north"])
    people.put_in_team(SYSTEM, south, team(), areas=["south", "west"])
    decision = services.route(dispatched(shop=retailer(area="north")))
    assert decision.chosen == north
    assert reasons(decision, south) == ["other_area"]
    assert services.route(dispatched(shop=retailer(area=""))).chosen == south
    north.active = False
    last = services.route(dispatched(shop=retailer(area="north")))
    assert (last.chosen, last.relaxed) == (south, ["other_area"])


def test_after_two_returns_the_manager_decides_for_good(database, queue):
    first, second, third = (staff(certificates={"DLV": 3}) for _person in range(3))
    boss = staff(roles=("manager",), leads=True, certificates={})
    made = dispatched()
    for _turn in range(2):
        database.session.commit()
        queue.run()
        returning.give_back(made, who(made.assignee), returning.Grounds("wrong_team", "not ours"))
        triaging.dispatch(made, SYSTEM)
    database.session.commit()
    queue.run()
    assert (made.state, made.assignee, made.returns) == ("dispatched", None, 2)
    assert queries.decisions(made)[0].result == "manager"
    assert "nobody_fits" in set(database.session.scalars(database.select(Notice.kind).filter_by(user_id=boss.id, ticket_id=made.id)))
    left = next(user for user in (first, second, third) if user.id not in made.former_ids)
    with pytest.raises(DomainError, match="not_the_managers"):
        services.claim(made, left, who(left))
    with pytest.raises(DomainError, match="handler_named"):
        handling.reroute(made, who(boss))
    with pytest.raises(NotAllowed):
        handling.reroute(made, who(left), to=left)
    handling.reroute(made, who(boss), to=left)
    assert made.assignee == left
    with pytest.raises(DomainError, match="returns_left"):
        returning.give_back(made, who(left), returning.Grounds("wrong_team", "not ours either"))


def test_the_weights_are_settings_the_load_too(database):
    busy, free = staff(certificates={"DLV": 3}, cap=10), staff(certificates={"DLV": 3}, cap=10)
    ticket("in_progress", severity="S2", handler=busy)
    assert services.route(dispatched()).chosen == free
    handled = ticket("in_progress", severity="S4", handler=free)
    assert handled.assignee == free
    settings.put("routing_load_s4", 9.0)
    decision = services.route(dispatched())
    assert (decision.chosen, decision.basis["weights"]["load_s4"]) == (busy, 9.0)


def test_class_star_and_needs_of_the_shop_change_nothing_that_is_weighed(database):
    staff(certificates={"DLV": 3}), staff(certificates={"DLV": 2})
    shop = retailer()
    made = dispatched(shop=shop)
    looked = set()
    for service_class in ("key", "ordinary", "basic", "support_needs"):
        for value_class in ("", "key", "special", "five stars"):
            shop.service_class, shop.value_class, shop.support_needs = service_class, value_class, service_class == "support_needs"
            candidates, basis = queries.facts(made)
            looked.add(repr((candidates, basis)))
    assert len(looked) == 1


def test_a_stored_decision_is_made_again_from_its_facts_alone(database):
    able = staff(certificates={"DLV": 3})
    decision = services.route(dispatched())
    able.active, able.name = False, "Somebody Else"
    settings.put("routing_volume", 99)
    database.session.flush()
    database.session.expire_all()
    assert services.same_again(decision) is True
    decision.candidates = [row | {"level": 0} for row in decision.candidates]
    assert services.same_again(decision) is False
    assert json.loads(json.dumps(decision.basis)) == decision.basis
    assert kept.basis(decision.basis).severity == "S3"
