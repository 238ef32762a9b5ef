"""Loading a folder of reference data."""
from collections import Counter
from pathlib import Path

import click
from flask.cli import with_appcontext

from answers.loader import load_answers
from catalog import loader
from catalog.staff import StaffImport
from commands.table_file import Table
from commands.terminal import plainly
from core.actor import SYSTEM
from core.db import db
from hotline.texts.words import load_words
from hotline.transcripts.loader import load_dictionary
from triage.loader import load_subjects, load_triage


def load(folder: Path, refresh: bool = False) -> Counter:
    """Load catalogue, answers, examples, words, dictionary and staff of a pack, in the present transaction. Raises DomainError at the first fault."""
    return (loader.load_pack(folder, refresh) + load_answers(folder, refresh) + load_triage(folder, refresh) + load_words(folder, refresh)
            + load_dictionary(folder, refresh) + load_staff(folder))


def load_for_texts(folder: Path) -> Counter:
    """Add the lists of words and the standard answers that are missing; what is there stays as people edited it."""
    return load_answers(folder) + load_words(folder)


def load_for_pairs(folder: Path) -> Counter:
    """Add the subjects and products that are missing, by which two contacts are told apart."""
    return load_subjects(folder) + loader.load_list(folder, "products")


def load_staff(folder: Path, is_demo: bool = False) -> Counter:
    """Add or update everybody in `folder`/staff.csv, if it is there."""
    path = folder / "staff.csv"
    people = StaffImport(SYSTEM, is_demo)
    return Counter(people.take(row.values) for row in Table(path, {}, {}).rows()) if path.exists() else Counter()


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
