"""Passwords: how they are kept, checked and refused."""
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask_babel import lazy_gettext as _l

from core.errors import DomainError

MIN_LENGTH = 10
MAX_LENGTH = 200  # argon2 reads all of it: a megabyte of password would keep a process busy
COMMON = frozenset("""
    1234567890 12345678910 0123456789 9876543210 0987654321 1234512345 1122334455 1111111111 0000000000 8888888888 6666666666 1357924680
    password12 password123 password1234 passw0rd123 p@ssw0rd123 mypassword administrator administrator1 adminadmin admin12345 admin123456
    qwertyuiop qwerty12345 qwerty123456 asdfghjkl1 1qaz2wsx3edc 1q2w3e4r5t zaq12wsxcde3 qazwsxedcr abcdefghij abcd123456 abc1234567 a123456789
    iloveyou123 welcome123 welcome1234 letmein123 changeme123 woaini1314 woaini520520 woaini123456 5201314520 1314520520 redress123 redress1234
""".split())
HASHER = PasswordHasher()  # the library's defaults: argon2id, 64 MB, three passes

REFUSALS = {
    "short_password": _l("A password needs %(least)s characters or more.", least=MIN_LENGTH),
    "long_password": _l("A password may have %(most)s characters at most.", most=MAX_LENGTH),
    "common_password": _l("Too many people use this password. Please choose another one."),
    "login_in_password": _l("The password must not be your sign-in name."),
}


def refuse_weak(password: str, login: str) -> None:
    """Raise DomainError with the first reason why `password` is not good enough for `login`."""
    lower = password.lower()
    tests = (("short_password", len(password) < MIN_LENGTH), ("long_password", len(password) > MAX_LENGTH),
             ("common_password", lower in COMMON or len(set(lower)) < 4),
             ("login_in_password", bool(login) and lower.replace(login.lower(), "").strip("0123456789.-_ !") == ""))
    for code, weak in tests:
        if weak:
            raise DomainError(code, REFUSALS[code])


def make_hash(password: str) -> str:
    """What is stored of a password (argon2id, with its own salt and costs)."""
    return HASHER.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Is this the password? Takes as long when there is no stored hash, so that nobody learns which sign-in names exist."""
    try:
        HASHER.verify(stored or _nobody(), password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return bool(stored)


def is_outdated(stored: str) -> bool:
    """True if the hash was made with lower costs than today's."""
    return HASHER.check_needs_rehash(stored)


_kept: dict[str, str] = {}


def _nobody() -> str:
    # A hash with today's costs of a password that is not one; made once, when first needed.
    if "nobody" not in _kept:
        _kept["nobody"] = HASHER.hash("nobody has this password")
    return _kept["nobody"]
