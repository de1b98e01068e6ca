"""`flask sound make`: the sound of every phrase, made before anyone asks for it."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from portal.languages.catalogues import ENGLISH, languages, phrases_of
from portal.speech.voice import NoVoice, has_voice, make_line, name_of
from portal.web.commands import CommandGroup

sound_commands = CommandGroup("sound", help="Pages read aloud.")


@sound_commands.command("make")
@click.option("--language", "codes", multiple=True, help="Only this language, by its code; can be given again.")
@with_appcontext
def make(codes: tuple[str, ...]) -> None:
    """Make the sound of every phrase of the child's pages that is not made yet. Recordings of people take its place."""
    unknown = [code for code in codes if code not in languages()]
    if unknown:
        raise click.UsageError(f"There is no language {unknown[0]!r}. There are: {', '.join(languages())}.")
    folder = Path(current_app.instance_path)
    for code in codes or languages():
        if not has_voice(code):
            click.echo(f"{code}: no made voice here; only people's recordings are played")
            continue
        try:
            made = sum(make_line(line, code, folder) for line in phrases_of(code))
        except NoVoice as trouble:
            raise click.ClickException(f"The voice for {code} does not speak ({trouble}).") from trouble
        click.echo(f"{code}: {made} phrases made")


@sound_commands.command("script")
@click.option("--language", "code", default=ENGLISH, help="The language, by its code.")
def script(code: str) -> None:
    """Print what someone who records the lines reads, each with the name that its file must have."""
    if code not in languages():
        raise click.UsageError(f"There is no language {code!r}. There are: {', '.join(languages())}.")
    for line in phrases_of(code):
        click.echo(f"{name_of(line)}\t{line}")
