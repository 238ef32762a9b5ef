"""The figures of a day of calls."""
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from hotline.taking.day import figures, waited

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def one(state="ended", *, answered=None, ended=None, outcome="answered", waits=True):
    after = {"answered_at": answered, "ended_at": ended}
    at = {name: None if value is None else NOON + timedelta(seconds=value) for name, value in after.items()}
    return SimpleNamespace(state=state, waiting_at=NOON if waits else None, outcome=outcome, **at)


@pytest.mark.parametrize(("calls", "expected"), [
    ([], (0, 0, 0, 0, 0)),
    ([one(answered=15)], (1, 1, 1, 0, 0)),
    ([one(answered=16)], (1, 1, 0, 0, 0)),
    ([one(ended=5, outcome="abandoned")], (1, 0, 0, 0, 1)),
    ([one(ended=6, outcome="abandoned")], (1, 0, 0, 1, 1)),
    ([one(ended=40, outcome="missed")], (1, 0, 0, 0, 1)),
    ([one("waiting", outcome=None)], (0, 0, 0, 0, 0)),
    ([one("talking", answered=3, outcome=None)], (1, 1, 1, 0, 0)),
    ([one(ended=30, outcome="self_served", waits=False)], (0, 0, 0, 0, 0)),
    ([one(ended=30, outcome="message")], (1, 0, 0, 0, 0)),
])
def test_who_counts_as_what(calls, expected):
    found = figures(calls)
    assert (found.offered, found.answered, found.in_time, found.abandoned, found.missed) == expected


def test_shares_and_the_average_wait():
    found = figures([one(answered=5), one(answered=25), one(ended=9, outcome="abandoned"), one(ended=60, outcome="missed")])
    assert (found.service_level, found.abandonment, found.average_wait) == (0.25, 0.25, timedelta(seconds=15))


def test_a_day_without_calls_has_no_shares():
    assert (figures([]).service_level, figures([]).abandonment, figures([]).average_wait) == (None, None, None)


@pytest.mark.parametrize(("since", "until", "expected"), [
    (None, NOON, None), (NOON, None, None), (NOON, NOON + timedelta(seconds=9), timedelta(seconds=9)),
    (NOON, NOON - timedelta(seconds=1), timedelta()),  # a provider's clock that is a little behind
])
def test_how_long_somebody_waited(since, until, expected):
    assert waited(since, until) == expected
