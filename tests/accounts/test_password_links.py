"""Links to set a password: once, and for a while."""
from datetime import timedelta

import pytest
from flask import url_for

from accounts import password_links, services, sessions
from core import clock
from core.errors import DomainError
from tests.builders import staff, who

pytestmark = pytest.mark.usefixtures("database")


def test_a_link_sets_the_password_once_and_ends_sessions():
    user = staff("wang")
    token = sessions.sign_in(user, "", "")
    link, secret = password_links.make(user, "reset")
    assert secret not in link.token_hash
    with pytest.raises(DomainError, match="common_password"):
        password_links.use(secret, "password123")
    assert password_links.use(secret, "a new harbour") is user
    assert services.authenticate("wang", "a new harbour") is user
    assert sessions.find(token) is None
    with pytest.raises(DomainError, match="link_over"):
        password_links.use(secret, "another harbour")


@pytest.mark.parametrize(("purpose", "lifetime"), [("invite", timedelta(days=7)), ("reset", timedelta(hours=1))])
def test_a_link_ends_by_itself(purpose, lifetime):
    _link, secret = password_links.make(staff(), purpose)
    with clock.frozen(clock.now() + lifetime - timedelta(seconds=5)):
        assert password_links.find(secret)
    with clock.frozen(clock.now() + lifetime + timedelta(seconds=5)):
        assert password_links.find(secret) is None


def test_using_one_link_ends_the_others_and_leaving_ends_all():
    user, other = staff(), staff()
    secrets = [password_links.make(user, purpose)[1] for purpose in password_links.LIFETIME]
    _link, others = password_links.make(other, "invite")
    assert all(password_links.find(secret) for secret in secrets)
    password_links.use(secrets[1], "a new harbour")
    assert not any(password_links.find(secret) for secret in secrets)
    assert password_links.find(others)
    services.leave(who(staff(roles=("admin",))), other)
    assert password_links.find(others) is None


def test_the_address_is_that_of_the_page(app):
    with app.test_request_context():
        assert password_links.address("abc") == "http://redress.test" + url_for("accounts.reset", token="abc")
