"""The scene files: what is said, shown and drawn, line by line."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "scenes"
LANGUAGES = ("en", "cy")


@dataclass(frozen=True)
class SpokenLine:
    """One line: what the voice says, what the caption shows, and the things that are drawn."""

    say: str
    caption: str
    things: tuple[str, ...]


@dataclass(frozen=True)
class Film:
    """A film's title and lines."""

    title: str
    lines: tuple[SpokenLine, ...]


@cache
def film_in(language: str) -> Film:
    """The film in a language."""
    told = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    lines = (
        SpokenLine(one["say"], one.get("caption", one["say"]), tuple(thing.strip() for thing in one["draw"].split(";")))
        for one in told["lines"]
    )
    return Film(told["title"], tuple(lines))
