"""Signed-in browsers as rows: opened at sign-in, ended by sign-out, by idling, or by somebody who revokes them."""
import hashlib
import secrets
from datetime import datetime, timedelta

from accounts.models import StaffSession, User
from core import clock, settings
from core.actor import Actor
from core.audit import Did, record
from core.db import db
from core.settings import Setting

settings.define(Setting("session_idle_hours", "int", 12, "accounts", "Hours without a click after which a person is signed out"))

SEEN_EVERY = timedelta(minutes=1)
AGENT_LENGTH = 300


def token_hash(token: str) -> str:
    """What is stored of a token: who reads the database cannot use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign_in(user: User, address: str, agent: str) -> str:
    """Open a session for a person whose password was checked. Returns the token, which is kept nowhere but in the browser."""
    token, now = secrets.token_urlsafe(32), clock.now()
    db.session.add(StaffSession(user_id=user.id, token_hash=token_hash(token), created_at=now, last_seen_at=now,
                                address=address, agent=agent[:AGENT_LENGTH]))
    record(actor_for(user), Did.USER_SIGNED_IN, target=user.login, address=address)
    return token


def actor_for(user: User) -> Actor:
    """The person as an actor in matters of his own account."""
    return Actor(kind="staff", id=user.id, name=user.name, roles=frozenset(user.roles))


def find(token: str | None) -> StaffSession | None:
    """The living session of this token: not revoked, not idle for too long, its person still with us."""
    if not token:
        return None
    query = _living().where(StaffSession.token_hash == token_hash(token)).options(db.contains_eager(StaffSession.user))
    return db.session.scalar(query)


def of_user(user: User) -> list[StaffSession]:
    """The living sessions of a person, the last used first."""
    return list(db.session.scalars(_living().where(StaffSession.user_id == user.id).order_by(StaffSession.last_seen_at.desc())))


def _living():
    return db.select(StaffSession).join(StaffSession.user).where(
        StaffSession.revoked_at.is_(None), StaffSession.last_seen_at > _idle_since(), User.active)


def _idle_since() -> datetime:
    return clock.now() - timedelta(hours=settings.get("session_idle_hours"))


def is_stale(session: StaffSession) -> bool:
    """True once a minute: writing at every click would cost more than it tells."""
    return clock.now() - session.last_seen_at > SEEN_EVERY


def touch(session: StaffSession) -> None:
    """The person is still here."""
    session.last_seen_at = clock.now()


def sign_out(actor: Actor, session: StaffSession) -> None:
    """End the person's own session."""
    session.revoked_at = clock.now()
    record(actor, Did.USER_SIGNED_OUT, target=session.user.login)


def revoke(actor: Actor, user: User, session_id: int) -> bool:
    """End one session of `user`, wherever that browser is; False if he has no such living session."""
    session = db.session.get(StaffSession, session_id)
    if session is None or session.user_id != user.id or session.revoked_at is not None:
        return False
    session.revoked_at = clock.now()
    record(actor, Did.SESSION_REVOKED, target=user.login)
    return True


def revoke_all(actor: Actor, user: User, keep: int | None = None) -> int:
    """End every session of `user` but the one with the id `keep`. Returns how many."""
    ended = [session for session in of_user(user) if session.id != keep]
    for session in ended:
        session.revoked_at = clock.now()
    if ended:
        record(actor, Did.SESSION_REVOKED, target=user.login, number=len(ended))
    return len(ended)
