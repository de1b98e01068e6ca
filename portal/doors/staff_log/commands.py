"""`flask intake import`."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from portal.clock import now
from portal.doors.staff_log.many import keep_many, read_many
from portal.web.sheets import SheetRefused


@click.command("import")
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
