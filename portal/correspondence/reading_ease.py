"""How easy some words are to read. A guard and not a proof: only the child who reads them can say."""

import re
from dataclasses import dataclass

from portal.languages.dictionary import syllables_of_words

GRADE, MAX_SENTENCE_LENGTH, SYLLABLES = 3.0, 12, 3
SENTENCE_END = re.compile(r"[.!?\n]+")
WORD = re.compile(r"[^\W\d_][\w'’-]*")
VOWELS = re.compile(r"[aeiouy]+")
MAX_LETTERS = 20_000


@dataclass(frozen=True)
class Ease:
    """The measures of a text: the school grade of Flesch and Kincaid, its longest sentence, and its long words."""

    grade: float
    longest: str
    hard_words: tuple[str, ...]

    @property
    def words_in_longest(self) -> int:
        """How many words the longest sentence has."""
        return len(WORD.findall(self.longest))

    @property
    def is_easy(self) -> bool:
        """Whether a child of eight or nine is likely to follow."""
        return self.grade <= GRADE and self.words_in_longest <= MAX_SENTENCE_LENGTH and not self.hard_words


def ease_of(text: str) -> Ease | None:
    """Measure a text of English; None when there is nothing to measure.

    The grade is that of Kincaid and others (1975), with syllables as the CMU dictionary counts them. A heading without a
    full stop is a sentence.
    """
    sentences = [found for part in SENTENCE_END.split(text[:MAX_LETTERS]) if (found := " ".join(part.split()))]
    words = [word.lower() for sentence in sentences for word in WORD.findall(sentence)]
    if not words:
        return None
    grade = 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    hard = tuple(dict.fromkeys(word for word in words if syllables(word) >= SYLLABLES))
    return Ease(round(grade, 1), max(sentences, key=lambda one: len(WORD.findall(one))), hard)


def syllables(word: str) -> int:
    """How many syllables a word of English has; of one that the dictionary does not know, as many as groups of vowels."""
    known = syllables_of_words().get(word.removesuffix("'s").removesuffix("’s"))
    return max(1, len(VOWELS.findall(word))) if known is None else known
