"""Routing on the real database: conflicts, leave, loads, the queue, and what is written down."""
from datetime import timedelta

import pytest
import sqlalchemy

from catalog import people
from catalog import queries as catalog
from core import clock
from core.actor import RETAILER, SYSTEM
from core.errors import DomainError, NotAllowed
from core.jobs import FailedJob, run
from routing import queries, services
from tests.builders import classify, opened, retailer, staff, ticket, who
from tickets.models import Ticket
from tickets.services import clocks, closing, handling, triaging


def dispatched(leaf="DLV.LATE", severity="S3", shop=None, **opening) -> Ticket:
    made = opened(shop=shop, **opening)
    classify(made, leaf, severity)
    triaging.dispatch(made, SYSTEM)
    return made


def reasons(decision) -> dict:
    return {row["id"]: row["reasons"] for row in decision.candidates}


def test_a_job_gives_the_ticket_to_a_certified_handler_once(database, queue, nobody_else):
    able = staff(certificates={"DLV": 2})
    staff(certificates={"SUP": 4})
    made = dispatched()
    queue.run()
    queue.enqueue("route", made.id)
    queue.run()
    assert made.assignee == able
    assert len(queries.decisions(made)) == 1
    assert not made.awaits_routing


def test_the_sweep_finds_what_a_lost_job_left(database, queue, nobody_else):
    able = staff(certificates={"DLV": 2})
    made = dispatched()
    database.session.commit()
    queue.clear()
    queue.enqueue("sweep_routing")
    queue.run()
    assert made.assignee == able


def test_who_serves_the_shop_gets_no_service_complaint(database, nobody_else):
    manager_of_shop = staff(certificates={"SVC.VISIT": 3}, in_team="marketing")
    other = staff(certificates={"SVC.VISIT": 3}, in_team="marketing")
    shop = retailer(account_manager_id=manager_of_shop.id)
    decision = services.route(dispatched("SVC.VISIT", shop=shop))
    assert decision.chosen == other
    assert reasons(decision)[manager_of_shop.id] == ["serves_this_shop"]


def test_who_serves_the_shop_may_get_an_ordinary_complaint(database, nobody_else):
    only = staff(certificates={"SUP.SHORT": 3}, in_team="marketing")
    assert services.route(dispatched("SUP.SHORT", shop=retailer(account_manager_id=only.id))).chosen == only


def test_the_person_named_never_gets_it(database, nobody_else):
    named, beside = staff(certificates={"DLV": 3}), staff(certificates={"DLV": 3})
    other = staff(certificates={"DLV": 3}, in_team="marketing")
    made = opened()
    triaging.classify(made, SYSTEM, catalog.leaf("DLV.LATE"), "S3", desired_outcome="goods", named_ids=[named.id])
    triaging.dispatch(made, SYSTEM)
    decision = services.route(made)
    assert decision.chosen == other
    assert (reasons(decision)[named.id], reasons(decision)[beside.id]) == (["named"], ["near_the_named"])


def test_somebody_away_is_passed_over_and_the_queue_keeps_it(database, nobody_else):
    away = staff(certificates={"DLV": 3})
    people.enter_leave(SYSTEM, away, catalog.today(), catalog.today() + timedelta(days=20))
    made = dispatched()
    decision = services.route(made)
    assert (decision.result, reasons(decision)[away.id]) == ("queue", ["on_leave"])
    assert (made.state, made.assignee_id, made.awaits_routing) == ("dispatched", None, False)


def test_a_group_certificate_goes_by_the_group_of_the_tree(database, nobody_else):
    able = staff(certificates={"ORD": 2}, in_team="finance")
    assert services.route(dispatched("PAY.PRICE")).chosen == able


def test_the_cap_is_never_exceeded(database, nobody_else):
    able = staff(certificates={"DLV": 3}, cap=2)
    assert [services.route(dispatched()).chosen for _ in range(3)] == [able, able, None]


def test_loads_are_weighted(database, nobody_else):
    busy, free = staff(certificates={"DLV": 3}), staff(certificates={"DLV": 3})
    ticket("in_progress", severity="S2", handler=busy)
    ticket("in_progress", severity="S3", handler=free)
    assert services.route(dispatched()).chosen == free


