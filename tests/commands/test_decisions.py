"""flask recompute-routing says whether every stored decision comes out the same again."""
import json

from core.actor import SYSTEM
from routing import services
from routing.models import RoutingDecision
from tests.builders import classify, opened, staff
from tickets.services import triaging


def routed():
    made = opened()
    classify(made)
    triaging.dispatch(made, SYSTEM)
    return services.route(made)


def told(app, *args):
    done = app.test_cli_runner().invoke(args=["recompute-routing", *args])
    return done.exit_code, json.loads(done.output)


def test_decisions_come_out_the_same_and_a_changed_one_is_found(app, database):
    staff(), staff()
    first, second = routed(), routed()
    claim = RoutingDecision(ticket_id=first.ticket_id, at=first.at, result="claimed", chosen_id=first.chosen_id, needed_level=1, candidates=[], relaxed=[])
    database.session.add(claim)
    database.session.commit()
    number = second.id
    assert told(app) == (0, {"decisions": 3, "same": 2, "nothing_weighed": 1, "different": []})
    second = database.session.get(RoutingDecision, number)
    second.candidates = [row | {"level": 4} for row in second.candidates]
    database.session.commit()
    assert told(app) == (1, {"decisions": 3, "same": 1, "nothing_weighed": 1, "different": [number]})


def test_the_decisions_of_one_case(app, database):
    staff()
    decision = routed()
    routed()
    database.session.commit()
    case_no = database.session.scalar(database.text("SELECT case_no FROM ticket WHERE id = :number"), {"number": decision.ticket_id})
    assert told(app, "--ticket", case_no)[1]["decisions"] == 1
