"""Letters with a link to set a password: wanted together with their reason, sent by a job, found again when the job was lost.

Such a letter may go out twice, never be forgotten: each has a link of its own, and using one ends the others.
"""
from datetime import datetime, timedelta

from sqlalchemy import func, select

from accounts import mail, password_links
from accounts.events import PasswordLinkWanted
from accounts.models import PasswordLetter, User
from core import clock, events
from core.db import db
from core.jobs import given_up
from gateways.base import Outgoing

AT_ONCE = timedelta(minutes=1)
TRY_AGAIN_AFTER = timedelta(minutes=2)
GIVE_UP_AFTER = timedelta(days=1)
MOST = 500


def want(user: User, purpose: str) -> None:
    """The person is to get a letter (`invite` or `reset`); whoever asks twice within a minute gets one."""
    db.session.get(User, user.id, with_for_update=True)  # two clicks at the same moment come one after the other
    since = clock.now() - AT_ONCE
    asked = select(PasswordLetter.id).where(PasswordLetter.user_id == user.id, PasswordLetter.purpose == purpose, PasswordLetter.wanted_at > since)
    if db.session.scalar(asked) is not None:
        return
    letter = PasswordLetter(user_id=user.id, purpose=purpose, state="wanted", wanted_at=clock.now())
    db.session.add(letter)
    db.session.flush()
    events.emit(PasswordLinkWanted(letter.id))


def take(letter_id: int) -> Outgoing | None:
    """Make the link of a wanted letter and write the letter; None if it is not wanted, or was in hand within the last minute.

    The token stands in the letter only: whoever tries again makes another link.
    """
    letter = db.session.get(PasswordLetter, letter_id, with_for_update=True)
    now = clock.now()
    if letter is None or letter.state != "wanted" or (letter.tried_at and letter.tried_at > now - AT_ONCE):
        return None
    letter.tried_at, user = now, letter.user
    if not (user.active and user.email):
        letter.state = "failed"
        return None
    link, token = password_links.make(user, letter.purpose)
    return mail.password_letter(user, letter.purpose, password_links.address(token), f"password-link-{link.id}")


def settle(letter_id: int, state: str, error: str) -> None:
    """Keep what became of a letter that was in hand; the person may have got in by another way meanwhile."""
    letter = db.session.get(PasswordLetter, letter_id, with_for_update=True)
    if letter is not None:
        letter.state, letter.error = state, error


def waiting(now: datetime) -> list[int]:
    """Ids of letters of the last day whose job was lost, or that the mail server could not take."""
    last = func.coalesce(PasswordLetter.tried_at, PasswordLetter.wanted_at)
    return list(db.session.scalars(select(PasswordLetter.id).where(
        PasswordLetter.state == "wanted", PasswordLetter.wanted_at > now - GIVE_UP_AFTER, last < now - TRY_AGAIN_AFTER,
        ~given_up("send_password_link", PasswordLetter.id)).order_by(PasswordLetter.id).limit(MOST)))


def unsent(user_ids: list[int]) -> dict[int, PasswordLetter]:
    """The last letter of each of these people, where it has not gone out although it should have."""
    last = select(func.max(PasswordLetter.id)).where(PasswordLetter.user_id.in_(user_ids)).group_by(PasswordLetter.user_id)
    late = (PasswordLetter.state == "wanted") & (PasswordLetter.wanted_at < clock.now() - AT_ONCE)
    found = db.session.scalars(select(PasswordLetter).where(PasswordLetter.id.in_(last), late | (PasswordLetter.state == "failed")))
    return {letter.user_id: letter for letter in found}
