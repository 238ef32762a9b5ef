"""Places within places, and which of several rises is told."""
from datetime import UTC, datetime

import pytest

from reporting.hot.scope import Rise, Scope, around, told

AT = datetime(2026, 11, 19, 2, tzinfo=UTC)
WIDE, NORTH, ROUTE = Scope("DLV.LATE"), Scope("DLV.LATE", "north"), Scope("DLV.LATE", "north", 7)


def rise(scope, observed, hours=1):
    return Rise(scope, hours, observed, observed, 1.0, 1e-9, AT, AT)


def test_a_complaint_counts_in_every_place_around_it():
    assert around(ROUTE) == (WIDE, NORTH, ROUTE)
    assert around(NORTH) == (WIDE, NORTH)
    assert around(Scope("DLV.LATE", "", 7)) == (WIDE,)


def test_a_place_holds_what_lies_within():
    assert WIDE.holds(ROUTE) and NORTH.holds(ROUTE) and ROUTE.holds(ROUTE)
    assert not ROUTE.holds(NORTH) and not NORTH.holds(Scope("DLV.LATE", "south")) and not WIDE.holds(Scope("DLV.COUNT", "north"))


@pytest.mark.parametrize(("counts", "expected"), [
    ({WIDE: 20, NORTH: 19, ROUTE: 18}, [ROUTE]),
    ({WIDE: 20, NORTH: 19, ROUTE: 6}, [NORTH]),
    ({WIDE: 20, NORTH: 9, Scope("DLV.LATE", "south"): 8}, [WIDE]),
    ({NORTH: 9, Scope("DLV.LATE", "south"): 8}, [NORTH, Scope("DLV.LATE", "south")]),
    ({WIDE: 9, Scope("DLV.COUNT"): 9}, [Scope("DLV.COUNT"), WIDE]),
])
def test_one_cause_is_told_once_and_as_closely_as_it_can_be(counts, expected):
    assert [one.scope for one in told(rise(scope, count) for scope, count in counts.items())] == expected
