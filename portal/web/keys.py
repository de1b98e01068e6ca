"""`flask keys …`: sealing everything anew under the newest key."""

from collections.abc import Iterator

import click
from sqlalchemy import Column, LargeBinary, Table, and_, select, type_coerce, update

from portal.database import Base, transaction
from portal.sealing import SealBroken, SealedBytes, SealedJSON, SealedText, reseal
from portal.web.commands import CommandGroup

AT_ONCE = 500
keys_commands = CommandGroup("keys", help="The keys that seal what people write.")


@keys_commands.command("rotate")
def rotate() -> None:
    """Seal everything anew under the first key of PORTAL_SEALING_KEYS. It can run while the portal serves."""
    try:
        done = sum(_rotate_column(table, column) for table, column in sealed_columns())
    except SealBroken as trouble:
        raise click.ClickException(f"{trouble} What was sealed anew so far stays readable.") from trouble
    click.echo(f"{done} values are sealed under the newest key.")


def sealed_columns() -> Iterator[tuple[Table, Column[object]]]:
    """Every column that holds sealed values."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, SealedText | SealedJSON | SealedBytes):
                yield table, column


def _rotate_column(table: Table, column: Column[object]) -> int:
    """A few hundred rows in a transaction, in the order of the key, so that nobody waits long."""
    key, done = next(iter(table.primary_key.columns)), 0
    sealed = type_coerce(column, LargeBinary)
    last = None
    while True:
        with transaction() as session:
            wanted = select(key, sealed).where(column.is_not(None)).order_by(key).limit(AT_ONCE)
            rows = session.execute(wanted if last is None else wanted.where(key > last)).all()
            for row_key, value in rows:
                change = update(table).where(and_(key == row_key, sealed == value))
                session.execute(change.values({column.name: type_coerce(reseal(bytes(value)), LargeBinary)}))
        if not rows:
            return done
        last, done = rows[-1][0], done + len(rows)
