"""`flask audit …`."""

from pathlib import Path

import click

from portal.audit.heads import HeadsUnreadable, heads_in, write_head
from portal.audit.queries import verify_chain
from portal.clock import now
from portal.web.commands import CommandGroup

audit_commands = CommandGroup("audit", help="The record of what was done and read.")
FILE = click.Path(path_type=Path, dir_okay=False)


@audit_commands.command("verify")
@click.option("--heads", type=FILE, help="A file of heads that was kept elsewhere: they must be in the chain.")
def verify(heads: Path | None) -> None:
    """Check that no entry was changed or removed."""
    try:
        known = heads_in(heads) if heads else []
    except HeadsUnreadable as trouble:
        raise click.ClickException(str(trouble)) from trouble
    verdict = verify_chain(known)
    if verdict.trouble:
        raise click.ClickException(f"After {verdict.entries} good entries, {verdict.trouble}. Compare with a backup.")
    held = f", and the {len(known)} heads of {heads}" if heads else ""
    click.echo(f"{verdict.entries} entries{held}, all in order.")


@audit_commands.command("head")
@click.argument("file", type=FILE)
def head(file: Path) -> None:
    """Add the head of this moment to a file, which should lie where nobody who runs the database can write."""
    try:
        click.echo("Added." if write_head(file, at=now()) else "Nothing is new.")
    except (HeadsUnreadable, OSError) as trouble:
        raise click.ClickException(str(trouble)) from trouble
