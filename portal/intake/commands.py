"""`flask intake …`."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from portal.clock import now
from portal.intake.fetching import Fetched, fetch_all
from portal.intake.our_own import our_own
from portal.intake.services.many import keep_many, read_many
from portal.web.commands import CommandGroup
from portal.web.settings import settings
from portal.web.sheets import SheetRefused

intake_commands = CommandGroup("intake", help="What comes in by email and in tables.")


def fetch_email() -> Fetched:
    """Read what is new in the mailboxes that are set up; nothing without any."""
    mailboxes = settings().mailboxes
    return fetch_all(mailboxes, our_own(), at=now()) if mailboxes.is_set else Fetched()


@intake_commands.command("fetch-email")
@with_appcontext
def fetch_email_command() -> None:
    """Read what is new in the mailboxes for thanks and for complaints."""
    if not settings().mailboxes.is_set:
        raise click.ClickException(
            "No mailbox is set. Set PORTAL_MAILBOX_SERVER, and PORTAL_THANKS_MAILBOX_USER or "
            "PORTAL_COMPLAINTS_MAILBOX_USER; README.md lists the settings."
        )
    done = fetch_email()
    away = f"{done.away} mailbox{'' if done.away == 1 else 'es'} could not be read"
    click.echo(f"{done.taken} taken in, {done.set_aside} set aside, {away}.")
    if done.away:
        raise SystemExit(1)


@intake_commands.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be added, and add nothing.")
@click.option("--pass-on", is_flag=True, help="Pass the thanks on to whom they are for, by email.")
@with_appcontext
def import_command(file: Path, dry_run: bool, pass_on: bool) -> None:
    """Add past thanks and feedback from a table (CSV, XLSX or ODS); what is here already is left as it is."""
    try:
        rows, _ = read_many(file.read_bytes())
    except SheetRefused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    result = keep_many(rows, keep=not dry_run, passes_on=pass_on, at=now(), by_id=None)
    click.echo(f"{'It would be: ' if dry_run else ''}{result}")
