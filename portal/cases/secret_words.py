"""Four words that a child can picture and remember. Any two words of the list are at least three slips apart."""

import re
import secrets
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from rapidfuzz.distance import OSA

HOW_MANY = 4
MAX_SLIPS = 1
MAX_TYPED_LENGTH = 200


@cache
def pictures() -> dict[str, str]:
    """Every word that is understood, with its picture: one or two emoji, which the phone itself draws.

    A word without a picture was given out once and is not any more.
    """
    lines = (Path(__file__).parent / "secret-words.txt").read_text(encoding="utf-8").splitlines()
    return {word: picture for word, _, picture in (line.partition(" ") for line in lines)}


@cache
def word_list() -> tuple[str, ...]:
    """Every word that can be given out."""
    return tuple(word for word, picture in pictures().items() if picture)


def pictured(words: str) -> list[tuple[str, str]]:
    """Each of some secret words with its picture, in their order."""
    return [(word, pictures()[word]) for word in words.split()]


def new_words() -> str:
    """Four different words, drawn at random (about 40 bits)."""
    return " ".join(secrets.SystemRandom().sample(word_list(), HOW_MANY))


def understood(typed: str) -> str | None:
    """The four words that were meant, whatever the case, the gaps, a plural or one slip in each; None if not four."""
    said = re.findall(r"[^\W\d_]+", typed[:MAX_TYPED_LENGTH].casefold())
    for joined in _joined(said, HOW_MANY):
        meant = [_nearest(word) for word in joined]
        if None not in meant:
            return " ".join(word for word in meant if word)
    return None


def _joined(said: list[str], into: int) -> Iterator[list[str]]:
    """Every way to read what was typed as so many words, when one word may be written as two: "ice cream"."""
    if not into <= len(said) <= 2 * into:
        return
    if not into:
        yield []
        return
    for taken in (1, 2):
        for rest in _joined(said[taken:], into - 1):
            yield ["".join(said[:taken]), *rest]


def _nearest(said: str) -> str | None:
    """The word itself, its singular, or the only word of the list within one slip."""
    listed = pictures()
    for form in (said, said.removesuffix("s"), said.removesuffix("es")):
        if form in listed:
            return form
    near = [word for word in listed if OSA.distance(said, word, score_cutoff=MAX_SLIPS) <= MAX_SLIPS]
    return near[0] if near else None
