"""Refused requests: the room they may take, what a person does with them, and what they tell about our settings."""
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core import clock, settings
from core.actor import SYSTEM
from core.audit import AuditEntry
from core.errors import DomainError
from gateways import diagnosis, quarantine
from gateways.models import DoorCount, Quarantined
from tests.gateways.doors import BASE, PATH, signed, trial_door

HELLO = {"MessageSid": "SM1", "Body": "货没到"}


@pytest.fixture
def taken(app, database):
    with trial_door(app) as taken:
        yield taken


def refused(app, database, base="https://other.test", **headers):
    """A request that somebody signed for another address than ours."""
    how = signed(HELLO, base=base)
    app.test_client().post(f"/hooks/{PATH}", **(how | {"headers": how["headers"] | headers}))
    return database.session.scalars(select(Quarantined).order_by(Quarantined.id.desc())).first()


def waiting(database, count, why):
    rows = [Quarantined(door="trial", at=clock.now(), why=why, url="", remote="", headers=[], body=b"") for _ in range(count)]
    database.session.add_all(rows)
    database.session.flush()
    return rows


def knocked(app, why_not="unsigned"):
    how = signed(HELLO, secret="another") if why_not == "wrong_signature" else {"data": "x=1"}
    return app.test_client().post(f"/hooks/{PATH}", **how).status_code


def counts(database):
    return tuple(database.session.execute(select(func.sum(DoorCount.refused), func.sum(DoorCount.dropped))).one())


def test_admitting_is_the_same_door_again(app, database, taken):
    row = refused(app, database)
    answer = quarantine.admit(row, SYSTEM)
    assert (answer.status, row.state) == (200, "admitted")
    (knock,) = taken
    assert (dict(knock.form), knock.admitted, knock.at) == (HELLO, True, row.at)
    assert [entry.action for entry in database.session.scalars(select(AuditEntry).order_by(AuditEntry.id)) if "knock" in entry.action] == ["knock.admitted"]


@pytest.mark.parametrize("first", [quarantine.admit, quarantine.discard])
@pytest.mark.parametrize("second", [quarantine.admit, quarantine.discard])
def test_decided_once(app, database, taken, first, second):
    row = refused(app, database)
    first(row, SYSTEM)
    with pytest.raises(DomainError) as caught:
        second(row, SYSTEM)
    assert caught.value.code == "decided"
    assert len(taken) <= 1


def test_half_a_request_is_not_taken_in(app, database, taken):
    row = refused(app, database)
    row.cut = True
    with pytest.raises(DomainError) as caught:
        quarantine.admit(row, SYSTEM)
    assert (caught.value.code, row.state, taken) == ("cut", "waiting", [])


def test_a_door_that_is_no_more(app, database, taken):
    row = refused(app, database)
    app.extensions["doors"].clear()
    with pytest.raises(DomainError) as caught:
        quarantine.admit(row, SYSTEM)
    assert (caught.value.code, row.state) == ("gone", "waiting")


def test_what_is_discarded_keeps_no_words(app, database, taken):
    row = refused(app, database)
    quarantine.discard(row, SYSTEM)
    assert (row.state, row.body) == ("discarded", b"")


def test_a_full_room_keeps_nothing_more_but_counts(app, database, taken):
    settings.put("quarantine_most", 10)
    waiting(database, 5, "unsigned")
    assert knocked(app) == 403
    assert counts(database) == (1, 1)
    assert quarantine.waiting_count() == 5


def test_a_flood_of_unsigned_requests_leaves_room_for_what_a_wrong_setting_refuses(app, database, taken):
    settings.put("quarantine_most", 10)
    for _ in range(12):
        knocked(app)
    for _ in range(12):
        knocked(app, "wrong_signature")
    assert sorted(row.why for row in database.session.scalars(select(Quarantined))) == ["unsigned"] * 5 + ["wrong_signature"] * 5
    assert counts(database) == (24, 14)


def test_room_that_was_decided_about_is_free_again(app, database, taken):
    settings.put("quarantine_most", 2)
    knocked(app)
    quarantine.discard(database.session.scalars(select(Quarantined)).one(), SYSTEM)
    knocked(app)
    assert quarantine.waiting_count() == 1


def test_the_old_ones_go_some_at_a_time(app, database, taken, monkeypatch):
    monkeypatch.setattr(quarantine, "BATCH", 2)
    for row in waiting(database, 3, "unsigned"):
        row.at = clock.now() - timedelta(days=31)
    waiting(database, 1, "unsigned")
    database.session.flush()
    assert [quarantine.remove_old() for _ in range(3)] == [2, 1, 0]
    assert quarantine.waiting_count() == 1


def test_it_says_for_which_address_a_request_was_signed(app, database, taken):
    row = refused(app, database, "https://other.test", **{"X-Forwarded-Host": "other.test"})
    knock = quarantine.knock_of(row)
    assert (diagnosis.holds_now(knock), diagnosis.signed_for(knock)) == (False, "https://other.test")


def test_it_says_when_the_setting_was_mended(app, database, taken, monkeypatch):
    row = refused(app, database, "https://other.test")
    monkeypatch.setitem(app.config, "PUBLIC_BASE_URL", "https://other.test/")
    assert diagnosis.holds_now(quarantine.knock_of(row))


def test_a_forgery_was_signed_for_nobody(app, database, taken):
    knocked(app, "wrong_signature")
    knock = quarantine.knock_of(database.session.scalars(select(Quarantined)).one())
    assert (diagnosis.holds_now(knock), diagnosis.signed_for(knock)) == (False, None)
    assert knock.url == f"{BASE}/hooks/{PATH}"
