"""Runs migrations on the application's own engine."""
from alembic import context
from flask import current_app


def run() -> None:
    """Apply or compare migrations in one transaction."""
    database = current_app.extensions["migrate"].db
    with database.engine.connect() as connection:
        context.configure(connection=connection, target_metadata=database.metadata, compare_type=True)
        with context.begin_transaction():
            context.run_migrations()


run()
