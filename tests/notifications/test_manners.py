"""Hours of rest, lanes, and what somebody asked for himself."""
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from notifications import manners

SHANGHAI = ZoneInfo("Asia/Shanghai")


def local(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(("begins", "ends", "at", "then"), [
    (21, 8, local(19, 20, 59), local(19, 20, 59)),
    (21, 8, local(19, 21), local(20, 8)),
    (21, 8, local(20, 0), local(20, 8)),
    (21, 8, local(20, 7, 59), local(20, 8)),
    (21, 8, local(20, 8), local(20, 8)),
    (0, 6, local(19, 3), local(19, 6)),
    (0, 6, local(19, 23), local(19, 23)),
    (12, 14, local(19, 13), local(19, 14)),
    (0, 0, local(19, 0), local(19, 0)),
    (22, 22, local(19, 23), local(19, 23)),
])
def test_after_rest(begins, ends, at, then):
    assert manners.after_rest(at, time(begins), time(ends), SHANGHAI) == then
    assert manners.after_rest(at.astimezone(UTC), time(begins), time(ends), SHANGHAI) == then


def test_a_night_with_a_change_to_summer_time_ends_at_the_local_hour():
    berlin = ZoneInfo("Europe/Berlin")
    night = datetime(2027, 3, 27, 23, tzinfo=berlin)
    assert manners.after_rest(night, time(21), time(8), berlin).astimezone(berlin).hour == 8


@pytest.mark.parametrize(("purpose", "severity", "keeps"), [
    ("answer", "S3", True), ("interim", None, True), ("answer", "S1", False), ("ack", "S3", False), ("progress", None, False),
    ("survey", "S4", False), ("close", "S4", True)])
def test_what_keeps_quiet_hours(purpose, severity, keeps):
    assert manners.keeps_quiet_hours(purpose, severity) is keeps


def test_lanes():
    assert {manners.lane(purpose) for purpose in ("answer", "ack", "ask")} == {"single"}
    assert {manners.lane(purpose) for purpose in ("survey", "survey_reminder", "close", "notice")} == {"mass"}
    assert (manners.lane("answer", "together:1:2"), manners.lane("answer", "answer:2:1")) == ("mass", "single")


def test_midnight():
    assert manners.midnight(local(19, 0, 30), SHANGHAI) == manners.midnight(local(19, 23, 59), SHANGHAI) == local(19, 0)


@pytest.mark.parametrize(("purpose", "state", "latest", "gone_by"), [
    ("answer", "answered", True, False),
    ("answer", "closed", True, False),
    ("answer", "in_progress", True, True),
    ("answer", "answered", False, True),
    ("close", "closed", True, False),
    ("close", "in_progress", True, True),
    ("ask", "needs_info", True, False),
    ("ask", "in_progress", True, True),
    ("interim", "in_progress", False, False),
    ("ack", "closed", False, False),
])
def test_what_is_no_longer_so_is_not_said(purpose, state, latest, gone_by):
    assert manners.overtaken(purpose, state, latest) is gone_by
