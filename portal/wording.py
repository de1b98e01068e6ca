"""Plain Jinja for letters and emails: no Flask, so that a job, a command and a test all use the same words."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from portal.code_words import words_for

MANY_GAPS = re.compile(r"\n{3,}")
TEMPLATES = Path(__file__).parents[1] / "templates"


def day(value: date) -> str:
    """A date as people say it: Tuesday 4 June 2024."""
    return f"{value:%A} {value.day} {value:%B %Y}"


def short_day(value: date) -> str:
    """A date as a promise to a child says it: Tuesday 4 June."""
    return f"{value:%A} {value.day} {value:%B}"


def label(code: str) -> str:
    """A code as words that begin a line: `partially_upheld` becomes `Partially upheld`."""
    words = in_words(code)
    return words[:1].upper() + words[1:]


def cut_short(words: str, longest: int) -> str:
    """Words up to a number of letters; where they were longer, the last line says so, so that nobody takes them for all."""
    return words if len(words) <= longest else f"{words[:longest]}\n\n[It goes on. The whole of it is where it came from.]"


def one_after_another(names: Sequence[str]) -> str:
    """Names within a sentence: a, b and c."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def in_words(code: str) -> str:
    """A code as words within a sentence: `qr_card` becomes `QR card`."""
    return code.replace("qr_", "QR_").replace("childrens", "children's").replace("_", " ")


@cache
def letters() -> Environment:
    """The templates of letters and emails. A missing fact is an error, never a gap."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=select_autoescape(["html"]),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(day=day, short_day=short_day, label=label, in_words=in_words, words_for=words_for)
    return environment


def render(template: str, **facts: object) -> str:
    """Write one letter or email."""
    return MANY_GAPS.sub("\n\n", letters().get_template(template).render(**facts).strip()) + "\n"
