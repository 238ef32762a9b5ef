"""Sending links to set a password, in the background."""
import structlog

from accounts import mail, password_links
from accounts.models import PasswordLink, User
from core.db import db
from core.jobs import NETWORK, job
from gateways.base import TemporaryFailure

log = structlog.get_logger()


@job("send_password_link", retry=NETWORK)
def send_password_link(user_id: int, purpose: str) -> None:
    """Make a link and send it. The token is made here, because a job's arguments are kept in Redis."""
    user = db.session.get(User, user_id, with_for_update=True)
    if user is None or not user.active or not user.email or password_links.just_made(user, purpose):
        log.info("password_link_skipped", user=user_id, purpose=purpose)
        return
    link, token = password_links.make(user, purpose)
    letter = mail.password_letter(user, purpose, password_links.address(token), f"password-link-{link.id}")
    link_id = link.id
    db.session.commit()
    db.session.close()
    _send(letter, link_id)


def _send(letter, link_id: int) -> None:
    try:
        mail.send(letter)
    except TemporaryFailure:
        # Nobody has the token: without the row the next try makes a new one.
        db.session.execute(db.delete(PasswordLink).where(PasswordLink.id == link_id))
        db.session.commit()
        raise
