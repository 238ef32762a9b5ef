"""flask import-retailers, import-staff and import-complaints: files of another system become rows of ours."""
import functools
import time
from collections.abc import Callable
from pathlib import Path

import click
from flask.cli import with_appcontext

from catalog.staff import FIELDS as STAFF
from catalog.staff import StaffImport
from commands import import_run
from commands.table_file import READERS, Table
from commands.terminal import plainly
from commands.waiting import wait_until_routed
from core.actor import SYSTEM
from intake.importing import FIELDS as COMPLAINT
from intake.importing import ComplaintImport
from retailers.importing import FIELDS as RETAILER
from retailers.importing import RetailerImport


def importing(name: str, fields: tuple[str, ...], **texts) -> Callable:
    """A command `name` with the options that every import has; the function gets the table and `dry_run`."""
    def command(function: Callable) -> Callable:
        @functools.wraps(function)
        def parsed(file: Path, columns, defaults, **options):
            table = Table(file, _pairs(columns, fields, "--map"), _pairs(defaults, fields, "--default"))
            return function(table, **options)
        return click.command(name, epilog=f"Fields: {', '.join(fields)}.", **texts)(_options(with_appcontext(plainly(parsed))))
    return command


def _options(function: Callable) -> Callable:
    for add in (click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), callback=_known_format),
                click.option("--map", "columns", multiple=True, metavar="OURS=THEIRS",
                             help="Take our field from their column; several columns are joined with +."),
                click.option("--default", "defaults", multiple=True, metavar="FIELD=VALUE", help="The value of a field that is empty."),
                click.option("--dry-run", is_flag=True, help="Write nothing; say what would happen.")):
        function = add(function)
    return function


def _known_format(context, parameter, path: Path) -> Path:
    if path.suffix.lower() not in READERS:
        raise click.BadParameter(f"the name must end in {' or '.join(READERS)}")
    return path


def _pairs(texts: tuple[str, ...], fields: tuple[str, ...], option: str) -> dict[str, str]:
    pairs = dict(text.partition("=")[::2] for text in texts)
    for name, value in pairs.items():
        if name not in fields or not value:
            raise click.UsageError(f"{option}: write FIELD=VALUE with one of these fields: {', '.join(fields)}")
    return pairs


@importing("import-retailers", RETAILER, help="Add and update shops by licence number from a CSV or JSONL FILE.")
def import_retailers(table: Table, dry_run: bool) -> None:
    """Shops by licence number."""
    shops = RetailerImport(SYSTEM)
    import_run.run(table, "retailers", lambda row: shops.take(row.values), dry_run)


@importing("import-staff", STAFF, help="Add and update staff by sign-in name from a CSV or JSONL FILE. Nobody gets a password.")
def import_staff(table: Table, dry_run: bool) -> None:
    """Staff by sign-in name."""
    people = StaffImport(SYSTEM)
    import_run.run(table, "staff", lambda row: people.take(row.values), dry_run)


@click.option("--id-column", default="", help="Their column with a number of its own for each complaint.")
@click.option("--wait", is_flag=True, help="Wait until the workers have made and routed every ticket; say how long it took.")
@importing("import-complaints", COMPLAINT, help="Take in complaints from a CSV or JSONL FILE; the workers make the tickets.")
def import_complaints(table: Table, dry_run: bool, id_column: str, wait: bool) -> None:
    """Complaints, each once however often the file comes."""
    began, complaints = time.monotonic(), ComplaintImport(id_column)
    import_run.run(table, "complaints", lambda row: complaints.take(row.values, row.raw), dry_run)
    click.echo(f"read in {time.monotonic() - began:.1f} s")
    if wait and not dry_run:
        wait_until_routed(complaints.external_ids, began)
