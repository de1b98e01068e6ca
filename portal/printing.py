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
OF_THE_SYSTEM = (Path("/usr/share/fonts/truetype/noto"), Path("/usr/share/fonts/opentype/noto"))
PLAIN = frozenset(map(chr, range(0x20, 0x7F)))
OF_WORD_PROCESSORS = {  # bullets of the fonts Symbol and Wingdings, and what separates lines there
    **{0xF000 + code: "\u2022" for code in (0x6C, 0x6E, 0x71, 0x76, 0x9F, 0xA7, 0xA8, 0xB7, 0xD8, 0xFC)},
    0x2028: "\n",
    0x2029: "\n\n",
    0x000B: "\n",
    0x000C: "\n\n",
    0xFEFF: None,
}
NUMBER = re.compile(r"[+(]?\d[\d\s().:/,-]*\d")  # a telephone number or a day, which is read from the left in every script
MAX_HEADING_LENGTH = 60
_prints: dict[str, bool] = {"\n": True, "\t": True}
PART, SIGNED = re.compile(r"Part \d+\b"), "Customer Relations Team"


class CannotBePrinted(Exception):
    """A text has letters that no font here can show."""

    def __init__(self, letters: str) -> None:
        named = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in letters)
        super().__init__(f"No font here can print {named}. Print the letter from its page instead.")


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
        font_paths=_fonts(),
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
        font_paths=_fonts(),
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
    """The same data in letters that print; what stands below `words` says too which way it is written."""
    if isinstance(told, str):
        return in_letters_that_print(told)
    if isinstance(told, list):
        return [_printable(one) for one in told]
    if not isinstance(told, dict):
        return told
    made = {key: _printable(one) for key, one in told.items()}
    if "words" in made:
        made["from_right"] = is_written_from_right(made["words"])
        made["words"] = NUMBER.sub("\u2066\\g<0>\u2069", made["words"]) if made["from_right"] else made["words"]
    return made


def is_written_from_right(text: str) -> bool:
    """Which way a text is written: as its first letter that says so (UAX #9, P2)."""
    for letter in text:
        if (direction := unicodedata.bidirectional(letter)) in ("L", "R", "AL"):
            return direction != "L"
    return False


def in_letters_that_print(text: str) -> str:
    """The same text as a printer can show it. Raises CannotBePrinted, naming each letter that no font here has.

    Pictures are told by name: 😡 becomes [pouting face]. What word processors put in and nobody sees is left out, their own
    bullets become ours, and a letter that is another's old shape (ﬁ) is written as that.
    """
    text = unicodedata.normalize("NFC", text.translate(OF_WORD_PROCESSORS))
    _ask_printer(frozenset(text))
    made, missing = [], []
    for letter in text:
        if letter in "\n\t" or _prints[letter]:
            made.append(letter)
        elif unicodedata.category(letter) in ("So", "Sk", "Sm"):
            made.append(f"[{unicodedata.name(letter, 'a picture').lower()}]")
        elif unicodedata.category(letter) in ("Cf", "Cc", "Cs", "Cn"):
            continue
        elif (plain := unicodedata.normalize("NFKC", letter)) != letter and all(map(_one_prints, plain)):
            made.append(plain)
        else:
            missing.append(letter)
    if missing:
        raise CannotBePrinted("".join(dict.fromkeys(missing))[:20])
    return "".join(made)


def _one_prints(letter: str) -> bool:
    _ask_printer(frozenset(letter))
    return _prints[letter]


def _ask_printer(letters: frozenset[str]) -> None:
    """Find out of each letter whether it prints, by printing it: what fonts say that they have is not the same.

    All that are not known yet are tried at once, as they mostly print; each by itself only where one does not.
    """
    for letter in letters - _prints.keys():
        if letter in PLAIN:
            _prints[letter] = True
        elif unicodedata.category(letter) in ("Cc", "Co", "Cs", "Cn"):
            _prints[letter] = False
    new = sorted(letters - _prints.keys())
    if new and _can_print("".join(_as_word(letter) for letter in new)):
        _prints.update(dict.fromkeys(new, True))
    for letter in [letter for letter in new if letter not in _prints]:
        _prints[letter] = _can_print(_as_word(letter))


def _as_word(letter: str) -> str:
    return f"a{letter} "  # a mark needs something to stand on


def _can_print(letters: str) -> bool:
    import typst

    try:
        compile_print("letters.typ", {"letters": letters})
    except typst.TypstError:
        return False
    return True


@cache
def _fonts() -> Any:
    """Every face that a print may use: those of our wheels, and those of Debian's `fonts-noto` where they are installed."""
    import fontpkg_atkinson_hyperlegible
    import fontpkg_noto_sans
    import fontpkg_noto_sans_arabic
    import fontpkg_noto_sans_devanagari
    import fontpkg_noto_sans_tamil
    import typst

    wheels = (
        fontpkg_atkinson_hyperlegible,
        fontpkg_noto_sans,
        fontpkg_noto_sans_arabic,
        fontpkg_noto_sans_devanagari,
        fontpkg_noto_sans_tamil,
    )
    folders = [Path(wheel.__file__).parent / "files" for wheel in wheels]
    folders += [folder for folder in OF_THE_SYSTEM if folder.is_dir()]
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder) for folder in folders])
