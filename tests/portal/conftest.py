"""What the tests of the retailer's pages share."""
import pytest

from core.limits import limiter
from tests.pages import PageClient


@pytest.fixture
def client(app, database):
    """A retailer's telephone, in English."""
    client = PageClient(app)
    client.get("/?lang=en")
    return client


@pytest.fixture
def limits(redis):
    """Rate limits as in real life; off elsewhere, since all tests share one address."""
    limiter.enabled = True
    yield
    limiter.enabled = False
