"""What the doctor finds: one line each."""
from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from gateways.line import LineFailure

LEVELS = {"ok": _l("ok"), "warning": _l("warning"), "wrong": _l("wrong")}
WIDTH = 9


@dataclass(frozen=True)
class Finding:
    """`level` is ok, warning or wrong; `text` says what is and, if something is to be done, what to click."""

    level: str
    text: str

    def line(self) -> str:
        """As it is printed."""
        return f"{LEVELS[self.level]!s:<{WIDTH}}{self.text}"


def ok(text: str) -> Finding:
    """All is well here."""
    return Finding("ok", text)


def warning(text: str) -> Finding:
    """It works, but not all of it."""
    return Finding("warning", text)


def wrong(text: str) -> Finding:
    """It does not work like this."""
    return Finding("wrong", text)


def unless_unreadable(what: str, check: Callable[[], list[Finding]]) -> list[Finding]:
    """The findings of `check`; where the account cannot be asked, that is the finding."""
    try:
        return check()
    except LineFailure as failure:
        return [warning(_("%(what)s could not be read (%(code)s). Look into the console of Twilio yourself.", what=what, code=failure.code))]
