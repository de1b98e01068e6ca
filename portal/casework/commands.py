"""`flask casework …`."""

import click

from portal.casework.services.opening import index_anew
from portal.web.commands import CommandGroup

AT_ONCE = 200
casework_commands = CommandGroup("casework", help="Cases.")


@casework_commands.command("index")
def index() -> None:
    """Make every case findable by its words and how they begin. Needed once after an upgrade; can run while serving."""
    done, last_id = 0, 0
    while (reached := index_anew(last_id, AT_ONCE)) is not None:
        done, last_id = done + 1, reached
    click.echo(f"Every case up to number {last_id} can be found, in {done} short steps.")
