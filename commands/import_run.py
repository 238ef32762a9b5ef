"""One run of an import: every row wholly or not at all, in batches that stay when the run is interrupted."""
import csv
import json
import os
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import click
from flask_babel import gettext as _
from sqlalchemy.exc import DataError, IntegrityError

from commands.table_file import Row, Table, count_lines
from core.actor import SYSTEM
from core.audit import Did, record
from core.db import db
from core.errors import DomainError

BATCH = 200
SHOWN = 20

Refused = tuple[Row, str]


def run(table: Table, kind: str, take: Callable[[Row], str], dry_run: bool) -> Counter:
    """Give every row to `take`, which says what became of it; counts of that, and of `refused`.

    Refused rows are listed in a file beside the table (or in the present folder if that cannot be written), with line
    and reason. With `dry_run` nothing is written anywhere: the whole run is rolled back and refusals are printed.
    """
    done, refused = Counter(), []
    with click.progressbar(length=count_lines(table.path), label=table.path.name, file=sys.stderr, update_min_steps=50) as bar:
        before = 0
        for number, row in enumerate(table.rows(), 1):
            _take(row, take, done, refused)
            if number % BATCH == 0 and not dry_run:
                db.session.commit()
            bar.update(row.line - before)
            before = row.line
    _finish(table, kind, done, refused, dry_run)
    return done


def _take(row: Row, take: Callable[[Row], str], done: Counter, refused: list[Refused]) -> None:
    try:
        if row.fault:
            raise DomainError("unreadable", row.fault)
        with db.session.begin_nested():
            what = take(row)
        done[what] += 1
    except DomainError as error:
        refused.append((row, str(error.message)))
        done["refused"] += 1
    except (IntegrityError, DataError) as error:
        refused.append((row, _("The database refuses this row: %(why)s", why=str(error.orig).splitlines()[0])))
        done["refused"] += 1


def _finish(table: Table, kind: str, done: Counter, refused: list[Refused], dry_run: bool) -> None:
    if dry_run:
        db.session.rollback()
        _show(refused)
    else:
        record(SYSTEM, Did.DATA_IMPORTED, target=table.path.name, kind=kind, **done)
        db.session.commit()
        _list(table.path, refused)
    counts = ", ".join(f"{count} {what}" for what, count in sorted(done.items())) or "no rows"
    click.echo(f"{table.path.name}: {counts}" + (" (dry run: nothing was written)" if dry_run else ""))
    for column in table.unseen():
        click.echo(f"The column {column!r} does not occur in the file.", err=True)


def _show(refused: list[Refused]) -> None:
    for row, reason in refused[:SHOWN]:
        click.echo(f"line {row.line}: {reason}")
    if len(refused) > SHOWN:
        click.echo(f"... and {len(refused) - SHOWN} more")


def _list(path: Path, refused: list[Refused]) -> None:
    """Write line, reason and row of what was refused. A repeated run refuses the same rows, so its list replaces the old one."""
    folder = path.parent if os.access(path.parent, os.W_OK) else Path.cwd()
    side = folder / f"{path.name}.refused.csv"
    if not refused:
        side.unlink(missing_ok=True)
        return
    with side.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("line", "reason", "row"))
        writer.writerows((row.line, reason, json.dumps(row.raw, ensure_ascii=False)) for row, reason in refused)
    click.echo(f"Refused rows are listed in {side}")
