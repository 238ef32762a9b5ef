"""Sessions are rows: found by token, ended by idling, revoking and leaving."""
from datetime import timedelta

import pytest

from accounts import sessions
from core import clock, settings
from core.db import db
from tests.builders import staff, who

pytestmark = pytest.mark.usefixtures("database")


def test_only_a_hash_of_the_token_is_kept():
    user = staff()
    token = sessions.sign_in(user, "10.0.0.1", "Firefox")
    row = sessions.find(token)
    assert (row.user, row.address, row.agent) == (user, "10.0.0.1", "Firefox")
    assert token not in row.token_hash
    for wrong in (None, "", "x" * 43, row.token_hash):
        assert sessions.find(wrong) is None


def test_idling_ends_a_session_and_a_click_keeps_it():
    token, start = sessions.sign_in(staff(), "", ""), clock.now()
    with clock.frozen(start + timedelta(hours=11)):
        row = sessions.find(token)
        assert sessions.is_stale(row)
        sessions.touch(row)
        assert not sessions.is_stale(row)
    with clock.frozen(start + timedelta(hours=22)):
        assert sessions.find(token) is not None
    with clock.frozen(start + timedelta(hours=23, minutes=1)):
        assert sessions.find(token) is None


def test_how_long_is_a_setting():
    token, start = sessions.sign_in(staff(), "", ""), clock.now()
    settings.put("session_idle_hours", 1)
    with clock.frozen(start + timedelta(minutes=61)):
        assert sessions.find(token) is None


def test_revoking_is_for_one_s_own_sessions_and_works_once():
    one, other = staff(), staff()
    tokens = [sessions.sign_in(one, "", "") for _browser in range(3)]
    rows = [sessions.find(token) for token in tokens]
    assert not sessions.revoke(who(other), other, rows[0].id)
    assert sessions.revoke(who(one), one, rows[0].id)
    assert not sessions.revoke(who(one), one, rows[0].id)
    assert sessions.revoke_all(who(one), one, keep=rows[1].id) == 1
    assert [sessions.find(token) is not None for token in tokens] == [False, True, False]
    assert sessions.of_user(one) == [rows[1]]


def test_somebody_who_left_has_no_session():
    user = staff()
    token = sessions.sign_in(user, "", "")
    user.active = False
    db.session.flush()
    assert sessions.find(token) is None
