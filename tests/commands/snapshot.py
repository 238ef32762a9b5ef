"""The whole content of a database, to compare before and after."""
from sqlalchemy import text

TABLES = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"


def of(connection, without: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Every row of every table as text, sorted, by table name."""
    names = sorted(set(connection.scalars(text(TABLES))) - set(without))
    return {name: sorted(connection.scalars(text(f'SELECT t::text FROM "{name}" t'))) for name in names}

