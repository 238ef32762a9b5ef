"""Working minutes of many pairs at once are those that the calendar gives for each."""
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.business_time import Calendar, working_minutes
from core.holidays_cn import public_holidays
from reporting import worked

OFF, EXTRA, _NAMES = public_holidays("CN", [2026])
HOURS = ((time(9), time(12)), (time(13), time(18)))
CAL = Calendar({day: HOURS for day in range(5)}, ZoneInfo("Asia/Shanghai"), frozenset(OFF), frozenset(EXTRA))
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1), timezones=st.just(UTC))


def measured(calendar, pairs):
    starts, ends = (np.array([moment.timestamp() for moment in moments]) for moments in zip(*pairs, strict=True))
    return worked.Ruler(calendar, starts.min(), ends.max()).minutes(starts, ends)


@given(st.lists(st.tuples(moments, moments).map(sorted).map(tuple), min_size=1, max_size=8))
def test_each_pair_is_what_the_calendar_says(pairs):
    assert [int(minutes + 1e-9) for minutes in measured(CAL, pairs)] == [working_minutes(CAL, a, b) for a, b in pairs]


def test_a_calendar_without_work_has_no_minutes():
    pair = (datetime(2026, 11, 2, tzinfo=UTC), datetime(2026, 11, 6, tzinfo=UTC))
    assert list(measured(Calendar({}, ZoneInfo("UTC")), [pair])) == [0]
