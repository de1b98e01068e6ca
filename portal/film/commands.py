"""`flask film make`: the film in each language, made by our own code."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from portal.film.making import FILES, film_folder, make_film
from portal.film.scenes import LANGUAGES
from portal.speech.voice import NoVoice
from portal.web.commands import CommandGroup

film_commands = CommandGroup("film", help="The film.")


@film_commands.command("make")
@click.option("--if-missing", is_flag=True, help="Leave a film that is there as it is.")
@with_appcontext
def make(if_missing: bool) -> None:
    """Make the film in every language that has a scene file, with captions and its sound alone."""
    instance = Path(current_app.instance_path)
    for language in LANGUAGES:
        folder = film_folder(instance, language)
        if if_missing and all((folder / name).exists() for name in FILES):
            continue
        try:
            sizes = make_film(language, instance)
        except NoVoice as trouble:
            raise click.ClickException(f"There is no voice for {language} here ({trouble}). Install espeak-ng.") from trouble
        click.echo(f"{language}: " + ", ".join(f"{name} {size / 1024:.0f} KB" for name, size in sizes.items()))
