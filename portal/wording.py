"""Plain Jinja for letters and emails: no Flask, so that a job, a command and a test all use the same words."""

from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

TEMPLATES = Path(__file__).parents[1] / "templates"


def day(value: date) -> str:
    """A date as people say it: Tuesday 4 June 2024."""
    return f"{value:%A} {value.day} {value:%B %Y}"


def short_day(value: date) -> str:
    """A date as a promise to a child says it: Tuesday 4 June."""
    return f"{value:%A} {value.day} {value:%B}"


def label(code: str) -> str:
    """A code as words: `partially_upheld` becomes `Partially upheld`."""
    return code.replace("_", " ").capitalize()


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
    environment.filters.update(day=day, short_day=short_day, label=label)
    return environment


def render(template: str, **facts: object) -> str:
    """Write one letter or email."""
    return letters().get_template(template).render(**facts).strip() + "\n"
