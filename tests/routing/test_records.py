"""Records from real tickets: what counts, for whom, how much; and that the better record gets the next ticket."""
from dataclasses import replace
from datetime import timedelta

import pytest

from catalog import queries as catalog
from catalog.models import Leave
from core import clock, settings
from core.actor import RETAILER
from routing import kept, queries, records, services, weighing
from routing.experience import Means, Record, Weights
from tests.builders import retailer, staff, ticket, who
from tests.routing.test_services import dispatched
from tickets.models import Reply, Ticket
from tickets.services import closing

pytestmark = pytest.mark.usefixtures("nobody_else")


def solved(handler, leaf="DLV.LATE", score=None, severity="S3", days=0, **more) -> Ticket:
    """A closed ticket that ended so many days ago."""
    made = ticket("closed", leaf=leaf, handler=handler, severity=severity, **more)
    made.score, made.ended_at = score, clock.now() - timedelta(days=days)
    return made


def record_of(person, made=None) -> Record:
    history = records.history(made or dispatched(), Weights())
    return history.records.get(person.id, Record())


def test_closed_tickets_fade_and_those_of_the_group_count_half(database):
    able = staff(certificates={"DLV": 3, "SUP": 3})
    solved(able), solved(able, days=180), solved(able, "DLV.COUNT"), solved(able, "SUP.SHORT")
    found = record_of(able)
    assert found.volume == pytest.approx(1 + 0.5 + 0.5, abs=1e-3)
    assert (found.answers, found.reopened) == (2, 0)


def test_only_what_is_closed_or_failed_is_an_answer(database):
    able = staff()
    ticket("answered", handler=able)
    ticket("in_progress", handler=able)
    assert record_of(able) == Record()


def test_an_answer_that_failed_stays_with_its_author_and_keeps_its_score(database):
    first, second = staff(), staff()
    made = ticket("answered", handler=first)
    made.score = 1
    closing.redo(made, RETAILER, "nothing came")
    assert made.score is None
    found = record_of(first)
    assert (found.answers, found.reopened, found.scores, found.score_sum, found.volume) == (1, 1, 1, 1, 0)
    assert record_of(second) == Record()
    assert database.session.scalar(database.select(Reply.score).filter_by(ticket_id=made.id)) == 1


def test_scores_count_at_the_tickets_own_severity_and_the_common_mean_too(database):
    able, other = staff(), staff()
    solved(able, score=5), solved(able, score=2, severity="S2"), solved(able), solved(other, score=3)
    history = records.history(dispatched(), Weights())
    assert (history.records[able.id].scores, history.records[able.id].score_sum) == (1, 5)
    assert history.means == Means(lasting=1.0, score=4.0, passed=0.5)
    hard = records.history(dispatched(severity="S2"), Weights())
    assert (hard.records[able.id].score_sum, hard.means.score) == (2, 2.0)


def test_checks_belong_to_the_author_of_the_round(database):
    able = staff()
    one, two = solved(able), solved(able)
    judge = who(staff(roles=("qa",), in_team=None, certificates={}))
    closing.check_quality(one, judge, True, "")
    closing.check_quality(two, judge, False, "a promise without a day")
    history = records.history(dispatched(), Weights())
    assert (history.records[able.id].checks, history.records[able.id].passed, history.means.passed) == (2, 1, 0.5)


def test_invented_tickets_count_in_a_demo_only(database):
    able = staff()
    solved(able).is_demo = True
    assert record_of(able) == Record()
    settings.put("demo", True)
    assert record_of(able).answers == 1


def test_sealed_tickets_count(database):
    able = staff(roles=("handler", "liaison"), in_team="enforcement", certificates={"RPT": 4})
    solved(able, "RPT.DIVERT", severity="S2")
    assert record_of(able, dispatched("RPT.DIVERT", "S2")).answers == 1


def test_who_contented_the_shop_the_last_time_knows_it(database):
    shop, able, other = retailer(), staff(), staff()
    solved(able, score=5, shop=shop), solved(other, score=3, shop=shop)
    assert records.knows_shop(dispatched(shop=shop)) == {able.id}
    assert records.knows_shop(dispatched()) == set()
    assert records.knows_shop(dispatched(shop=shop, confidential=True)) == set()
    assert records.knows_shop(dispatched("RPT.DIVERT", "S2", anonymous=True)) == set()
    later = ticket("closed", handler=able, shop=shop)
    later.score = 2
    assert records.knows_shop(dispatched(shop=shop)) == set()


