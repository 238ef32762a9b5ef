"""Finding staff."""
from sqlalchemy import any_, func, select

from accounts.models import User
from core.db import db


def exists() -> bool:
    """True once somebody can sign in here."""
    return db.session.scalar(select(select(User.id).exists()))


def by_login(login: str) -> User | None:
    """The person with this sign-in name, however it is capitalised."""
    return db.session.scalar(select(User).where(func.lower(User.login) == login.strip().lower()))


def by_login_or_email(text: str) -> User | None:
    """The one person whom a sign-in name or an e-mail address names; None if nobody or several."""
    named = by_login(text)
    if named is not None:
        return named
    found = db.session.scalars(select(User).where(func.lower(User.email) == text.strip().lower(), User.active).limit(2)).all()
    return found[0] if len(found) == 1 else None


def other_admins(user: User) -> int:
    """How many active administrators there are beside this person."""
    return db.session.scalar(select(func.count()).select_from(User).where(User.active, any_(User.roles) == "admin", User.id != user.id))
