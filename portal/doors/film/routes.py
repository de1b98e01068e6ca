"""The film, the same as pictures, and the leaflet to read: with a card's code in the address or without.

A play is counted once, when a file is asked for from its beginning; a player that asks for more of it is not counted again.
"""

from pathlib import Path

from flask import Blueprint, abort, current_app, render_template, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portal.cards.content import content
from portal.cards.models import CardEvent
from portal.cards.people import is_a_machine
from portal.cards.services import batch_of_code, count
from portal.clock import today
from portal.doors.child.beginning import begin_from
from portal.doors.child.forms.screens import BeginForm
from portal.film.drawing import frame
from portal.film.making import FILES, SIGNED, film_folder
from portal.film.scenes import LANGUAGES, film_in
from portal.languages.catalogues import ENGLISH
from portal.people.access import open_to_all
from portal.web.language import language
from portal.web.public_form import is_too_much
from portal.web.settings import council, settings

film = Blueprint("film", __name__)
NO_CARD = "none"
STILLS = (0, 2, 4, 6, 8, 10, 13, 15)


@film.record_once
def let_pages_know(state: object) -> None:
    """Let the first screen offer the film where it was made."""
    app = getattr(state, "app")  # noqa: B009 - Flask's setup state has no type here
    app.jinja_env.globals["has_film"] = lambda: has_film(spoken_language())


def spoken_language() -> str:
    """The film's language for this visitor: theirs, or else English."""
    return language().code if language().code in LANGUAGES else ENGLISH


def has_film(code: str) -> bool:
    """Whether the film was made here in a language."""
    folder = film_folder(Path(current_app.instance_path), code)
    return all((folder / name).exists() for name in FILES)


@film.get("/film")
@film.get("/c/<code>/film")
@open_to_all
def watch(code: str = NO_CARD) -> ResponseReturnValue:
    """The film with its captions, what is said in words, and the way on."""
    told, spoken = film_in(spoken_language()), spoken_language()
    files = {name: url_for("film.file", code=code, language=spoken, name=name) for name in FILES}
    has_signed = (film_folder(Path(current_app.instance_path), spoken) / SIGNED).exists()
    signed = url_for("film.file", code=code, language=spoken, name=SIGNED) if has_signed else ""
    facts = {"film": told, "spoken": spoken, "files": files if has_film(spoken) else {}, "code": code, "signed": signed}
    return render_template("doors/film/film.html", form=BeginForm(), **facts)


@film.get("/film/story")
@open_to_all
def story() -> ResponseReturnValue:
    """The film as eight pictures with their words."""
    told = film_in(spoken_language())
    stills = [(Markup(frame(told.lines[n].things, 1.0)), told.lines[n].caption) for n in STILLS]  # noqa: S704 - drawn by us
    return render_template("doors/film/story.html", film=told, stills=stills, spoken=spoken_language())


@film.get("/c/<code>/film/<language>/<name>")
@open_to_all
def file(code: str, language: str, name: str) -> ResponseReturnValue:
    """One file of the film."""
    if language not in LANGUAGES or name not in (*FILES, SIGNED):
        abort(404)
    answer = send_from_directory(film_folder(Path(current_app.instance_path), language).resolve(), name, conditional=True)
    is_counted = name != "film.vtt" and is_a_play() and not is_a_machine(request) and not is_too_much("scan")
    if is_counted and answer.status_code in (200, 206):
        count(code, CardEvent.FILM_PLAY, on=today())
    return answer


def is_a_play() -> bool:
    """Whether a request is the beginning of a play: the whole file, or a piece from its first byte that is no mere probe."""
    asked = request.headers.get("Range", "").replace(" ", "")
    return request.method == "GET" and (
        not asked or (asked.startswith("bytes=0-") and asked not in ("bytes=0-0", "bytes=0-1"))
    )


@film.post("/c/<code>/film")
@open_to_all
def seen(code: str) -> ResponseReturnValue:
    """They watched it to its end, and begin to tell us."""
    if BeginForm().validate_on_submit():
        count(code, CardEvent.FILM_END, on=today())
    by_card = code != NO_CARD
    batch_id = batch_of_code(code, on=today())
    return begin_from(url_for("film.seen", code=code), by_card=by_card, batch_id=batch_id)


@film.get("/leaflet")
@open_to_all
def leaflet() -> ResponseReturnValue:
    """The leaflet to read here: the same content as on paper."""
    site = settings().site_address.partition("://")[2].rstrip("/")
    told = content(spoken_language(), council(), site)
    return render_template("doors/film/leaflet.html", panels=told["leaflet"], spoken=spoken_language())
