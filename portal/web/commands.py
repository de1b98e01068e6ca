"""What every `flask …` command shares: one clear line on standard error, 2 for bad arguments, 1 for a failure."""

from typing import Any

import click
from flask.cli import AppGroup, ScriptInfo
from sqlalchemy.exc import OperationalError, ProgrammingError

from portal.sealing.values import WRONG_KEYS, SealBroken


class CommandGroup(AppGroup):
    """A group of commands whose bad arguments are answered in one line, without a page of usage."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. With other keys than those that sealed what is kept, none but those of the keys themselves."""
        if self.name != "keys" and not _keys_fit(ctx):
            raise click.ClickException(WRONG_KEYS)
        try:
            return super().invoke(ctx)
        except click.UsageError as trouble:
            trouble.ctx = None
            raise
        except SealBroken as trouble:
            raise click.ClickException(str(trouble)) from trouble
        except (OperationalError, ProgrammingError) as trouble:
            why = str(trouble.orig).splitlines()[0]
            raise click.ClickException(
                f"The database does not answer as it should ({why}). Is `flask db upgrade` done?"
            ) from trouble


def _keys_fit(ctx: click.Context) -> bool:
    app = ctx.ensure_object(ScriptInfo).load_app()
    with app.app_context():
        return bool(app.extensions["keys_fit"]())
