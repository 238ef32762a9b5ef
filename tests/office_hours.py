"""Moments of a working week without a holiday, in the office's zone: tests that ask who is here run at the same hour every day."""
from datetime import datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY_MORNING = datetime(2026, 11, 16, 10, tzinfo=ZONE)
MONDAY_NIGHT = datetime(2026, 11, 16, 23, tzinfo=ZONE)
FRIDAY_EVENING = datetime(2026, 11, 20, 19, tzinfo=ZONE)
