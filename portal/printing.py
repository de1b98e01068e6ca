"""Letters as accessible PDF (PDF/UA-1, made by Typst). What people wrote goes in as data, so nothing in it can be markup."""

import json
import re
import unicodedata
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from portal.config import Council
from portal.wording import day

TEMPLATES = Path(__file__).parents[1] / "templates" / "print"
MAX_HEADING_LENGTH = 60
PART, SIGNED = re.compile(r"Part \d+\b"), "Customer Relations Team"


class CannotBePrinted(Exception):
    """A text has letters that no font here can show."""

    def __init__(self, letters: str) -> None:
        super().__init__(f"No font here can print these characters: {letters}. Print the letter from its page instead.")


def letter_pdf(
    words: str,
    title: str,
    council: Council,
    on: date,
    *,
    points: float = 14,
    to: tuple[str, ...] = (),
    letterhead: bool = True,
) -> bytes:
    """One letter as PDF. `points` is the size of its text: 14 or more. Raises CannotBePrinted."""
    told = {
        "title": title,
        "council": council.name,
        "address": [row.strip() for row in council.postal_address.split(",") if row.strip()],
        "on": day(on),
        "to": list(to),
        "points": points,
        "letterhead": letterhead,
        "blocks": _blocks(words),
    }
    return compile_print("letter.typ", {"letter": json.dumps(_printable(told), ensure_ascii=False)})


def thanks_pdf(told: dict[str, Any]) -> bytes:
    """Thanks on paper: a title, a line, tables and quotes. Raises CannotBePrinted."""
    return compile_print("thanks.typ", {"told": json.dumps(_printable(told), ensure_ascii=False)})


def compile_print(template: str, inputs: dict[str, str]) -> bytes:
    """A template of `templates/print/` as PDF/UA-1, with our own type embedded and no other."""
    import typst

    made: bytes = typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=[str(place) for place in _font_folders()],
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=["ua-1"],
    )
    return made


def draw_print(template: str, inputs: dict[str, str], dots: int) -> list[bytes]:
    """A template as pictures (PNG), a page each, at so many dots an inch."""
    import typst

    pages = typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=[str(place) for place in _font_folders()],
        ignore_system_fonts=True,
        sys_inputs=inputs,
        format="png",
        ppi=dots,
    )
    return pages if isinstance(pages, list) else [pages]


def _blocks(words: str) -> list[dict[str, Any]]:
    """Paragraphs; a short line alone without a full stop is a heading, so that a screen reader can jump to it."""
    found = []
    for text in (part.strip() for part in words.split("\n\n")):
        if not text:
            continue
        first, gap, rest = text.partition("\n")
        is_short = len(first) <= MAX_HEADING_LENGTH and first[-1] not in ".:,?!" and first[0].isupper()
        if gap and not rest.startswith(SIGNED) and (is_short or PART.match(first)):
            found.append({"heading": True, "words": first})
            text = rest
        found.append({"heading": False, "words": text})
    return found


def _printable(told: Any) -> Any:
    """The same data with pictures in the text told by name: 😡 becomes [pouting face]."""
    if isinstance(told, str):
        return _in_known_letters(told)
    if isinstance(told, list):
        return [_printable(one) for one in told]
    return {key: _printable(one) for key, one in told.items()} if isinstance(told, dict) else told


def _in_known_letters(text: str) -> str:
    known, made, missing = _known_letters(), [], []
    for letter in unicodedata.normalize("NFC", text):
        if letter in "\n\t" or ord(letter) in known:
            made.append(letter)
        elif unicodedata.category(letter) in ("So", "Sk", "Sm"):
            made.append(f"[{unicodedata.name(letter, 'a picture').lower()}]")
        elif unicodedata.category(letter) not in ("Cf", "Cc", "Mn", "Me"):
            missing.append(letter)
    if missing:
        raise CannotBePrinted("".join(dict.fromkeys(missing))[:20])
    return "".join(made)


@cache
def _font_folders() -> tuple[Path, ...]:
    import fontpkg_atkinson_hyperlegible
    import fontpkg_noto_sans_arabic

    return tuple(
        Path(package.__file__).parent / "files" for package in (fontpkg_atkinson_hyperlegible, fontpkg_noto_sans_arabic)
    )


@cache
def _known_letters() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    letters: set[int] = set()
    for folder in _font_folders():
        for path in folder.rglob("*.ttf"):
            font = TTFont(path, lazy=True)
            letters |= set(font.getBestCmap())
            font.close()
    return frozenset(letters)
