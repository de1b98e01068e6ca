"""The language of a visitor's pages: chosen by them, kept in their session, gone with it."""

import re
from datetime import date

from flask import Flask, g, has_request_context, request, session
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf

from portal.languages.catalogues import (
    ENGLISH,
    Language,
    Phrases,
    day_in,
    full_day_in,
    languages,
    offered,
    offered_to_adults,
    phrases,
)
from portal.web.settings import settings

CHOSEN = "language"
FOR_A_CHILD = ("/y/", "/c/", "/C/")
PAGES_FOR_A_CHILD = ("/help", "/card", "/film", "/film/story", "/leaflet", "/language")
FOR_STAFF = "/staff"
FOR_ADULTS = ("/complain/", "/helping/")
PAGES_FOR_ADULTS = ("/", "/thanks", "/thanks/sent", "/you-said")
PLAIN_PATH = re.compile(r"(?:/[\w-]+)*/?(?:\?d=[a-z0-9]{8})?", re.ASCII)  # with the key of a draft


def add_languages(app: Flask) -> None:
    """Give the templates `_()` and `say()`, days in the visitor's language, and what a choice of language needs."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        say, lambda one, many, count: say(one if count == 1 else many), newstyle=True
    )
    app.jinja_env.filters["short_day"] = lambda value: day_in(language().code, value)
    app.jinja_env.filters["day"] = day
    app.jinja_env.globals.update(
        say=say,
        language=language,
        languages_offered=languages_offered,
        languages_for_adults=languages_for_adults,
        page_to_come_back_to=page_to_come_back_to,
        form_token=generate_csrf,
    )


def say(words: str) -> str:
    """A phrase in the visitor's language; as it is on the pages of staff."""
    return _phrases().gettext(words)


def day(value: date) -> str:
    """A day with its year, in the visitor's language."""
    return full_day_in(language().code, value)


def languages_offered() -> list[Language]:
    """What this portal offers a child."""
    return offered(only_checked=settings().only_checked_languages)


def languages_for_adults() -> list[Language]:
    """What this portal offers on the page that is being made, when it is an adult's: none on the pages of staff."""
    if request.path.startswith(FOR_STAFF):
        return []
    return offered_to_adults(only_checked=settings().only_checked_languages)


def is_for_a_child(path: str) -> bool:
    """Whether a page is one of a child's."""
    return path.startswith(FOR_A_CHILD) or path in PAGES_FOR_A_CHILD


def can_come_back_to(path: str) -> bool:
    """Whether a choice of language may lead to an address: a public page of ours and nothing else."""
    bare = path.partition("?")[0]
    is_public = bare.startswith((*FOR_A_CHILD, *FOR_ADULTS)) or bare in PAGES_FOR_A_CHILD + PAGES_FOR_ADULTS
    return is_public and PLAIN_PATH.fullmatch(path) is not None


def page_to_come_back_to() -> str:
    """Where an adult is after they chose a language: on the same page, or on the first when it cannot be opened again."""
    return request.path if can_come_back_to(request.path) else "/"


def language() -> Language:
    """The language of the page that is being made; English on the pages of staff and where the choice is not offered."""
    if not has_request_context():
        return languages()[ENGLISH]
    if "language" not in g:
        here = languages_offered() if is_for_a_child(request.path) else languages_for_adults()
        g.language = next((one for one in here if one.code == session.get(CHOSEN)), languages()[ENGLISH])
    chosen: Language = g.language
    return chosen


def chose_in(form: FlaskForm) -> bool:
    """Whether one of the languages was pressed beside a form's own buttons; what was typed there stays on the page."""
    code = request.form.get(CHOSEN, "")
    if not code:
        return False
    if form.csrf_token.validate(form):
        choose(code)
    form.csrf_token.errors = ()
    return True


def choose(code: str) -> None:
    """Keep a choice."""
    if code in {one.code for one in (*languages_offered(), *languages_for_adults())}:
        session[CHOSEN] = code
        g.pop("language", None)


def _phrases() -> Phrases:
    return phrases(language().code, for_adults=has_request_context() and not is_for_a_child(request.path))
