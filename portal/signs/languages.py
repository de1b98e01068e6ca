"""Whether a text is in a language that our lists of signs know. One that is not is always read first, by a person.

A language in Latin letters is known by its common words, one in other letters by those that only others have. It is no guess
at which language it is.
"""

import re
from functools import cache
from pathlib import Path

from portal.languages.dictionary import syllables_of_words
from portal.made_once import made_once
from portal.sealing.plain_words import bare_words

FOLDER = Path(__file__).parent / "common-words"
SENTENCE = re.compile(r"[.!?\n]+")
FEW_WORDS = 3  # of fewer hardly anything can be said: a name, an address, a word or two
ENOUGH = 0.2  # of the words of a sentence
ENGLISH_ENOUGH, ENGLISH_COMMON, NEARLY_ALL = 0.5, 0.15, 0.9
MAX_NAME_LENGTH = 3  # letters of a script that is not ours: a name in Chinese
LATIN = re.compile(r"[a-zøđłæœßıħþð]")
OURS = re.compile(r"[a-zøđłæœßıħþð\u0600-\u06ff\u0750-\u077f\u0400-\u04ff]")
# Letters that no language of ours has, of others in the same script: Pashto, Sindhi, Russian, Bulgarian, Serbian.
NOT_OURS = re.compile(r"[ټډړږښځڅۍېٻڀٿٽڃڇڄڏڌڊڍڙڦڳڱڻыэъёјљњћђџ]")
FOREIGN = re.compile(r"[đğışžčėųūįőűñãõë\u1ea0-\u1ef1]")  # in one word it may be a name, in two it is a language
MAX_LETTERS = 20_000


def is_recognised(text: str) -> bool:
    """Whether every sentence of a text may be in a language whose signs we know; a name or two words may be in any."""
    return all(_may_be_ours(sentence) for sentence in SENTENCE.split(text[:MAX_LETTERS]))


def _may_be_ours(sentence: str) -> bool:
    words = [word for word in bare_words(sentence) if word.isalpha()]
    strange = "".join(word for word in words if not OURS.search(word))
    if NOT_OURS.search(sentence.casefold()) or len(strange) > MAX_NAME_LENGTH:
        return False
    if sum(bool(FOREIGN.search(word)) for word in sentence.casefold().split()) > 1:
        return False
    latin = [word for word in words if LATIN.search(word)]
    if len(latin) < FEW_WORDS:
        return len(latin) < 2 or any(word in _english() or word in _common() for word in latin)
    return any(_share(latin, common) >= ENOUGH for common in _by_language()) or _is_english(latin)


def _is_english(words: list[str]) -> bool:
    """Half the words of English, some of them its most common ones, or nearly all: names and slips are many in messages."""
    known = sum(word in _english() for word in words) / len(words)
    return known >= NEARLY_ALL or (known >= ENGLISH_ENOUGH and _share(words, _common_of("en")) >= ENGLISH_COMMON)


def _share(words: list[str], common: frozenset[str]) -> float:
    """How many of the words are common ones. A lone letter is common everywhere and counts as half a word."""
    return sum((1 if len(word) > 1 else 0.5) for word in words if word in common) / len(words)


@cache
def _by_language() -> tuple[frozenset[str], ...]:
    return tuple(_common_of(file.stem) for file in sorted(FOLDER.glob("*.txt")) if file.stem != "en")


@cache
def _common() -> frozenset[str]:
    return frozenset().union(*_by_language())


@cache
def _common_of(code: str) -> frozenset[str]:
    return frozenset(bare_words((FOLDER / f"{code}.txt").read_text(encoding="utf-8")))


@made_once
def _english() -> frozenset[str]:
    return frozenset(word.replace("'", "") for word in syllables_of_words()) | _common_of("en")
