"""Each figure on hand-made tickets: what counts, what is left out, where the borders of time lie."""
from datetime import timedelta

import pytest

from core import clock, organisation
from core.business_time import working_minutes
from core.db import db
from reporting import figures, weeks
from reporting.definitions import BY_KEY, DEFINITIONS
from reporting.slices import Scope
from satisfaction.models import Survey
from tests.builders import opened, staff, ticket, who
from tickets.models import Clock, Message, Promise
from tickets.services import closing, conversation

HOUR = timedelta(hours=1)


@pytest.fixture
def reader(database):
    """Somebody of QA, who sees all open categories."""
    return who(staff(roles=("qa",), in_team="quality", certificates={}))


def period(number: int = 4) -> weeks.Period:
    now, zone = clock.now(), organisation.zone()
    return weeks.ending(now.astimezone(zone).date(), number, zone, now)


def figure(key: str, reader, number: int = 4) -> figures.Value:
    return figures.total(BY_KEY[key], Scope(reader, period(number)))


def later(**span):
    """The same moment for figures and rows, some time from now."""
    return clock.frozen(clock.now() + timedelta(**span))


def moved(made, **columns):
    for name, value in columns.items():
        setattr(made, name, value)
    db.session.flush()
    return made


def times(made, kind: str, due: timedelta, stopped: timedelta | None, **more) -> None:
    """A clock that is due and was stopped so long before or after now."""
    now = clock.now()
    at = now + due
    db.session.add(Clock(**({"ticket_id": made.id, "kind": kind, "started_at": at - 40 * HOUR, "due_at": at, "original_due_at": at, "at_70": at,
                             "at_90": at, "minutes": 2400, "working": True, "stopped_at": None if stopped is None else now + stopped} | more)))
    db.session.flush()


def survey(made, score: int | None, round: int = 1, sent: bool = True) -> None:
    now = clock.now() - HOUR
    db.session.add(Survey(ticket_id=made.id, round=round, created_at=now, send_after=now, sent_at=now if sent else None, score=score,
                          scored_at=now if score else None))
    db.session.flush()


def test_merged_withdrawn_and_noise_are_left_out_and_listed(reader):
    for state in ("received", "closed", "declined", "merged", "withdrawn"):
        ticket(state)
    moved(ticket("declined"), leaf_code="OTH.NOISE")
    with later(minutes=1):
        assert figure("left_out", reader).n == 3
        # received, closed, declined as not our matter, and what the other one was merged into
        assert figure("received", reader).n == 4
        assert figure("closed", reader).n == 1


def test_a_week_has_its_own_tickets_only(reader):
    scope = period(2)
    for at in (scope.since - HOUR, scope.since, scope.until - 7 * 24 * HOUR - HOUR):
        moved(opened(), received_at=at)
    with later(minutes=1):
        assert figure("received", reader, 2).n == 2
        assert figures.measure(BY_KEY["received"], Scope(reader, period(3)), "week") == {
            (scope.first - weeks.WEEK,): figures.Value(1), (scope.first,): figures.Value(2)}


def test_open_counts_what_stood_open_at_the_end_of_each_week(reader):
    scope = period(3)
    closed = moved(ticket("closed"), received_at=scope.since + HOUR, ended_at=scope.since + 8 * 24 * HOUR)
    moved(ticket("received"), received_at=scope.since + 9 * 24 * HOUR)
    with later(minutes=1):
        found = figures.measure(BY_KEY["open"], Scope(reader, period(3)), "week")
        assert [found.get((first,), figures.EMPTY).n for first in scope.mondays()] == [1, 1, 1]
        moved(closed, ended_at=scope.since + 20 * 24 * HOUR)
        assert figures.measure(BY_KEY["open"], Scope(reader, period(3)), "week")[scope.first + weeks.WEEK,].n == 2


@pytest.mark.parametrize(("clock_row", "counts"), [
    ({"due": -HOUR, "stopped": None}, 1), ({"due": HOUR, "stopped": None}, 0), ({"due": -2 * HOUR, "stopped": -HOUR}, 0)])
def test_overdue_is_open_past_the_time_for_the_answer(reader, clock_row, counts):
    times(ticket("received"), "resolve", **clock_row)
    with later(minutes=1):
        assert figure("overdue", reader).n == counts


def test_what_waits_for_the_retailer_is_not_overdue(reader):
    times(ticket("received"), "resolve", -HOUR, None, paused_at=clock.now() - 2 * HOUR)
    with later(minutes=1):
        assert figure("overdue", reader).n == 0
        assert figure("on_time", reader).n == 0


def test_on_time_counts_open_overdue_ones_as_failures_and_waits_for_the_due_time(reader):
    made = [ticket("closed") for _number in range(3)] + [ticket("received")]
    for one, (due, stopped) in zip(made, ((-HOUR, -2 * HOUR), (-3 * HOUR, -2 * HOUR), (2 * HOUR, -HOUR), (-HOUR, None)), strict=True):
        times(one, "resolve", due, stopped)
    with later(minutes=1):
        found = figure("on_time", reader)
        assert (found.n, found.part) == (3, 1)


