"""Bringing a copy made by core.backup back into a database and a storage: all of it, or nothing."""
import hashlib
import json
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from psycopg import Connection
from psycopg.sql import SQL, Identifier

from core.backup import FILES, FORMAT, MANIFEST, Summary, migration
from core.files import Storage

KEYS = """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
          WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2"""
# Reference data is loaded into every new database; these tables hold what people did.
FILLED_BY_PEOPLE = ("user", "retailer", "intake_record", "ticket")
BLOCK = 1 << 20


class BadBackup(Exception):
    """The file is no copy of ours, is damaged, or does not fit this database; the text says which."""


def unpack(source: Path, folder: Path) -> dict:
    """Unpack into `folder` and check every table against the manifest, which is returned. Raises BadBackup."""
    try:
        with tarfile.open(source, "r:gz") as archive:
            _take_out(archive, folder)
        manifest = json.loads((folder / MANIFEST).read_text())
    except (OSError, EOFError, tarfile.TarError, ValueError) as error:
        raise BadBackup(f"{source} cannot be read as a backup: {error}") from None
    if manifest.get("format") != FORMAT:
        raise BadBackup(f"{source} has format {manifest.get('format')}; this version reads {FORMAT}.")
    for name, table in manifest["tables"].items():
        path = folder / "tables" / f"{name}.copy"
        if not path.exists() or _digest(path) != table["sha256"]:
            raise BadBackup(f"{source} is damaged: the table {name} is not what the manifest says.")
    return manifest


def _take_out(archive: tarfile.TarFile, folder: Path) -> None:
    # Not extractall: its filters are missing in the first versions of Python 3.11, and a copy holds nothing but files.
    inside = folder.resolve()
    for member in archive:
        path = (inside / member.name).resolve()
        if not member.isfile() or not path.is_relative_to(inside):
            raise BadBackup(f"{member.name} does not belong in a backup.")
        path.parent.mkdir(parents=True, exist_ok=True)
        with archive.extractfile(member) as packed, path.open("wb") as file:
            shutil.copyfileobj(packed, file, BLOCK)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_empty(connection: Connection) -> bool:
    """True if nobody has worked in this database yet, or it has no tables at all."""
    if migration(connection) is None:
        return True
    asked = [SQL("EXISTS (SELECT FROM {})").format(Identifier(name)) for name in FILLED_BY_PEOPLE]
    return not connection.execute(SQL("SELECT {}").format(SQL(" OR ").join(asked))).fetchone()[0]


def load(connection: Connection, storage: Storage, folder: Path, manifest: dict) -> Summary:
    """Replace the content of every table by the unpacked copy, in one transaction; then put the files back.

    The foreign keys are taken off and made again, so that each is checked once over all rows and tables may point at
    each other. That needs the owner of the tables, not a superuser. Raises BadBackup.
    """
    if migration(connection) != manifest["migration"]:
        raise BadBackup(f"The backup has tables of version {manifest['migration']}, this database {migration(connection)}.")
    connection.execute("SET LOCAL lock_timeout = '10s'")
    before = _keys(connection)
    with _without_keys(connection):
        rows = sum(_copy_in(connection, folder, name, table) for name, table in manifest["tables"].items())
    for name, last in manifest["sequences"].items():
        connection.execute("SELECT setval(%s::regclass, %s, %s)", (f'"{name}"', last or 1, last is not None))
    files = _put_files(connection, storage, folder, set(manifest["missing"]))
    after = _keys(connection)
    connection.commit()
    for key in before - after:  # photos of matters that are not in the copy
        storage.delete(key)
    return Summary(rows, files, tuple(manifest["missing"]))


def _keys(connection: Connection) -> set[str]:
    return {key for key, _digest in connection.execute(FILES).fetchall()}


@contextmanager
def _without_keys(connection: Connection) -> Iterator[None]:
    keys = connection.execute(KEYS).fetchall()
    for table, name, _definition in keys:
        connection.execute(SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(SQL(table), Identifier(name)))
    yield
    for table, name, definition in keys:
        connection.execute(SQL("ALTER TABLE {} ADD CONSTRAINT {} {}").format(SQL(table), Identifier(name), SQL(definition)))


def _copy_in(connection: Connection, folder: Path, name: str, table: dict) -> int:
    connection.execute(SQL("TRUNCATE {}").format(Identifier(name)))
    columns = SQL(", ").join(map(Identifier, table["columns"]))
    with (folder / "tables" / f"{name}.copy").open("rb") as file, connection.cursor() as cursor:
        with cursor.copy(SQL("COPY {} ({}) FROM STDIN").format(Identifier(name), columns)) as copy:
            while block := file.read(BLOCK):
                copy.write(block)
        if cursor.rowcount != table["rows"]:
            raise BadBackup(f"The table {name} got {cursor.rowcount} rows instead of {table['rows']}.")
    return table["rows"]


def _put_files(connection: Connection, storage: Storage, folder: Path, missing: set[str]) -> int:
    count = 0
    for key, digest in connection.execute(FILES).fetchall():
        if key in missing:
            continue
        path = folder / "files" / key
        if not path.exists() or _digest(path) != digest:
            raise BadBackup(f"The file {key} is missing from the backup, or damaged.")
        storage.put(key, path.read_bytes())
        count += 1
    return count