def test_a_member_claims_from_the_queue(database, nobody_else):
    able = staff(certificates={"DLV": 3}, cap=0)
    made = dispatched()
    services.route(made)
    services.claim(made, able, who(able))
    assert (made.state, made.assignee) == ("in_progress", able)
    assert queries.decisions(made)[0].result == "claimed"
    with pytest.raises((DomainError, NotAllowed)):
        services.claim(made, able, who(able))


def test_who_is_not_certified_cannot_claim(database, nobody_else):
    staff(certificates={"DLV": 3}, cap=0)
    stranger = staff(certificates={})
    made = dispatched()
    services.route(made)
    with pytest.raises(NotAllowed):
        services.claim(made, stranger, who(stranger))


def test_the_second_redo_goes_to_somebody_else(database, queue, nobody_else):
    first, second = staff(certificates={"DLV": 4}), staff(certificates={"DLV": 3})
    made = ticket("answered", handler=first)
    closing.redo(made, RETAILER, "nothing came")
    assert (made.state, made.assignee) == ("in_progress", first)
    from tests.builders import _approve, _submit
    _submit(made, first, None, None)
    _approve(made, first, None, None)
    closing.redo(made, RETAILER, "again nothing")
    assert (made.state, made.assignee) == ("dispatched", None)
    database.session.commit()
    queue.run()
    assert made.assignee == second


def test_the_third_redo_waits_for_the_manager(database, queue, nobody_else):
    from tests.builders import _approve, _submit
    staff_of_three = [staff(certificates={"DLV": 4}) for _ in range(3)]
    made = ticket("answered", handler=staff_of_three[0])
    for _round in range(2):
        closing.redo(made, RETAILER, "no")
        database.session.commit()
        queue.run()
        if made.state == "dispatched":
            handling.sign(made, who(made.assignee))
        _submit(made, made.assignee, None, None)
        _approve(made, made.assignee, None, None)
    closing.redo(made, RETAILER, "no")
    database.session.commit()
    queue.run()
    assert (made.redos, made.state, made.assignee) == (3, "dispatched", None)


def breached(made, at) -> None:
    (running,) = clocks.running(made, "sign")
    running.breached_at = at


def test_what_is_not_signed_for_in_time_goes_to_somebody_else_once(database, queue, nobody_else):
    first, second, _third = (staff(certificates={"DLV": 3}) for _person in range(3))
    made = ticket("dispatched", handler=first)
    breached(made, clock.now() - timedelta(minutes=1))
    database.session.commit()
    run("sweep_unsigned")
    assert made.assignee == first  # the alarm goes first
    breached(made, clock.now() - timedelta(minutes=6))
    database.session.commit()
    queue.enqueue("sweep_unsigned")
    queue.run()
    assert made.assignee == second
    breached(made, clock.now() - timedelta(minutes=6))
    database.session.commit()
    queue.enqueue("sweep_unsigned")
    queue.run()
    assert made.assignee == second
    assert [m.purpose for m in made.messages if m.kind == "system"] == ["not_signed"]


def test_a_ticket_whose_routing_always_breaks_is_left_to_people(database, queue, monkeypatch):
    made = dispatched()
    database.session.commit()
    monkeypatch.setattr(services, "route", lambda found: 1 / 0)
    for _try in range(5):
        assert queries.unrouted() == [made.id]
        with pytest.raises(ZeroDivisionError):
            run("route", made.id)
    assert queries.unrouted() == []
    database.session.execute(database.update(FailedJob).values(seen_at=clock.now()))
    assert queries.unrouted() == [made.id]


def test_a_claim_takes_the_row_before_the_lock_as_the_job_does(database, nobody_else):
    able = staff(certificates={"DLV": 3}, cap=0)
    made = dispatched()
    services.route(made)
    database.session.flush()
    said = []
    listen = lambda conn, cursor, statement, *more: said.append(statement)  # noqa: E731
    sqlalchemy.event.listen(database.engine, "before_cursor_execute", listen)
    services.claim(made, able, who(able))
    sqlalchemy.event.remove(database.engine, "before_cursor_execute", listen)
    order = [("row" if "FOR UPDATE" in s else "lock") for s in said if "FOR UPDATE" in s or "advisory" in s]
    assert order == ["row", "lock"]
