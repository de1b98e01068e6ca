"""`flask keys …`: sealing everything anew under the newest key."""

import click
from sqlalchemy import Column, LargeBinary, Table, and_, select, type_coerce, update

from portal.database import transaction
from portal.sealing import SealBroken, reseal
from portal.web.canary import accept_keys, sealed_columns
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


@keys_commands.command("accept")
def accept() -> None:
    """Say that the secret key in use is the right one: after it was changed on purpose.

    Search over older cases, secret words and the chain of the audit were made with the one before.
    """
    try:
        accept_keys()
    except SealBroken as trouble:
        raise click.ClickException(str(trouble)) from trouble
    click.echo("These keys are the right ones from now on. Restart every process with them.")


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
