"""A simulator whose time is moved by hand, before a small application."""
from random import Random

import pytest

from simulator.server import Simulator
from tests.simulator.application import ACCOUNT, HANDSET, PUBLIC, TOKEN, Application


@pytest.fixture
def application():
    return Application()


@pytest.fixture
def simulator(application):
    return Simulator(PUBLIC, ACCOUNT, TOKEN, post=application.post, chance=Random(7))


@pytest.fixture
def handset(simulator):
    return simulator.handset(HANDSET)
