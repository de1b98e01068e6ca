"""`flask casework …`."""

import click

from portal.cases.services.indexing import index_anew
from portal.cases.services.stock_of_words import throw_away
from portal.clock import now
from portal.desk.services.reminders import remind
from portal.web.commands import CommandGroup
from portal.web.settings import council

casework_commands = CommandGroup("casework", help="Cases.")


@casework_commands.command("index")
def index() -> None:
    """Make findable by their words the cases that are not yet: after an upgrade, or a new key for search.

    The worker does it too. It can run while the portal serves.
    """
    done = 0
    while indexed := index_anew():
        done += indexed
    click.echo(f"{done} cases were indexed. Every case can be found.")


@casework_commands.command("throw-words-away")
def throw_words_away() -> None:
    """Throw away the secret words that wait to be given out: after a backup was restored, before anything is served.

    Some of them were given out after the backup was made, and would lead two people to one case. The worker draws others.
    """
    click.echo(f"{throw_away()} sets of secret words were thrown away.")


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
