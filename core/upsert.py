"""Rows that may be there already: added once, and changed later only when that is asked for."""
from sqlalchemy import select

from core.db import db


def put(model, key: dict, values: dict, refresh: bool = True) -> str:
    """Make sure that the row `key` of `model` exists. Returns added, changed or kept.

    With `refresh` an existing row gets `values`; without, it stays as somebody edited it.
    """
    row = db.session.scalar(select(model).filter_by(**key))
    if row is None:
        db.session.add(model(**key, **values))
        db.session.flush()
        return "added"
    if not refresh or all(getattr(row, name) == value for name, value in values.items()):
        return "kept"
    for name, value in values.items():
        setattr(row, name, value)
    db.session.flush()
    return "changed"
