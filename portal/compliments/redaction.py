"""What in a letter would tell who a family is: marked before anything is quoted, so that a person can take it out.

Too much is marked rather than too little: a person looks at every mark, and a second person at what is left.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.sealing.plain_words import bare_words

WORD = r"[^\W\d_](?:[\w'’-]*\w)?"
SHAPES = (
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+",  # an address for email
    r"(?:\+44|0)[\d\s()-]{8,14}\d",  # a telephone number
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b",  # a postcode
    r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b",  # a date of birth, perhaps
    r"\b\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december)(?: \d{2,4})?\b",
    r"\b[A-Z]{1,4}[-/ ]?\d[\w/-]{3,}\b|\b\d{4,}\b",  # a case number
    r"https?://\S+",
    r"\b\d+[a-z]? [A-Z]\w+ (?:Road|Street|Avenue|Lane|Close|Drive|Way|Court|Place|Terrace|Crescent|Gardens|Square|Grove)\b",
)
WORDS = tomllib.loads((Path(__file__).parent / "words" / "redaction.toml").read_text(encoding="utf-8"))
KIN, COMMON, NO_NAMES = (frozenset(WORDS[name].split()) for name in ("kin", "common", "after_kin"))
AFTER_KIN = re.compile(rf"\b(?:{'|'.join(sorted(KIN))})s?,? ({WORD})", re.I)
AFTER_TITLE = re.compile(rf"\b(?:mrs?|ms|miss|mx|dr|sir|aunt(?:ie|y)?|uncle|nanny?)\.? ({WORD})", re.I)
PLACES = re.compile(
    r"\b((?:[A-Z][\w'’]*\.? ?){1,4}"
    r"(?:School|Academy|College|Nursery|Primary|Surgery|Hospital|Church|House|Farm|Cottage|Unit))\b"
    r"|\b([a-z]{4,} (?:school|academy|college|nursery|surgery))\b"
)
REPLACED = "[…]"


@dataclass(frozen=True)
class Mark:
    """A stretch of text that may tell who a family is."""

    start: int
    end: int


def marks(text: str, keep: Iterable[str] = ()) -> list[Mark]:
    """What to look at before a text is quoted, in order and apart from each other; `keep` are names of staff that stay."""
    kept = frozenset(word for name in keep for word in bare_words(name))
    found = [*_shapes(text), *_capitals(text, kept), *_after_kin(text, kept)]
    names = {word for mark in found for word in bare_words(text[mark.start : mark.end]) if len(word) > 2 and word.isalpha()}
    found += [Mark(*m.span()) for m in re.finditer(WORD, text) if _is_name(m.group(), names - kept - COMMON - KIN)]
    return _joined(found)


def redacted(text: str, keep: Iterable[str] = ()) -> str:
    """The text with each marked stretch taken out, as a beginning for the quote that a person writes."""
    made, done = "", 0
    for mark in marks(text, keep):
        made, done = made + text[done : mark.start] + REPLACED, mark.end
    return made + text[done:]


def pieces(text: str, found: Iterable[Mark]) -> list[tuple[str, bool]]:
    """A text cut at its marks: each piece, and whether it is marked."""
    cut, done = list[tuple[str, bool]](), 0
    for mark in found:
        cut += [(text[done : mark.start], False), (text[mark.start : mark.end], True)]
        done = mark.end
    return [piece for piece in (*cut, (text[done:], False)) if piece[0]]


def _shapes(text: str) -> Iterator[Mark]:
    for shape in SHAPES:
        yield from (Mark(*match.span()) for match in re.finditer(shape, text, re.I if "january" in shape else 0))
    yield from (Mark(*match.span()) for match in PLACES.finditer(text))


def _capitals(text: str, kept: frozenset[str]) -> Iterator[Mark]:
    """Every word with a capital that is no common word and no name that stays."""
    for match in re.finditer(WORD, text):
        word = match.group()
        bare = re.sub(r"['’]s$", "", word.casefold().replace("’", "'"))
        common = word.casefold().replace("’", "'") in COMMON or bare in COMMON
        if word[0].isupper() and not common and not set(bare_words(bare)) <= kept:
            yield Mark(*match.span())


def _after_kin(text: str, kept: frozenset[str]) -> Iterator[Mark]:
    """The word after "my son" or "mr", written small as people do on a phone."""
    for match in (*AFTER_KIN.finditer(text), *AFTER_TITLE.finditer(text)):
        word = match.group(1).casefold()
        if word not in COMMON | KIN | NO_NAMES and not set(bare_words(word)) <= kept:
            yield Mark(*match.span(1))


def _is_name(word: str, names: set[str] | frozenset[str]) -> bool:
    return any(bare in names for bare in bare_words(re.sub(r"['’]s$", "", word)))


def _joined(found: Iterable[Mark]) -> list[Mark]:
    joined: list[Mark] = []
    for mark in sorted(found, key=lambda one: (one.start, -one.end)):
        if joined and mark.start <= joined[-1].end:
            joined[-1] = Mark(joined[-1].start, max(joined[-1].end, mark.end))
        else:
            joined.append(mark)
    return joined
