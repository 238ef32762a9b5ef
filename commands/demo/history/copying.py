"""Simulated rows on their way into the database: one COPY a table, in the session's transaction."""
import json
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from operator import attrgetter

from sqlalchemy import text

from commands.demo.history import rows
from commands.demo.history.hours import moment
from core.db import db

JSON = frozenset({"raw", "facts", "values", "parts", "candidates", "detail"})
ARRAYS = frozenset({"named_ids", "former_ids", "relaxed"})
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def write(kind: type, found: Sequence) -> int:
    """Write the rows of a class of rows.py; how many."""
    names = rows.columns(kind)
    quoted = ", ".join(f'"{name}"' for name in names)
    changed = [(place, how) for place, name in enumerate(names) if (how := _how(name))]
    values = attrgetter(*names)
    cursor = db.session.connection().connection.driver_connection.cursor()
    with cursor, cursor.copy(f'COPY "{rows.table(kind)}" ({quoted}) FROM STDIN') as copy:
        for row in found:
            copy.write_row(_plain(list(values(row)), changed))
    return len(found)


def _plain(values: list, changed: Iterable[tuple[int, Callable]]) -> list:
    for place, how in changed:
        if values[place] is not None:
            values[place] = how(values[place])
    return values


def _how(name: str) -> Callable | None:
    if name in rows.TIMES:
        return _when
    return _encode if name in JSON else _array if name in ARRAYS else None


@lru_cache(maxsize=1 << 16)
def _when(seconds: int) -> str:
    return moment(seconds).isoformat()


def _array(values: list) -> str:
    return "{" + ",".join(map(str, values)) + "}"


def analyse() -> None:
    """Let the database know what the tables hold now: else it would plan as if they were empty."""
    for kind in (rows.TicketRow, rows.Clock, rows.Message, rows.Survey, rows.Trace, rows.Notice):
        db.session.execute(text(f'ANALYZE "{rows.table(kind)}"'))
