"""`flask keys …`: new keys, and everything sealed anew under the newest."""

from collections.abc import Iterator
from contextlib import closing

import click
from sqlalchemy import Column, Table, func, select, update

from portal import clock
from portal.database import Base, db, transaction
from portal.keys.canary import accept_keys
from portal.keys.models import SealCanary
from portal.keys.services import CannotRenew, renew_key
from portal.keys.stored import read_keys
from portal.sealing.ring import Purpose, ring
from portal.sealing.rows import sealed_columns
from portal.sealing.values import LABEL_LENGTH, SealBroken, place_of, seal, unseal
from portal.web.commands import CommandGroup

AT_ONCE = 500
keys_commands = CommandGroup("keys", help="The keys that seal what people write, and those for one purpose each.")


@keys_commands.command("list")
def list_keys() -> None:
    """Say for each purpose which version of its key is in use."""
    read_keys()
    for purpose in Purpose:
        newest, every = ring.newest(purpose), ring.every(purpose)
        told = "made from PORTAL_SECRET_KEY" if ring.is_of_the_secret(purpose) else f"version {newest.version}"
        older = f", opens {len(every) - 1} more" if len(every) > 1 else ""
        click.echo(f"{purpose.value:14} {told}{older}")


@keys_commands.command("renew")
@click.argument("purpose", type=click.Choice([*(one.value for one in Purpose), "all"]))
@click.option("--at-once", is_flag=True, help="For sessions and forms: sign everyone out, because a key was seen.")
def renew(purpose: str, at_once: bool) -> None:
    """Make a new key for one purpose, while the portal serves. What was made with the old one still opens."""
    read_keys()
    wanted = list(Purpose) if purpose == "all" else [Purpose(purpose)]
    try:
        for one in wanted:
            version = renew_key(one, at=clock.now(), at_once=at_once)
            when = "within a minute" if at_once or one is Purpose.AUDIT else "in two minutes, when every process knows it"
            click.echo(f"{one.value}: version {version} is in use {when}.")
    except CannotRenew as trouble:
        raise click.ClickException(str(trouble)) from trouble


@keys_commands.command("rotate")
def rotate() -> None:
    """Seal everything anew under the first key of PORTAL_SEALING_KEYS, each value bound to its place.

    It can run while the portal serves, and goes on where it was stopped.
    """
    read_keys()
    columns = sorted(sealed_columns(Base.metadata), key=lambda one: one[0].name == SealCanary.__tablename__)
    done, broken = 0, 0
    for table, column in columns:  # the canary last: it says that all are moved
        moved, left = _rotate_column(table, column)
        done, broken = done + moved, broken + left
    click.echo(f"{done} values are sealed under the newest key.")
    if broken:
        raise click.ClickException(
            f"{broken} values do not open and stay as they are: they were changed, or their key is missing. Add the key "
            "that sealed them, or see which they are with `keys try`."
        )


@keys_commands.command("try")
def try_all() -> None:
    """Open every sealed value, and name those that do not open. Nothing that anyone wrote is shown."""
    read_keys()
    found, broken = 0, 0
    for table, column in sealed_columns(Base.metadata):
        for where, fits in _tried(table, column):
            found, broken = found + 1, broken + (not fits)
            if not fits:
                click.echo(f"does not open: {table.name}.{column.name} {where}")
    if broken:
        raise click.ClickException(f"{broken} of {found} values do not open: they were changed, or their key is missing.")
    click.echo(f"{found} values open.")


def _tried(table: Table, column: Column[object]) -> Iterator[tuple[str, bool]]:
    """Each value of a column: where it is, and whether it opens; some at a time, for files are large."""
    key = list(table.primary_key.columns)
    wanted = select(table.c.seal_id, column, *key).where(column.is_not(None)).execution_options(yield_per=AT_ONCE // 10)
    with closing(db.session.execute(wanted)) as rows:
        for seal_id, value, *where in rows:
            try:
                unseal(bytes(value), place_of(table.name, column.name, bytes(seal_id)))
                yield "", True
            except SealBroken:
                yield " ".join(f"{one.name}={known}" for one, known in zip(key, where, strict=True)), False


@keys_commands.command("accept")
@click.option("--lost", is_flag=True, help="The secret before is gone: what hung on it is lost.")
def accept(lost: bool) -> None:
    """Say that the secret key in use is the right one: after it was changed on purpose.

    Purposes without a key of their own still hang on the one before. Give them one first: keys renew all.
    """
    read_keys()
    hanging = [purpose.value for purpose in Purpose if ring.is_of_the_secret(purpose)]
    if hanging and not lost:
        raise click.ClickException(
            f"Without the secret before, these would be lost: {', '.join(hanging)}. Put it back, run "
            "`flask --app wsgi keys renew all`, then change it. If it is gone for good: keys accept --lost"
        )
    try:
        accept_keys()
    except SealBroken as trouble:
        raise click.ClickException(str(trouble)) from trouble
    click.echo("These keys are the right ones from now on. Restart every process with them.")


def _rotate_column(table: Table, column: Column[object]) -> tuple[int, int]:
    """A few hundred rows in a transaction, in the order of their names, so that nobody waits long.

    Gives how many were moved, and how many do not open: those hold up no other.
    """
    name, done, broken, last = table.c.seal_id, 0, 0, b""
    is_old = func.substr(column, 1, LABEL_LENGTH) != ring.newest_label
    wanted = select(name, column).where(column.is_not(None), is_old).order_by(name).limit(AT_ONCE)
    while True:
        with transaction() as session:
            rows = session.execute(wanted.where(name > last)).all()
            for seal_id, value in rows:
                place = place_of(table.name, column.name, bytes(seal_id))
                try:
                    anew = seal(unseal(bytes(value), place), place)
                except SealBroken:
                    broken += 1
                    continue
                session.execute(update(table).where(name == seal_id, column == value).values({column.name: anew}))
                done += 1
        if not rows:
            return done, broken
        last = bytes(rows[-1][0])
