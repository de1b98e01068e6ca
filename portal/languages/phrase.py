"""Marking words that are shown on a public page, so that `tools/phrases.py` finds them for the catalogues."""


def phrase(words: str) -> str:
    """The words themselves: they are translated when a page shows them, and kept in English for staff."""
    return words
