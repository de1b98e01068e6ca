"""What is printed and read on cards, posters and the leaflet: one file a language, in plain words and data."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from portal.config import Council

FOLDER = Path(__file__).parent / "content"
LANGUAGES = {"en": "English", "cy": "Cymraeg"}


@cache
def _kept(language: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def content(language: str, council: Council, site: str) -> dict[str, Any]:
    """The content in a language with the council's own numbers; a line whose number is not set is left out."""
    kept = _kept(language)
    card = kept["card"]
    advocate = _with(card["advocate"], "{number}", council.advocacy_phone)
    more = [advocate, _with(card["real"], "{site}", site), _with(card["other"], "{number}", council.day_phone)]
    gaps = {"{advocate}": advocate or "", "{post}": council.postal_address}
    return {
        "card": card,
        "more": [line for line in more if line],
        "poster": kept["poster"],
        "leaflet": [panel | {"lines": _filled(panel["lines"], gaps)} for panel in kept["leaflet"]["panels"]],
    }


def _with(line: str, gap: str, value: str) -> str | None:
    return line.replace(gap, value) if value else None


def _filled(lines: list[str], gaps: dict[str, str]) -> list[str]:
    return [gaps.get(line, line) for line in lines if gaps.get(line, line)]
