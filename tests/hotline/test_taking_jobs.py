"""Noise on the telephone is forgotten in time."""
from datetime import timedelta

import pytest

from core import clock
from core.db import db
from core.jobs import run
from hotline.models import Call
from hotline.taking import filing
from tests.builders import staff, who
from tests.hotline import ringing


@pytest.fixture
def agent(database):
    return who(staff(roles=("hotline",), in_team="hotline", certificates={}))


def later(days: int) -> None:
    db.session.commit()
    for _twice in range(2):
        with clock.frozen(clock.now() + timedelta(days=days)):
            run("forget_noise_calls")


def noise(agent) -> Call:
    call = ringing.call()
    ringing.says(call, "Cheap lamps!")
    filing.noise(call, agent)
    return call


def test_noise_is_kept_thirty_days_and_then_forgotten(agent, app):
    call = noise(agent)
    later(29)
    assert (call.caller, len(call.speeches)) == (ringing.CALLER, 1)
    later(31)
    db.session.expire_all()
    assert (call.caller, call.speeches, call.filed_as) == ("", [], "noise")


def test_what_was_answered_is_kept(agent, app):
    call = ringing.call()
    filing.nothing(call, agent)
    later(31)
    assert call.caller == ringing.CALLER
