"""`flask casework …`."""

import click

from portal.casework.services.opening import index_anew
from portal.casework.services.reminders import remind
from portal.clock import now
from portal.web.commands import CommandGroup
from portal.web.settings import council

AT_ONCE = 200
casework_commands = CommandGroup("casework", help="Cases.")


@casework_commands.command("index")
def index() -> None:
    """Make every case findable by its words and how they begin. Needed once after an upgrade; can run while serving."""
    done, last_id = 0, 0
    while (reached := index_anew(last_id, AT_ONCE)) is not None:
        done, last_id = done + 1, reached
    click.echo(f"Every case up to number {last_id} can be found, in {done} short steps.")


@casework_commands.command("remind")
def remind_command() -> None:
    """Do the day's run: reminders before it is late, escalation, letters to people on the last lawful day.

    Letters go after five in the afternoon of that day, in London. Run it once a day or more: nothing goes out twice.
    """
    run = remind(council(), at=now())
    click.echo(
        f"{run.letters} letters to people, {run.reminders} reminders, {run.escalations} escalations, "
        f"{run.opened} stages opened by themselves."
    )
    if run.failed:
        raise click.ClickException(f"{run.failed} cases could not be looked at. Their numbers are in the log.")