def test_time_here_is_counted_from_the_first_day_not_from_the_account(database):
    old, new = staff(joined_on=catalog.today() - timedelta(days=1000)), staff()
    candidates, _basis = queries.facts(dispatched())
    found = {c.id: c.record.months for c in candidates}
    assert (found[old.id], found[new.id]) == (32, 0)


def test_the_better_record_gets_the_next_one_and_everything_is_kept(database):
    plain, good = staff(), staff()
    for _one in range(3):
        solved(good, score=5)
    decision = services.route(dispatched())
    assert decision.chosen == good
    database.session.expire(decision)
    assert decision.candidates[0]["id"] == good.id
    assert decision.candidates[0]["final"] > decision.candidates[1]["final"]
    assert decision.basis["weights"] == {name: settings.get(weighing.PREFIX + name) for name in vars(Weights())}
    assert kept.same_again(decision.basis, decision.candidates, decision.result, decision.chosen_id, decision.relaxed)
    assert {row["id"] for row in decision.candidates} == {plain.id, good.id}


def test_an_absence_and_a_conflict_go_before_any_record(database):
    away, plain = staff(), staff()
    named = staff(in_team="finance")
    for person in (away, named):
        solved(person, score=5)
    database.session.add(Leave(user_id=away.id, starts=catalog.today(), ends=catalog.today() + timedelta(days=9)))
    made = dispatched()
    made.named_ids = [named.id]
    assert services.route(made).chosen == plain


def test_the_weights_are_settings(database):
    plain, good = staff(), staff()
    solved(good)
    ticket("in_progress", handler=good)
    assert services.route(dispatched()).chosen == good
    for name in ("volume", "lasting", "satisfaction", "review", "certificate", "tenure"):
        settings.put(weighing.PREFIX + name, 0)
    decision = services.route(dispatched())
    assert decision.chosen == plain  # without a weight the load alone decides
    assert decision.basis["weights"]["volume"] == 0


def test_who_the_shop_is_makes_no_difference(database):
    staff(), staff()
    plain = dispatched(shop=retailer())
    known = dispatched(shop=retailer(service_class="key", value_class="30", support_needs=True), support_needs=True)
    (one, first), (two, second) = queries.facts(plain), queries.facts(known)
    assert one == two
    assert replace(first, lot=None) == replace(second, lot=None)


def test_the_lot_stays_with_the_ticket_and_is_none_where_nobody_learns(database):
    made, sealed, restricted = dispatched(), dispatched("RPT.DIVERT", "S2", anonymous=True), dispatched("SVC.MANNER")
    assert weighing.lot(made) == weighing.lot(made)
    assert 0 <= weighing.lot(made) < 100
    assert (weighing.lot(sealed), weighing.lot(restricted)) == (None, None)


def test_about_a_tenth_of_the_lots_are_drawn():
    lots = [weighing.lot_of(f"26{number:08}") for number in range(5000)]
    assert 430 <= sum(lot < 10 for lot in lots) <= 570


def test_practice_for_a_beginner_with_somebody_who_reviews(database):
    beginner, expert = staff(certificates={"DLV": 1}), staff(certificates={"DLV": 4})
    solved(expert, score=5)
    made = dispatched()
    settings.put("routing_practice", 100)
    decision = services.route(made)
    assert (decision.chosen, decision.basis["practice"]) == (beginner, True)
    settings.put("routing_practice", 0)
    assert services.route(dispatched()).chosen == expert
    settings.put("routing_practice", 100)
    expert.active = False
    assert services.route(dispatched()).basis["practice"] is False


def statements(database, made) -> int:
    """How many statements all the facts take."""
    said, connection = [], database.engine
    listen = lambda conn, cursor, statement, *more: said.append(statement)  # noqa: E731
    database.session.flush()
    database.event.listen(connection, "before_cursor_execute", listen)
    queries.facts(made)
    database.event.remove(connection, "before_cursor_execute", listen)
    return len(said)


def test_the_statements_do_not_grow_with_the_people(database):
    staff()
    made = dispatched()
    few = statements(database, made)
    for _person in range(4):
        solved(staff())
    assert statements(database, made) <= few <= 10
