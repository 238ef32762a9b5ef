"""The number shown is the number of tickets behind it: for every figure, every way to divide it, random filters and readers."""
import itertools
import random
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core import clock, organisation
from core.db import db
from desk.reports import behind
from desk.reports.names import value_of
from reporting import board, figures, weeks
from reporting.definitions import BY_KEY, DEFINITIONS
from reporting.slices import DIMENSIONS, WEEK, Scope, own
from satisfaction.models import Survey
from tests.builders import retailer, staff, ticket, who
from tickets.models import Clock, Message, Promise, Ticket
from tickets.returns import TicketReturn

STATES = ("received", "dispatched", "answered", "closed", "closed", "withdrawn")
REASONS = ("wrong_team", "conflict")
LEAVES = ("DLV.LATE", "DLV.COUNT", "SUP.SHORT", "REG.LICENCE")


@pytest.fixture
def history(database):
    """Some thirty tickets of the last weeks with clocks, words, scores and promises at random, always the same."""
    draw, now = random.Random(11), clock.now()
    shops = [retailer(area=area) for area in ("north", "south", "")]
    made = [ticket(draw.choice(STATES), leaf=draw.choice(LEAVES), shop=draw.choice(shops)) for _number in range(30)]
    for one in made:
        _age(one, draw, now)
    db.session.flush()
    return draw


def _age(one: Ticket, draw: random.Random, now) -> None:
    at = now - timedelta(hours=draw.randrange(1, 900))
    one.received_at, one.channel, one.redos = at, draw.choice(("web", "phone", "sms")), draw.randrange(2)
    one.confidential, one.ended_at = draw.random() < 0.2, one.ended_at and min(now, at + timedelta(hours=draw.randrange(1, 300)))
    for row in db.session.scalars(select(Clock).filter_by(ticket_id=one.id)):
        db.session.delete(row)
    db.session.flush()
    for kind in ("contact", "resolve"):
        due, stop = at + timedelta(hours=draw.randrange(1, 200)), at + timedelta(hours=draw.randrange(1, 200))
        db.session.add(Clock(ticket_id=one.id, kind=kind, started_at=at, due_at=due, original_due_at=due, at_70=due, at_90=due, minutes=9,
                             working=True, stopped_at=stop if draw.random() < 0.8 else None))
    for number in range(1, one.redos + 2):
        score = draw.choice((None, 1, 4, 5))
        db.session.add(Survey(ticket_id=one.id, round=number, created_at=at, send_after=at, sent_at=at, score=score, scored_at=score and at))
    db.session.add(Promise(ticket_id=one.id, text="soon", due_at=at + timedelta(hours=9), kept=draw.choice((True, False, None))))
    if one.dispatched_at:
        one.dispatched_at = at
        for _number in range(draw.choice((0, 1, 2))):
            one.returns += 1
            db.session.add(TicketReturn(ticket_id=one.id, by_id=one.assignee_id, at=at, reason=draw.choice(REASONS), evidence="It is about money."))
    for message in db.session.scalars(select(Message).filter_by(ticket_id=one.id)):
        message.at = at + timedelta(hours=draw.randrange(1, 60))


def scopes(draw: random.Random) -> list[Scope]:
    """A reader of all departments, a manager of one, and both with random filters."""
    now, zone = clock.now(), organisation.zone()
    period = weeks.ending(now.astimezone(zone).date(), 4, zone, now)
    readers = [who(staff(roles=("qa",), certificates={})), who(staff(roles=("manager",), leads=True, certificates={}))]
    filters = [{}, {"reason": draw.choice(REASONS)}, {"area": draw.choice(("north", "-"))}, {"leaf": draw.choice(LEAVES), "channel": "web"}, {"severity": "S3", "group": "DLV"}]
    return [Scope(reader, period, chosen) for reader in readers for chosen in filters]


def listed(definition, scope: Scope, which: str = "of") -> int:
    """How many rows the list behind a figure has."""
    return db.session.scalar(select(func.count()).select_from(behind.query(definition, scope, which, Ticket.id).order_by(None).subquery()))


def test_a_figure_and_its_list_are_the_same_rows(history):
    seen = Counter()
    for definition, scope in itertools.product(DEFINITIONS, scopes(history)):
        value = figures.total(definition, scope)
        seen[definition.key] += value.n
        sets = {"of": value.n, "part": value.part or 0, "rest": value.n - (value.part or 0)}
        for which in definition.sets:
            assert listed(definition, scope, which) == sets[which], (definition.key, which)
    assert all(seen[definition.key] for definition in DEFINITIONS), seen


def test_each_slice_is_the_list_with_that_filter(history):
    for by, definition, scope in itertools.product([WEEK, *DIMENSIONS], DEFINITIONS, scopes(history)[:8:2]):
        for (key,), value in figures.measure(definition, scope, by).items():
            part = scope.during(scope.period.single(key)) if by == WEEK else scope.narrowed(**{by: value_of(key)})
            assert listed(definition, part) == value.n, (definition.key, by, key)


def test_a_reason_divides_returns_and_narrows_everything_else(history):
    for definition, scope in itertools.product(DEFINITIONS, scopes(history)[:8:2]):
        by_reason = figures.measure(definition, scope, "reason") if "reason" in own(definition) else {}
        for (key,), value in by_reason.items():
            assert listed(definition, scope.narrowed(reason=key)) == value.n
        narrowed = scope.narrowed(reason="conflict")
        assert listed(definition, narrowed) == figures.total(definition, narrowed).n
    assert own(BY_KEY["returns"]) == ("reason",)
    assert own(BY_KEY["return_rate"]) == ()


def test_the_page_adds_up_to_what_each_figure_says_alone(history):
    for scope in scopes(history):
        read = board.Board(scope)
        for key in (*board.FLOWS, *board.ONCE):
            assert read.total(key) == figures.total(BY_KEY[key], scope), key
            assert read.by(key, "channel") == {key: value for (key,), value in figures.measure(BY_KEY[key], scope, "channel").items()}
        for key in board.FLOWS:
            assert read.before(key) == figures.total(BY_KEY[key], scope.during(scope.period.before())), key
            assert read.by(key, WEEK) == {key: value for (key,), value in figures.measure(BY_KEY[key], scope, WEEK).items()}

