"""The password of the demo organisation: one for each installation, kept in its data folder, told by `flask sign-ins`."""
import secrets
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import func, select, update

from accounts import passwords
from accounts.models import ROLES, User
from catalog.models import Membership
from core.db import db
from core.machine.data_folder import Refused, read_private, write_private
from tickets.lifecycle import OPEN
from tickets.models import Ticket

CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"  # no letter that is read as another one
LENGTH = 12


def _file() -> Path:
    return Path(current_app.config["DATA_DIR"]) / "demo-sign-ins.json"


def give_passwords() -> None:
    """Let all demo staff sign in with one new password, and keep it for the terminal."""
    password = "".join(secrets.choice(CLEAR) for _ in range(LENGTH))
    db.session.execute(update(User).where(User.is_demo).values(password_hash=passwords.make_hash(password)))
    write_private(_file(), {"password": password})


def share_password() -> None:
    """Let staff who came later sign in with the password that the others have."""
    known = select(User.password_hash).where(User.is_demo, User.password_hash.is_not(None)).order_by(User.id).limit(1).scalar_subquery()
    db.session.execute(update(User).where(User.is_demo, User.password_hash.is_(None)).values(password_hash=known))


def forget() -> None:
    """Nobody can sign in with it any more."""
    _file().unlink(missing_ok=True)


@click.command("sign-ins")
@with_appcontext
def sign_ins() -> None:
    """Print one line for each role of the demo organisation: role, sign-in name, password. Nothing without a demo."""
    try:
        password = read_private(_file())["password"]
    except Refused:
        return
    staff = db.session.scalars(select(User).where(User.is_demo, User.active).order_by(User.id)).all()
    work = _work_of_teams()
    busiest = sorted(staff, key=lambda user: -work.get(user.id, 0))  # whoever signs in first should find something to do
    for role in ROLES:
        login = next((user.login for user in busiest if user.roles[0] == role), None)
        if login:
            click.echo(f"  {role:<11}{login:<13}{password}")


def _work_of_teams() -> dict[int, int]:
    """Open tickets of each person's team, by user id."""
    rows = db.session.execute(select(Membership.user_id, func.count(Ticket.id)).join(Ticket, Ticket.team_id == Membership.team_id)
                              .where(Ticket.state.in_(OPEN)).group_by(Membership.user_id))
    return dict(rows.all())
