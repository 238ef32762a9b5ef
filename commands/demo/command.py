"""flask demo-load, flask demo and flask remove-demo."""
from dataclasses import replace
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from commands.demo import loading, removal
from commands.demo.history import loading as history
from commands.demo.history import looking_back
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


@click.command("demo")
@click.option("--weeks", type=click.IntRange(2), help="How many weeks of history (default: 78).")
@click.option("--tickets", type=click.IntRange(1), help="About how many complaints (default: 12000).")
@with_appcontext
@plainly
def demo(weeks: int | None, tickets: int | None) -> None:
    """Add eighteen months of invented history: 1,200 shops, about 12,000 complaints. Loads the demo organisation first if it is not there."""
    if history.is_here():
        raise click.ClickException("The demo history is here already.")
    if not settings.get("demo"):
        click.echo(f"The demo organisation is here: {loading.load(folder())} complaints.")
    asked = {name: value for name, value in (("weeks", weeks), ("tickets", tickets)) if value}
    plan = replace(history.plan_of(folder()), **asked)
    done = history.load(folder(), plan)
    items = looking_back.replay(plan)
    click.echo(f"The demo history is here: {done['ticket']} complaints, {done['retailer']} more shops, {done.total()} rows. "
               f"Trends found {items} rises in it.")


@click.command("remove-demo")
@with_appcontext
@plainly
def remove_demo() -> None:
    """Remove the demo organisation and everything that hangs on it. Real data stays."""
    done = removal.remove(loading.names(folder()))
    click.echo("Removed: " + ", ".join(f"{count} {what}" for what, count in done.items()))
    if not removal.admins_left():
        click.echo("Nobody administers this now: make an administrator with flask create-admin LOGIN.")
