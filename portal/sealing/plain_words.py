"""Words as search and the signs of harm compare them: without case and accents."""

import re
import unicodedata

MIN_WORD_LENGTH = 2


def plain_words(*texts: str) -> frozenset[str]:
    """The words of texts without case and accents, each once."""
    return frozenset(word for word in bare_words(" ".join(texts)) if len(word) >= MIN_WORD_LENGTH)


def bare_words(text: str) -> list[str]:
    """The words of a text in their order, without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"\w+", "".join(letter for letter in decomposed if not unicodedata.combining(letter)))
