"""Passwords are hashed with argon2, weak ones are refused, unknown names cost as much as known ones."""
import time

import pytest
from argon2 import PasswordHasher

from accounts import passwords
from core.errors import DomainError
from tests.builders import PASSWORD, PASSWORD_HASH


@pytest.mark.parametrize(("password", "code"), [
    ("short", "short_password"), ("ninechars", "short_password"), ("x" * 201, "long_password"), ("password123", "common_password"),
    ("Password123", "common_password"), ("1212121212", "common_password"),
    ("zhang.wei01", "login_in_password"), ("Zhang.Wei2026!", "login_in_password"),
])
def test_weak_passwords_are_refused(password, code):
    with pytest.raises(DomainError) as caught:
        passwords.refuse_weak(password, "zhang.wei")
    assert caught.value.code == code


@pytest.mark.parametrize("password", ["a quiet harbour", "一二三四五六七八九十百千", "zhang.wei likes tea", "correct horse"])
def test_good_passwords_pass(password):
    passwords.refuse_weak(password, "zhang.wei")


def test_a_hash_is_argon2id_and_salted():
    assert PASSWORD_HASH.startswith("$argon2id$")
    assert passwords.make_hash(PASSWORD) != PASSWORD_HASH
    assert passwords.matches(PASSWORD_HASH, PASSWORD)
    assert not passwords.matches(PASSWORD_HASH, PASSWORD + " ")


@pytest.mark.parametrize("stored", [None, "", "not a hash"])
def test_nothing_matches_a_missing_hash(stored):
    assert not passwords.matches(stored, "nobody has this password")


def test_an_unknown_person_takes_as_long_as_a_known_one():
    passwords.matches(None, "warm up")
    known, unknown = (_seconds(stored) for stored in (PASSWORD_HASH, None))
    assert unknown > known / 3


def _seconds(stored) -> float:
    before = time.process_time()
    for _try in range(3):
        passwords.matches(stored, "wrong")
    return time.process_time() - before


def test_a_hash_with_lower_costs_is_outdated():
    cheap = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash("a quiet harbour")
    assert passwords.is_outdated(cheap)
    assert not passwords.is_outdated(PASSWORD_HASH)
