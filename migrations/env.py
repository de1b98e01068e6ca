"""Runs the migrations on the app's own database, each in one transaction."""

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


with db.engine.connect() as connection:
    options = current_app.extensions["migrate"].configure_args
    context.configure(
        connection=connection, target_metadata=db.metadata, render_item=plain_type, transaction_per_migration=True, **options
    )
    with context.begin_transaction():
        context.run_migrations()
