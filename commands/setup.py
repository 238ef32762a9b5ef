"""flask setup: from an empty database to one that can be worked with; harmless and quick when nothing is to be done."""
import logging
import time
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy import exists, select, text
from sqlalchemy.exc import OperationalError

from catalog import calendar_loader
from catalog.models import Leaf
from commands import packs
from commands.demo import command, loading, removal
from commands.terminal import plainly
from core.db import db
from hotline.texts.models import TextWords
from triage.models import TriageCue

PATIENCE = 60
# What came after the first release: a sign that it is there, and what loads it.
LATER = ((TextWords.code.is_not(None), packs.load_for_texts), (TriageCue.kind == "subject", packs.load_for_pairs))


@click.command("setup")
@click.option("--demo", is_flag=True, help="In an empty organisation: load the demo as well.")
@with_appcontext
@plainly
def setup(demo: bool) -> None:
    """Wait for the database, bring its tables up to date, load reference data if there is none, and the calendar."""
    click.echo("  waiting for the database, then its tables")
    _await_database()
    migrate()
    _load_reference_data(Path(current_app.root_path) / "packs" / "standard")
    list(calendar_loader.load_holidays())
    db.session.commit()
    if demo and loading.wanted():
        click.echo("  the demo: staff, shops, and every story played through; this takes longest, a minute or more")
        removal.remove(loading.names(command.folder()))  # what a killed start left behind
        loading.load(command.folder())


def _load_reference_data(pack: Path) -> None:
    """Everything into an empty database; into one that is older than a list of LATER, that list."""
    if not db.session.scalar(select(exists().where(Leaf.code.is_not(None)))):
        click.echo("  categories, times, standard answers")
        packs.load(pack)
        return
    for is_there, load in LATER:
        if not db.session.scalar(select(exists().where(is_there))):
            load(pack)


def migrate(revision: str = "head") -> None:
    """Bring the tables to `revision`."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    upgrade(directory=str(Path(current_app.root_path) / "migrations"), revision=revision)


def _await_database() -> None:
    """Wait until the database answers. ClickException after a minute."""
    began = time.monotonic()
    while True:
        try:
            db.session.execute(text("SELECT 1"))
            db.session.rollback()
            return
        except OperationalError as error:
            db.session.rollback()
            if time.monotonic() - began > PATIENCE:
                raise click.ClickException(f"The database does not answer: {error.orig}") from None
            time.sleep(0.5)
