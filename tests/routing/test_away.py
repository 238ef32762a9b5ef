"""Leave: what is not signed for moves at once, what falls due meanwhile is handed over, the stand-in is asked first."""
from datetime import date, timedelta

import pytest

from catalog import people
from core import clock
from core.actor import SYSTEM
from core.jobs import run
from routing import away, queries
from tests.builders import staff, ticket, who
from tests.office_hours import FRIDAY_EVENING, MONDAY_MORNING
from tickets.services import clocks, handling

MONDAY = date(2026, 11, 16)
DAY = timedelta(days=1)
pytestmark = pytest.mark.usefixtures("nobody_else")


@pytest.fixture(autouse=True)
def monday(database):
    """Ten o'clock on a working Monday; every test runs at the same hour."""
    with clock.frozen(MONDAY_MORNING):
        yield


def later(minutes: int = 1):
    """A moment later: what was given to somebody before he went is told from what was given to him after it."""
    return clock.frozen(clock.now() + timedelta(minutes=minutes))


def able(**more):
    return staff(certificates={"DLV": 3}, **more)


def lines(made) -> list[str]:
    return [message.purpose for message in made.messages if message.kind == "system"]


def due(made, kind: str):
    return clocks.running(made, kind)[0].due_at


def test_leave_at_once_moves_what_is_unsigned_by_its_event_and_twice_changes_nothing(database, queue):
    leaver, other = able(), able()
    made = ticket("dispatched", handler=leaver)
    resolve = due(made, "resolve")
    queue.clear()
    with later():
        row = people.enter_leave(SYSTEM, leaver, MONDAY, MONDAY)
        database.session.commit()
        queue.run()
        run("cover_leave", row.id)
        queue.run()
    assert (made.state, made.assignee, lines(made)) == ("dispatched", other, [away.IS_AWAY])
    assert due(made, "resolve") == resolve
    assert leaver.id in made.former_ids


@pytest.mark.parametrize(("minutes", "stays"), [(60, True), (0, False)])
def test_the_time_to_sign_goes_along_while_there_is_some_left(database, queue, minutes, stays):
    leaver, _other = able(), able()
    made = ticket("dispatched", handler=leaver)
    running, = clocks.running(made, "sign")
    running.due_at = signed_by = MONDAY_MORNING + timedelta(minutes=minutes)
    queue.clear()
    with later():
        people.enter_leave(SYSTEM, leaver, MONDAY, MONDAY)
        database.session.commit()
        queue.run()
    assert (due(made, "sign") == signed_by, due(made, "sign") > clock.now()) == (stays, True)
    assert (clocks.running(made, "sign") == [running]) is stays
    assert made.due_at == due(made, "sign")


def test_the_sweep_finds_what_a_lost_job_left(database, queue):
    leaver, other = able(), able()
    made = ticket("dispatched", handler=leaver)
    with later():
        people.enter_leave(SYSTEM, leaver, MONDAY, MONDAY)
        database.session.commit()
        queue.clear()
        for _turn in range(2):
            queue.enqueue("sweep_leave")
            queue.run()
    assert (made.assignee, lines(made)) == (other, [away.IS_AWAY])


def test_leave_entered_ahead_moves_nothing_before_its_first_morning(database, queue):
    leaver, other = able(), able()
    made = ticket("dispatched", handler=leaver)
    people.enter_leave(SYSTEM, leaver, MONDAY + DAY, MONDAY + DAY)
    database.session.commit()
    queue.run()
    assert made.assignee == leaver
    with clock.frozen(MONDAY_MORNING + DAY):
        queue.enqueue("sweep_leave")
        queue.run()
    assert made.assignee == other


@pytest.mark.parametrize(("days", "moves"), [(1, False), (8, True)])
def test_what_falls_due_meanwhile_is_handed_over_and_the_rest_stays(database, queue, days, moves):
    leaver, other = able(), able()
    made = ticket("in_progress", handler=leaver)
    for kind in ("contact", "update"):
        clocks.stop(made, (kind,))
    resolve = due(made, "resolve")  # five working days
    queue.clear()
    with later():
        people.enter_leave(SYSTEM, leaver, MONDAY, MONDAY + (days - 1) * DAY)
        database.session.commit()
        queue.run()
    assert made.assignee == (other if moves else leaver)
    assert lines(made) == ([away.DUE_MEANWHILE] if moves else [])
    assert due(made, "resolve") == resolve


