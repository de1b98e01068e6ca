"""What templates may call, beside Jinja's own."""

from datetime import date, datetime
from typing import Any

from flask import Flask
from markupsafe import Markup

from portal import clock, wording
from portal.code_words import words_for
from portal.config import Settings
from portal.web.headers import child_script, child_style
from portal.web.reading_only import nothing_is_kept
from portal.web.rich_text import paragraphs


def add_filters(app: Flask, settings: Settings) -> None:
    """Give the templates their words and settings."""
    app.jinja_env.filters.update(
        in_words=wording.in_words,
        iso_day=iso_day,
        paragraphs=paragraphs,
        label=wording.label,
        moment=moment,
        plain_day=plain_day,
        words_for=words_for,
    )
    app.jinja_env.globals.update(
        child_style=child_style,
        child_script=child_script,
        council=settings.council,
        nothing_is_kept=nothing_is_kept,
        is_demo=settings.demo,
        sends_mail=lambda: bool(app.config["MAIL_SERVER"]),
        today=clock.today,
        few=few,
        phone=phone,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def phone(number: str) -> Markup:
    """A phone number that can be tapped; read from the left in every language."""
    return Markup('<a class="phone" dir="ltr" href="tel:{}">{}</a>').format(number.replace(" ", ""), number)


def moment(at: datetime) -> str:
    """A moment as staff read it, in London time: 4 Jun 2024, 09:05."""
    local = at.astimezone(clock.LONDON)
    return f"{local.day} {local:%b %Y, %H:%M}"


def iso_day(value: str) -> str:
    """A date of an audit fact as staff read it; what is no date is shown as it is."""
    try:
        return plain_day(date.fromisoformat(value))
    except ValueError:
        return value


def few(count: int) -> str:
    """A count from which no child can be known: fewer than 5 is said, not shown."""
    return "fewer than 5" if 0 < count < 5 else str(count)


def plain_day(value: Any) -> str:
    """A date in a table: 4 Jun 2024; a dash when there is none."""
    return f"{value.day} {value:%b %Y}" if isinstance(value, date) else "–"
