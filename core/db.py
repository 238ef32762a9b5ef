"""The database handle, the base class of models, and the column habits they share."""
from datetime import datetime

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, MetaData, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


TYPES = {datetime: DateTime(timezone=True), dict: JSONB, list[str]: ARRAY(Text), str: Text, list[dict]: JSONB}


class Base(DeclarativeBase):
    """Every model: times are timestamptz, dicts are JSONB, lists of text are arrays."""

    # The registry is spelled out because Flask-SQLAlchemy copies this class, and SQLAlchemy refuses a copied type_annotation_map.
    registry = registry(metadata=MetaData(naming_convention=NAMES), type_annotation_map=TYPES)


class Numbered:
    """A surrogate key."""

    id: Mapped[int] = mapped_column(primary_key=True)


db = SQLAlchemy(model_class=Base)

EMPTY_JSON = text("'{}'::jsonb")
EMPTY_ARRAY = text("'{}'::text[]")


def one_of(column: str, values) -> str:
    """The SQL of a check that `column` holds one of `values`."""
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({listed})"