def test_the_first_due_time_is_told_beside_the_extended_one(reader):
    made = moved(ticket("closed"), extensions=1)
    times(made, "resolve", -HOUR, -2 * HOUR, original_due_at=clock.now() - 9 * HOUR)
    with later(minutes=1):
        assert [(figure(key, reader).n, figure(key, reader).part) for key in ("on_time", "on_time_first", "extended")] == [(1, 1), (1, 0), (1, 1)]


def test_what_went_to_another_office_is_nobodys_late_answer(reader):
    times(ticket("transferred", leaf="REG.LICENCE"), "resolve", -HOUR, None)
    with later(minutes=1):
        assert figure("on_time", reader).n == 0


def test_contact_has_its_own_clock(reader):
    times(ticket("received"), "contact", -HOUR, -2 * HOUR)
    with later(minutes=1):
        assert (figure("contact_in_time", reader).part, figure("on_time", reader).n) == (1, 0)


@pytest.mark.parametrize(("due", "said", "counted"), [(-HOUR, 0, 0), (-3 * HOUR, 0, 1), (-HOUR, 1, 1)])
def test_an_answer_to_many_is_no_contact_in_time_and_hides_no_late_one(reader, due, said, counted):
    made, now = ticket("answered"), clock.now()
    times(made, "contact", due, -2 * HOUR, started_at=now - 5 * HOUR)
    keys = [("together:1:1", None, -2), *[("call", reader.id, -4)] * said]
    made.messages.extend(Message(kind="out", purpose="answer", at=now + hours * HOUR, body="…", dedupe_key=key, author_id=author) for key, author, hours in keys)
    with later(minutes=1):
        assert figure("contact_in_time", reader).n == counted


def test_the_first_response_is_by_a_person(reader):
    made = opened()
    assert figure("first_response", reader).n == 0  # the acknowledgement of a machine is none
    conversation.log_call(made, reader, "We are looking into it.")
    with later(minutes=1):
        assert figure("first_response", reader).n == 1


def test_times_are_working_time(reader):
    scope, calendar = period(2), organisation.calendar()
    begins = next(at for at in (scope.since + number * HOUR for number in range(336)) if _office(calendar, at))
    for number in range(10):
        moved(ticket("closed"), received_at=begins, ended_at=begins + HOUR * (1 + number % 2))
    with later(minutes=1):
        found = figure("closing_time", reader)
        assert found.n == 10
        assert (found.estimate.value, found.p90) == (60, 120)


def _office(calendar, at) -> bool:
    return working_minutes(calendar, at, at + 2 * HOUR) == 120


def test_a_ticket_handled_again_counts_when_it_is_closed(reader):
    again = ticket("closed")
    ticket("closed")
    with later(minutes=1):
        assert (figure("redo", reader).n, figure("redo", reader).part) == (2, 0)
        closing.redo(again, who(staff(roles=("qa",), certificates={})), "not solved")
        db.session.flush()
        assert (figure("redo", reader).n, figure("open", reader).n) == (1, 1)


def test_each_answer_has_its_own_score_and_silence_is_shown(reader):
    made = moved(ticket("closed"), redos=1)
    survey(made, 1)
    survey(made, 5, round=2)
    survey(ticket("closed"), None)
    survey(ticket("closed"), None, sent=False)
    with later(minutes=1):
        assert (figure("satisfied", reader).n, figure("satisfied", reader).part) == (2, 1)
        assert (figure("response", reader).n, figure("response", reader).part) == (3, 2)


def test_a_share_of_few_is_not_told_and_of_ten_is(reader):
    for number in range(10):
        if number == 9:
            assert figure("satisfied", reader).estimate is None
        survey(ticket("closed"), 5 if number else 1)
    with later(minutes=1):
        assert figure("satisfied", reader).estimate.value == 0.9
        assert figure("score", reader).estimate.value == pytest.approx(4.6)


@pytest.mark.parametrize(("kept", "part"), [(True, 1), (False, 0), (None, 0)])
def test_a_promise_that_nobody_settled_is_broken(reader, kept, part):
    db.session.add(Promise(ticket_id=ticket("closed").id, text="on Tuesday", due_at=clock.now() - HOUR, kept=kept))
    db.session.add(Promise(ticket_id=ticket("closed").id, text="next week", due_at=clock.now() + HOUR))
    with later(minutes=1):
        assert (figure("promises", reader).n, figure("promises", reader).part) == (1, part)


def test_sealed_tickets_count_for_those_only_who_may_see_them(reader):
    opened(kind="report", anonymous=True)
    officer = who(staff(roles=("compliance",), in_team="compliance", certificates={}))
    with later(minutes=1):
        assert figure("received", reader).n == 0
        assert figure("received", officer).n == 1


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda found: found.key)
def test_a_definition_says_all_that_a_reader_must_know(definition):
    assert str(definition.formula).strip().endswith(".")
    assert str(definition.source)
    assert set(definition.beside) <= BY_KEY.keys()
    assert ("part" in definition.sets) == (definition.kind == "share")


def test_speed_is_never_told_without_redo_nor_satisfaction_without_response():
    assert all("redo" in definition.beside for definition in DEFINITIONS if definition.kind == "time")
    assert all("response" in BY_KEY[key].beside for key in ("satisfied", "score"))
