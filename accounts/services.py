"""What happens to a person's account: the first administrator, sign-in, invitation, changes, passwords, leaving, coming back."""
from flask_babel import lazy_gettext as _l

from accounts import passwords, queries, sessions
from accounts.models import PasswordLink, User
from core import clock, locks
from core.actor import SYSTEM, Actor
from core.audit import Did, record
from core.db import db
from core.errors import DomainError

LOCK = "administrators"
CHANGEABLE = ("name", "email", "phone", "language", "roles", "joined_on", "notify_by", "superior_id")

REFUSALS = {
    "login_taken": _l("Somebody already has this sign-in name."),
    "wrong_sign_in": _l("Sign-in name or password is wrong."),
    "wrong_password": _l("Your present password is not this one."),
    "last_admin": _l("This is the only administrator. Make somebody else an administrator first."),
    "already_set_up": _l("There is an administrator already."),
    "has_left": _l("This person has left already."),
    "is_here": _l("This person has not left."),
    "own_superior": _l("Nobody reports to himself. Choose somebody else, or nobody."),
}


def refuse(code: str) -> DomainError:
    """The error for a broken rule of this page, to be raised."""
    return DomainError(code, REFUSALS[code])


def create_first_admin(name: str, login: str, password: str, language: str = "zh") -> User:
    """Make the first account, once. Raises DomainError `already_set_up`, or a reason of passwords.refuse_weak."""
    locks.hold(LOCK)  # two browsers may show the page at once
    if queries.exists():
        raise refuse("already_set_up")
    user = _new(login, name, language=language, roles=["admin"])
    passwords.refuse_weak(password, login)
    user.password_hash = passwords.make_hash(password)
    record(sessions.actor_for(user), Did.USER_INVITED, target=user.login, roles=user.roles, first=True)
    return user


def invite(actor: Actor, login: str, name: str, **facts) -> User:
    """Make an account without a password; a link lets the person set one. Raises DomainError `login_taken`."""
    user = _new(login, name, **facts)
    record(actor, Did.USER_INVITED, target=user.login, roles=user.roles)
    return user


def _new(login: str, name: str, **facts) -> User:
    login = login.strip()
    if queries.by_login(login) is not None:
        raise refuse("login_taken")
    user = User(login=login, name=name.strip(), created_at=clock.now(), active=True, **facts)
    db.session.add(user)
    db.session.flush()
    return user


def authenticate(login: str, password: str) -> User:
    """The person with this sign-in name and password. Raises DomainError `wrong_sign_in`, whatever was wrong, after leaving a trace."""
    user = queries.by_login(login)
    known = user is not None and user.active
    if not passwords.matches(user.password_hash if known else None, password):
        # What was typed may be a password in the wrong box: only a name that exists is kept.
        record(SYSTEM, Did.USER_SIGN_IN_FAILED, target=user.login if user else "")
        raise refuse("wrong_sign_in")
    if passwords.is_outdated(user.password_hash):
        user.password_hash = passwords.make_hash(password)
    return user


def change_password(user: User, present: str, new: str, keep: int | None) -> None:
    """The person's own change; every other session ends. Raises DomainError `wrong_password`, or a reason of refuse_weak."""
    if not passwords.matches(user.password_hash, present):
        raise refuse("wrong_password")
    set_password(sessions.actor_for(user), user, new, keep)


def set_password(actor: Actor, user: User, new: str, keep: int | None = None) -> None:
    """Set a password and end every session but `keep`: a stolen one must not outlive it. Raises a reason of refuse_weak."""
    passwords.refuse_weak(new, user.login)
    user.password_hash, user.must_change_password = passwords.make_hash(new), False
    record(actor, Did.USER_PASSWORD_CHANGED, target=user.login)
    sessions.revoke_all(actor, user, keep)


def note_reset_asked(user: User, actor: Actor = SYSTEM) -> None:
    """A new password was asked for: by an administrator, or by somebody who is not signed in."""
    record(actor, Did.USER_PASSWORD_RESET_ASKED, target=user.login)


def change(actor: Actor, user: User, **facts) -> list[str]:
    """Change some of CHANGEABLE; returns the names of what is different now. Raises DomainError `last_admin` or `own_superior`."""
    if facts.get("superior_id") == user.id:
        raise refuse("own_superior")
    changed = [name for name, value in facts.items() if getattr(user, name) != value]
    if "roles" in changed and "admin" in user.roles and "admin" not in facts["roles"]:
        _keep_one_admin(user)
    for name in changed:
        if name not in CHANGEABLE:
            raise ValueError(f"not to be changed here: {name}")
        setattr(user, name, facts[name])
    if changed:
        told = {"roles": user.roles} if "roles" in changed else {}
        record(actor, Did.USER_CHANGED, target=user.login, changed=changed, **told)
    return changed


def leave(actor: Actor, user: User) -> None:
    """The person leaves: no sign-in, no session, no link. The row stays for history. Raises DomainError `last_admin`, `has_left`."""
    if not user.active:
        raise refuse("has_left")
    if "admin" in user.roles:
        _keep_one_admin(user)
    sessions.revoke_all(actor, user)
    user.active, user.left_at, user.password_hash = False, clock.now(), None
    record(actor, Did.USER_LEFT, target=user.login)


def take_back(actor: Actor, user: User) -> None:
    """Somebody who had left is here again, with the roles as they were. No old link works; a new one has to be made. Raises DomainError `is_here`."""
    if user.active:
        raise refuse("is_here")
    db.session.execute(db.delete(PasswordLink).where(PasswordLink.user_id == user.id))
    user.active, user.left_at = True, None
    record(actor, Did.USER_TAKEN_BACK, target=user.login, roles=user.roles)


def _keep_one_admin(user: User) -> None:
    locks.hold(LOCK)  # two administrators must not remove each other at the same moment
    if not queries.other_admins(user):
        raise refuse("last_admin")
