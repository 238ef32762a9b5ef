"""Sending letters with a link to set a password, in the background."""
import structlog

from accounts import letters, mail
from core import clock, events
from core.db import db
from core.jobs import ONCE, job
from gateways.base import GatewayFailure, Outgoing, TemporaryFailure

log = structlog.get_logger()


@job("send_password_link", retry=ONCE)
def send_password_link(letter_id: int) -> None:
    """Make a link and send it. The token is made here, because a job's arguments are kept in Redis; the sweep is its retry."""
    letter = letters.take(letter_id)
    db.session.commit()
    if letter is None:
        log.info("password_link_skipped", letter=letter_id)
        return
    letters.settle(letter_id, *_send(letter))
    db.session.commit()


def _send(letter: Outgoing) -> tuple[str, str]:
    try:
        mail.send(letter)
    except TemporaryFailure as failure:
        return "wanted", str(failure)[:500]
    except GatewayFailure as failure:
        return "failed", str(failure)[:500]
    return "sent", ""


@job("sweep_letters")
def sweep_letters() -> None:
    """Enqueue letters whose job was lost, or that the mail server could not take."""
    for letter_id in letters.waiting(clock.now()):
        events.re_enqueue("send_password_link", letter_id)
