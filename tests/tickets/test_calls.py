"""By when somebody should call a retailer: in working time, and at once where it is critical."""
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core import clock, settings
from tests import builders
from tickets.services import calls

ZONE = ZoneInfo("Asia/Shanghai")
THURSDAY_NIGHT = datetime(2026, 11, 19, 22, 30, tzinfo=ZONE)
FRIDAY = datetime(2026, 11, 20, tzinfo=ZONE)


@pytest.fixture
def at_night(queue):
    with clock.frozen(THURSDAY_NIGHT):
        yield builders.ticket("in_progress")


@pytest.mark.parametrize(("reason", "severity", "due"), [
    ("low_score", "S3", FRIDAY.replace(hour=10)),
    ("perhaps_withdrawn", "S4", FRIDAY.replace(hour=10)),
    ("opted_out", "S3", FRIDAY.replace(hour=18)),
    ("low_score", "S1", THURSDAY_NIGHT + timedelta(hours=1)),
    ("opted_out", "S1", THURSDAY_NIGHT + timedelta(hours=8)),
])
def test_a_call_of_the_night_is_due_in_the_morning_unless_it_is_critical(at_night, reason, severity, due):
    at_night.severity = severity
    assert calls.open_call_task(at_night, reason, "key").due_at == due


def test_a_time_that_was_promised_is_kept(at_night):
    promised = THURSDAY_NIGHT + timedelta(minutes=20)
    assert calls.open_call_task(at_night, "promised_call", "key", promised=promised).due_at == promised


def test_how_soon_is_a_setting(at_night):
    settings.put("call_minutes", 30)
    assert calls.open_call_task(at_night, "low_score", "key").due_at == FRIDAY.replace(hour=9, minute=30)
