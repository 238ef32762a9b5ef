"""What a report changes: any order, repeated, late, about an earlier try."""
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications import reports
from notifications.models import STATES

STATUSES = [*reports.TOLD, "receiving", "", "nonsense"]


def walk(state, statuses, taken=True):
    for status in statuses:
        state = reports.after(state, status, taken=taken, earlier=False) or state
    return state


@pytest.mark.parametrize(("state", "status", "taken", "then"), [
    ("sending", "queued", True, "sent"), ("sending", "sent", False, "sent"), ("sending", "delivered", False, "delivered"), ("sending", "failed", False, "failed"),
    ("unknown", "sent", True, "sent"), ("unknown", "delivered", False, "delivered"), ("unknown", "undelivered", False, "failed"),
    ("sent", "sent", True, None), ("sent", "queued", True, None), ("sent", "delivered", True, "delivered"), ("sent", "read", True, "delivered"),
    ("sent", "undelivered", True, "failed"), ("sent", "canceled", True, "failed"),
    ("delivered", "sent", True, None), ("delivered", "failed", True, None), ("delivered", "delivered", True, None),
    ("failed", "sent", True, None), ("failed", "failed", True, None), ("failed", "delivered", True, "delivered"),
    ("queued", "sent", False, "sent"), ("queued", "delivered", False, "delivered"), ("queued", "failed", False, "failed"),
    ("queued", "sent", True, None), ("queued", "undelivered", True, None), ("queued", "delivered", True, "delivered"),
    ("cancelled", "delivered", True, None), ("sent", "receiving", True, None), ("sent", "", True, None),
])
def test_the_table(state, status, taken, then):
    assert reports.after(state, status, taken=taken, earlier=False) == then


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("status", STATUSES)
def test_of_an_earlier_try_only_the_arrival_counts(state, status):
    then = reports.after(state, status, taken=True, earlier=True)
    assert then in (None, "delivered")
    assert reports.TOLD.get(status) == "delivered" or then is None


@pytest.mark.parametrize("order", list(permutations(["queued", "sent", "delivered"])))
def test_the_order_does_not_matter(order):
    assert walk("sending", order) == "delivered"


@given(st.sampled_from(STATES), st.lists(st.sampled_from(STATUSES), max_size=8), st.booleans())
def test_delivered_is_never_undone_and_a_repeat_changes_nothing(state, statuses, taken):
    once = walk(state, statuses, taken)
    assert once in STATES
    assert walk(state, [status for status in statuses for _ in range(2)], taken) == once
    if "delivered" in statuses and state != "cancelled":
        assert once == "delivered"
