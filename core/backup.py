"""A copy of everything that an installation keeps, in one file: every table as COPY text, every stored photo, a manifest.

The copy is one instant of the database (a single REPEATABLE READ transaction). It is our own plain format, so that it
can be read by another version of the PostgreSQL server, and by a person.
"""
import hashlib
import json
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from psycopg import Connection
from psycopg.sql import SQL, Identifier

from core import clock
from core.files import Storage

FORMAT = 1
MANIFEST = "manifest.json"
TABLES = """SELECT table_name FROM information_schema.tables
            WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name <> 'alembic_version' ORDER BY table_name"""
COLUMNS = """SELECT column_name FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position"""
SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema() ORDER BY sequencename"
FILES = "SELECT storage_key, sha256 FROM attachment ORDER BY id"


@dataclass(frozen=True)
class Summary:
    """What a copy holds; `missing` are photos whose file was not there any more."""

    rows: int
    files: int
    missing: tuple[str, ...] = ()


def dump(connection: Connection, storage: Storage, target: Path) -> Summary:
    """Write everything to `target`, in one step: an interrupted run leaves no half file. `connection` must be fresh."""
    half = target.with_name(target.name + ".part")
    try:
        with tempfile.TemporaryDirectory() as folder, tarfile.open(half, "w:gz", compresslevel=6) as archive:
            manifest = _dump_tables(connection, Path(folder), archive)
            missing = _dump_files(connection, storage, Path(folder), archive)
            (Path(folder) / MANIFEST).write_text(json.dumps(manifest | {"missing": missing}, indent=1))
            archive.add(Path(folder) / MANIFEST, MANIFEST)
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)
    files = connection.execute("SELECT count(*) FROM attachment").fetchone()[0] - len(missing)
    connection.rollback()
    return Summary(sum(table["rows"] for table in manifest["tables"].values()), files, tuple(missing))


def _dump_tables(connection: Connection, folder: Path, archive: tarfile.TarFile) -> dict:
    connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    tables = {}
    for (name,) in connection.execute(TABLES).fetchall():
        columns = [column for (column,) in connection.execute(COLUMNS, (name,)).fetchall()]
        path = folder / "table"
        tables[name] = {"columns": columns, **_copy_out(connection, name, columns, path)}
        archive.add(path, f"tables/{name}.copy")
        path.unlink()
    return {"format": FORMAT, "made_at": clock.now().isoformat(), "migration": migration(connection), "tables": tables,
            "sequences": dict(connection.execute(SEQUENCES).fetchall())}


def _copy_out(connection: Connection, name: str, columns: list[str], path: Path) -> dict:
    digest = hashlib.sha256()
    query = SQL("COPY {} ({}) TO STDOUT").format(Identifier(name), SQL(", ").join(map(Identifier, columns)))
    with path.open("wb") as file, connection.cursor() as cursor:
        with cursor.copy(query) as copy:
            for block in copy:
                digest.update(block)
                file.write(block)
        return {"rows": cursor.rowcount, "sha256": digest.hexdigest()}


def _dump_files(connection: Connection, storage: Storage, folder: Path, archive: tarfile.TarFile) -> list[str]:
    missing = []
    for key, _digest in connection.execute(FILES).fetchall():
        try:
            (folder / "file").write_bytes(storage.get(key))
        except FileNotFoundError:
            missing.append(key)
        else:
            archive.add(folder / "file", f"files/{key}")
    return missing


def migration(connection: Connection) -> str | None:
    """The version of the tables; None in a database that has none."""
    if connection.execute("SELECT to_regclass('alembic_version')").fetchone()[0] is None:
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return row[0] if row else None
