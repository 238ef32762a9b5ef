"""Letters with a link to set a password: one for two clicks, found again when lost, shown when they cannot go."""
from datetime import timedelta

import pytest

from accounts import letters, password_links
from accounts.models import PasswordLetter
from core import clock
from core.db import db
from core.jobs import FailedJob, run
from gateways.base import PermanentFailure, TemporaryFailure, UnknownOutcome
from tests.builders import staff

pytestmark = pytest.mark.usefixtures("database")
LATER = timedelta(minutes=3)


def wanted(queue, user, purpose="invite") -> PasswordLetter:
    """A letter whose job was lost."""
    letters.want(user, purpose)
    db.session.commit()
    queue.clear()
    return db.session.scalars(db.select(PasswordLetter).filter_by(user_id=user.id)).one()


def swept(queue, later=LATER) -> list[tuple]:
    """What the sweep brings, `later` from now."""
    queue.clear()
    with clock.frozen(clock.now() + later):
        run("sweep_letters")
    return queue.waiting


@pytest.mark.parametrize(("language", "word"), [("en", "Hello"), ("zh", "")])
def test_two_clicks_and_a_second_run_are_one_letter(gateways, queue, language, word):
    user = staff("wang", language=language, email="wang@example.test")
    letters.want(user, "reset")
    letters.want(user, "reset")
    db.session.commit()
    (call,) = queue.waiting
    queue.run()
    run(*call)
    sent, = gateways["email"].sent
    assert sent.to == "wang@example.test"
    assert word in sent.body
    secret = sent.body.split("/desk/reset/")[1].split()[0]
    assert password_links.find(secret).user_id == user.id
    with clock.frozen(clock.now() + LATER):
        letters.want(user, "reset")
        db.session.commit()
    queue.run()
    assert len(gateways["email"].sent) == 2


def test_a_lost_letter_is_found_by_the_sweep_once(gateways, queue):
    letter = wanted(queue, staff())
    assert swept(queue, timedelta(seconds=30)) == []
    assert swept(queue) == [("send_password_link", letter.id)]
    queue.run()
    assert len(gateways["email"].sent) == 1
    assert swept(queue) == []


def test_a_letter_that_the_server_could_not_take_goes_later_with_a_new_link(gateways, queue):
    letter = wanted(queue, staff())
    gateways["email"].failures.append(TemporaryFailure("busy"))
    run("send_password_link", letter.id)
    assert (letter.state, letter.error, gateways["email"].sent) == ("wanted", "busy", [])
    run("send_password_link", letter.id)
    assert gateways["email"].sent == [], "not in the same minute"
    with clock.frozen(clock.now() + LATER):
        run("sweep_letters")
        queue.run()
    assert len(gateways["email"].sent) == 1
    assert db.session.get(PasswordLetter, letter.id).state == "sent"
    assert db.session.scalar(db.select(db.func.count(FailedJob.id))) == 0


@pytest.mark.parametrize("failure", [PermanentFailure("no such box"), UnknownOutcome("cut off")])
def test_what_no_further_try_would_mend_is_for_a_person(gateways, queue, failure):
    user = staff()
    letter = wanted(queue, user)
    gateways["email"].failures.append(failure)
    run("send_password_link", letter.id)
    assert (letter.state, letter.error) == ("failed", str(failure))
    assert swept(queue) == []
    assert letters.unsent([user.id]) == {user.id: letter}


def test_after_a_day_the_sweep_leaves_it_to_a_person(queue):
    user = staff()
    letter = wanted(queue, user)
    assert letters.unsent([user.id]) == {}, "on its way"
    assert swept(queue, timedelta(hours=25)) == []
    with clock.frozen(clock.now() + timedelta(hours=25)):
        assert letters.unsent([user.id]) == {user.id: letter}


def test_a_newer_letter_that_went_out_settles_it(gateways, queue):
    user = staff()
    wanted(queue, user)
    with clock.frozen(clock.now() + LATER):
        letters.want(user, "invite")
        db.session.commit()
        queue.run()
        assert len(gateways["email"].sent) == 1
        assert letters.unsent([user.id]) == {}


def test_whoever_got_in_by_another_link_gets_no_letter(gateways, queue):
    user = staff()
    letter_id = wanted(queue, user).id
    password_links.use(password_links.make(user, "shown")[1], "a new harbour")
    db.session.commit()
    run("send_password_link", letter_id)
    assert gateways["email"].sent == []


@pytest.mark.parametrize("facts", [{"email": None}, {"active": False}])
def test_nobody_without_an_address_or_place_gets_a_letter(gateways, queue, facts):
    user = staff()
    letter = wanted(queue, user)
    for column, value in facts.items():
        setattr(user, column, value)
    db.session.commit()
    run("send_password_link", letter.id)
    assert gateways["email"].sent == []
    assert letter.state == "failed"
