"""Links that let a person set a password once: an invitation, or a reset."""
import secrets
from datetime import timedelta

from flask_babel import lazy_gettext as _l

from accounts import services, sessions
from accounts.models import PasswordLetter, PasswordLink, User
from core import clock, links
from core.db import db
from core.errors import DomainError

# `shown` is a link that an administrator passes on by himself, where mail does not reach the person.
LIFETIME = {"invite": timedelta(days=7), "reset": timedelta(hours=1), "shown": timedelta(days=1)}


def make(user: User, purpose: str) -> tuple[PasswordLink, str]:
    """A new link and its token, of which only a hash is stored. `purpose` is one of LIFETIME."""
    token = secrets.token_urlsafe(32)
    link = PasswordLink(user_id=user.id, token_hash=sessions.token_hash(token), purpose=purpose, expires_at=clock.now() + LIFETIME[purpose])
    db.session.add(link)
    db.session.flush()
    return link, token


def address(token: str) -> str:
    """The public address of the page that a link opens."""
    return links.public(f"/desk/reset/{token}")


def find(token: str) -> PasswordLink | None:
    """The link of this token, if it still works."""
    return db.session.scalar(db.select(PasswordLink).join(PasswordLink.user).where(
        PasswordLink.token_hash == sessions.token_hash(token), PasswordLink.used_at.is_(None),
        PasswordLink.expires_at > clock.now(), User.active))


def use(token: str, password: str) -> User:
    """Set the password that the link is for; it works once, no other link of the person works afterwards, no letter follows.

    Raises DomainError `link_over`, or a reason of refuse_weak.
    """
    link = find(token)
    # Two clicks on one link: the second waits here and then finds it used.
    if link is None or db.session.get(PasswordLink, link.id, with_for_update=True, populate_existing=True).used_at is not None:
        raise DomainError("link_over", _l("This link no longer works. Please ask for a new one."))
    services.set_password(sessions.actor_for(link.user), link.user, password)
    link.used_at = clock.now()
    db.session.execute(db.delete(PasswordLink).where(PasswordLink.user_id == link.user_id, PasswordLink.id != link.id))
    db.session.execute(db.delete(PasswordLetter).where(PasswordLetter.user_id == link.user_id, PasswordLetter.state != "sent"))
    return link.user

