"""Whose browser this is: the person behind the session cookie, on every request."""
from flask import current_app, g, redirect, request, session, url_for
from flask_login import LoginManager, current_user

from accounts import sessions
from accounts.models import StaffSession, User
from core.db import db
from core.pages import is_public

TOKEN = "staff"
KEPT = ("lang",)  # what survives signing in and out
WITH_OLD_PASSWORD = ("accounts.password", "accounts.sign_out")

manager = LoginManager()
manager.session_protection = None  # a session is a row that can be revoked; comparing browsers adds nothing to it


def init_app(app) -> None:
    """Connect Flask-Login and the hooks."""
    manager.init_app(app)
    app.before_request(keep_alive)
    app.before_request(ask_for_new_password)


@manager.request_loader
def load(_request) -> User | None:
    """The signed-in person, read once a request."""
    row = sessions.find(session.get(TOKEN))
    g.staff_session = row
    return row.user if row else None


def present_session() -> StaffSession:
    """The row of this browser; only where somebody is signed in."""
    return g.staff_session


def begin(user: User) -> None:
    """Sign a person in: everything in the old cookie but the language is forgotten, so that a planted one is worthless."""
    forget()
    session[TOKEN] = sessions.sign_in(user, request.remote_addr or "", request.user_agent.string)


def forget() -> None:
    """Empty the cookie but for the language."""
    kept = {key: session[key] for key in KEPT if key in session}
    session.clear()
    session.update(kept)


def keep_alive() -> None:
    """Note once a minute that the person is still here. Before the view, so that nothing half done is committed with it.

    What a page asks by itself (a view marked `by_itself`) is no sign of anybody.
    """
    if getattr(current_app.view_functions.get(request.endpoint), "by_itself", False):
        return
    if TOKEN in session and current_user.is_authenticated and sessions.is_stale(present_session()):
        sessions.touch(present_session())
        db.session.commit()


def ask_for_new_password():
    """Whoever was given a password by somebody else changes it before anything else."""
    if is_public(current_app, request.endpoint) or request.endpoint in WITH_OLD_PASSWORD:
        return None
    return redirect(url_for("accounts.password")) if current_user.must_change_password else None
