"""Runs the migrations on the app's own database, each in one transaction."""

from contextlib import contextmanager

from alembic import context
from flask import current_app
from sqlalchemy.types import TypeDecorator

from portal.database import db


def plain_type(kind, item, autogen_context):
    """Write a sealed or UTC column as the plain type that the database holds."""
    if kind == "type" and isinstance(item, TypeDecorator):
        impl = item.impl_instance
        return f"sa.{impl!r}"
    return False


@contextmanager
def without_checks(connection):
    """SQLite changes a table by making it anew, which its checks of references would refuse; they are made at the end."""
    if connection.dialect.name != "sqlite":
        yield
        return
    plain = connection.connection.dbapi_connection  # outside any transaction, where alone the switch works
    plain.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        broken = plain.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"after the migrations {len(broken)} rows point to nothing, first {broken[0]}")
    finally:
        plain.execute("PRAGMA foreign_keys=ON")


with db.engine.connect() as connection, without_checks(connection):
    options = current_app.extensions["migrate"].configure_args
    context.configure(
        connection=connection, target_metadata=db.metadata, render_item=plain_type, transaction_per_migration=True, **options
    )
    with context.begin_transaction():
        context.run_migrations()