def test_what_is_due_on_the_morning_of_the_return_is_not_handed_over(database):
    leaver = able()
    made = ticket("in_progress", handler=leaver)
    running, = clocks.running(made, "resolve")
    for kind in ("contact", "update"):
        clocks.stop(made, (kind,))
    row = people.enter_leave(SYSTEM, leaver, MONDAY, MONDAY)
    running.due_at = MONDAY_MORNING.replace(hour=1) + DAY  # nine o'clock on Tuesday
    database.session.flush()
    with later():
        assert away.cannot_wait(row) == []
    running.due_at -= timedelta(minutes=1)
    database.session.flush()
    with later():
        row.entered_at = clock.now()
        assert away.cannot_wait(row) == [made.id]


def test_a_question_that_is_answered_during_leave_comes_to_somebody_who_is_here(database, queue):
    leaver, other = able(), able()
    made = ticket("needs_info", handler=leaver)
    with later():
        people.enter_leave(SYSTEM, leaver, MONDAY, MONDAY + 14 * DAY)
        database.session.commit()
        queue.run()
        assert made.assignee == leaver
        handling.give_up_asking(made)
        database.session.commit()
        run("sweep_leave")
        queue.run()
    assert (made.state, made.assignee) == ("dispatched", other)


def test_what_the_manager_gives_to_somebody_away_stays_with_him(database, queue):
    leaver = able()
    able()
    made = ticket("dispatched", handler=leaver)
    with later():
        people.enter_leave(SYSTEM, leaver, MONDAY, MONDAY)
        database.session.commit()
        queue.run()
    with later(5):
        handling.assign(made, leaver)
        database.session.commit()
        run("sweep_leave")
    assert made.assignee == leaver


def test_the_stand_in_is_asked_first_and_his_name_is_kept(database, queue):
    leaver, _best, stand_in = able(), staff(certificates={"DLV": 4}), staff(certificates={"DLV": 1})
    made = ticket("dispatched", handler=leaver)
    queue.clear()
    with later():
        people.enter_leave(SYSTEM, leaver, MONDAY, MONDAY, stand_in=stand_in)
        database.session.commit()
        queue.run()
    decision = queries.decisions(made)[0]
    assert (made.assignee, decision.basis["stand_in"]) == (stand_in, True)


def test_a_stand_in_who_may_not_have_it_is_passed_over(database, queue):
    leaver, other, stand_in = able(), able(), staff(certificates={"SUP": 4})
    made = ticket("dispatched", handler=leaver)
    queue.clear()
    with later():
        people.enter_leave(SYSTEM, leaver, MONDAY, MONDAY, stand_in=stand_in)
        database.session.commit()
        queue.run()
    assert made.assignee == other
    assert "no_certificate" in next(row["reasons"] for row in queries.decisions(made)[0].candidates if row["id"] == stand_in.id)


def test_somebody_back_before_the_time_to_sign_is_over_may_get_it_and_keeps_it(database, queue):
    only = able()
    with clock.frozen(FRIDAY_EVENING):
        people.enter_leave(SYSTEM, only, FRIDAY_EVENING.date(), FRIDAY_EVENING.date() + 2 * DAY)  # Friday to Sunday
        made = ticket("dispatched", handler=False)
        handling.reroute(made, SYSTEM)
        database.session.commit()
        queue.run()
        assert made.assignee == only
        run("sweep_leave")
        assert made.assignee == only


def test_a_leaver_whose_ticket_has_been_answered_keeps_it(database):
    leaver = able()
    made = ticket("answered", handler=leaver)
    with later():
        row = people.enter_leave(SYSTEM, leaver, MONDAY, MONDAY + 30 * DAY)
        assert away.cannot_wait(row) == []
    assert made.assignee == leaver


def test_signing_during_the_leave_says_that_somebody_is_here_after_all(database):
    leaver = able()
    made = ticket("dispatched", handler=leaver)
    with later():
        row = people.enter_leave(SYSTEM, leaver, MONDAY, MONDAY + 30 * DAY)
        assert away.cannot_wait(row) == [made.id]
    with later(2):
        handling.sign(made, who(leaver))
        database.session.flush()
        assert away.cannot_wait(row) == []
