"""What the tests of calls share."""
import pytest

from tests.hotline.account import Account


@pytest.fixture
def account(app, database):
    """The account at the provider, connected for this test."""
    before = app.extensions["lines"]
    app.extensions["lines"] = {"twilio": Account()}
    yield app.extensions["lines"]["twilio"]
    app.extensions["lines"] = before
