"""flask demo-load and flask remove-demo."""
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from commands.demo import loading, removal
from commands.terminal import plainly
from core import settings


def folder() -> Path:
    """The pack of the demo organisation."""
    return Path(current_app.root_path) / "packs" / "demo"


@click.command("demo-load")
@with_appcontext
@plainly
def demo_load() -> None:
    """Add an invented organisation to try things out: staff, shops, sixty complaints. It is marked, and easily removed."""
    if settings.get("demo"):
        raise click.ClickException("The demo organisation is here already.")
    click.echo(f"The demo organisation is here: {loading.load(folder())} complaints.")


@click.command("remove-demo")
@with_appcontext
@plainly
def remove_demo() -> None:
    """Remove the demo organisation and everything that hangs on it. Real data stays."""
    done = removal.remove(loading.names(folder()))
    click.echo("Removed: " + ", ".join(f"{count} {what}" for what, count in done.items()))
    if not removal.admins_left():
        click.echo("Nobody administers this now: make an administrator with flask create-admin LOGIN.")
