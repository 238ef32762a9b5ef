"""flask create-admin: somebody who can sign in and let others in."""
import click
from flask.cli import with_appcontext

from accounts import services
from commands.terminal import language, plainly
from core.actor import SYSTEM
from core.db import db


@click.command("create-admin")
@click.argument("login")
@click.option("--name", prompt="Name")
@click.password_option()
@with_appcontext
@plainly
def create_admin(login: str, name: str, password: str) -> None:
    """Make an administrator with the sign-in name LOGIN; asks for name and password."""
    user = services.invite(SYSTEM, login, name, roles=["admin"], language=language())
    services.set_password(SYSTEM, user, password)
    db.session.commit()
    click.echo(f"{user.login} can sign in now.")
