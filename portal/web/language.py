"""The language of a visitor's pages: chosen by them, kept in their session, gone with it."""

from flask import Flask, has_request_context, request, session

from portal.languages.catalogues import ENGLISH, Language, day_in, languages, offered, phrases
from portal.web.settings import settings

CHOSEN = "language"
FOR_A_CHILD = ("/y/", "/c/", "/help", "/card", "/language")


def add_languages(app: Flask) -> None:
    """Give the templates `_()`, and days in the visitor's language."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda words: phrases(language().code).gettext(words),
        lambda one, many, count: phrases(language().code).gettext(one if count == 1 else many),
        newstyle=True,
    )
    app.jinja_env.filters["short_day"] = lambda value: day_in(language().code, value)
    app.jinja_env.globals.update(language=language, languages_offered=languages_offered)


def say(words: str) -> str:
    """A phrase in the visitor's language."""
    return phrases(language().code).gettext(words)


def languages_offered() -> list[Language]:
    """What this portal offers a child."""
    return offered(only_checked=settings().only_checked_languages)


def language() -> Language:
    """The language of the page that is being made; English on every page that is not a child's."""
    code = ENGLISH
    if has_request_context() and request.path.startswith(FOR_A_CHILD):
        code = session.get(CHOSEN, ENGLISH)
    return next((one for one in languages_offered() if one.code == code), languages()[ENGLISH])


def choose(code: str) -> None:
    """Keep a choice."""
    if code in {one.code for one in languages_offered()}:
        session[CHOSEN] = code
