"""flask backup and flask restore: the database and the files, in one archive."""
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import psycopg
from flask.cli import with_appcontext

from commands.setup import migrate
from core import backup as copies
from core import files, restoring
from core.db import db
from notifications.restored import hold_back


@contextmanager
def connected() -> Iterator[psycopg.Connection]:
    """A connection of its own, beside the session's."""
    url = db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as connection:
        yield connection


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def backup(file: Path) -> None:
    """Write the database and all files to FILE (.tar.gz). People may go on working meanwhile."""
    os.umask(0o077)  # names, numbers and password hashes are in it
    try:
        with connected() as connection:
            done = copies.dump(connection, files.storage(), file)
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}") from None
    click.echo(f"{file}: {done.rows} rows, {done.files} files, {file.stat().st_size:,} bytes")
    if done.missing:
        click.echo(f"{len(done.missing)} files were not in the storage any more: {', '.join(done.missing[:5])}", err=True)


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace what people entered in this database.")
@with_appcontext
def restore(file: Path, force: bool) -> None:
    """Replace everything in the database by the content of FILE. Stop web server, workers and scheduler before."""
    try:
        with tempfile.TemporaryDirectory() as folder, connected() as connection:
            manifest = restoring.unpack(file, Path(folder))
            _refuse_if_used(connection, force)
            _match_tables(connection, manifest["migration"])
            done = restoring.load(connection, files.storage(), Path(folder), manifest)
    except restoring.BadBackup as error:
        raise click.ClickException(str(error)) from None
    except psycopg.errors.LockNotAvailable:
        raise click.ClickException("Somebody is working in this database. Stop web server, workers and scheduler first.") from None
    migrate()  # an older copy ends up with the tables of this version
    held = hold_back()
    db.session.commit()
    click.echo(f"{file}: {done.rows} rows and {done.files} files are back, as of {manifest['made_at']}")
    if held:
        click.echo(f"{held} messages waited when the copy was made. They may have gone out since and are not sent again: "
                   "see Operations and the calls to make.")


def _refuse_if_used(connection: psycopg.Connection, force: bool) -> None:
    if not force and not restoring.is_empty(connection):
        raise click.ClickException("This database is in use: people or tickets are in it. --force replaces them.")


def _match_tables(connection: psycopg.Connection, version: str) -> None:
    """An empty database gets the tables of the copy first; one of another version is refused by the loader."""
    fresh = copies.migration(connection) is None
    connection.rollback()  # the migration works on a connection of its own
    if fresh:
        migrate(version)
