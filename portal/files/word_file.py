"""The words of a Word file (.docx), read in the cage."""

from portal.cage.running import BEHIND, CageBroken, CageBusy, Work, decode
from portal.wording import cut_short

MAX_WORDS_LENGTH = 50_000


def words_in_word_file(content: bytes) -> str:
    """All that is written in the text of a Word file; empty when it is no such file."""
    if not content.startswith(b"PK"):
        return ""
    try:
        words, _ = decode(Work.WORD, content, BEHIND, longest=MAX_WORDS_LENGTH)
    except (CageBroken, CageBusy):
        return ""
    return cut_short(words, MAX_WORDS_LENGTH)
