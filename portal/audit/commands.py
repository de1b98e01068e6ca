"""`flask audit …`."""

import click

from portal.audit.queries import verify_chain
from portal.web.commands import CommandGroup

audit_commands = CommandGroup("audit", help="The record of what was done and read.")


@audit_commands.command("verify")
def verify() -> None:
    """Check that no entry was changed or removed."""
    verdict = verify_chain()
    if verdict.trouble:
        raise click.ClickException(f"After {verdict.entries} good entries, {verdict.trouble}. Compare with a backup.")
    click.echo(f"{verdict.entries} entries, all in order.")
