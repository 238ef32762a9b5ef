"""Loading a folder of reference data."""
from collections import Counter
from pathlib import Path

import click
from flask.cli import with_appcontext

from answers.loader import load_answers
from catalog import loader
from commands.terminal import plainly
from core.db import db


def load(folder: Path, refresh: bool = False) -> Counter:
    """Load the catalogue and the answers of a pack, in the present transaction."""
    return loader.load_pack(folder, refresh) + load_answers(folder, refresh)


@click.command("load-pack")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--refresh", is_flag=True, help="Overwrite what was edited with what the pack says.")
@with_appcontext
@plainly
def load_pack(folder: Path, refresh: bool) -> None:
    """Load the pack in FOLDER: catalogue, answers, calendar and, if it has any, staff."""
    done = load(folder, refresh)
    db.session.commit()
    click.echo(f"{folder}: {done['added']} added, {done['changed']} changed, {done['kept']} kept")
