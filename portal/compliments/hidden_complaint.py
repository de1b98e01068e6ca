"""Whether thanks may hide a complaint: "she is wonderful, the one before her never came". Only a person decides what it is.

Signs are looked for sentence by sentence. Praise that says no to something bad ("you never let us down") is taken out first.
"""

import re
import tomllib
from pathlib import Path

SENTENCE = re.compile(r"[^.!?\n]{1,1000}[.!?]*")
MAX_READ_LENGTH = 20_000
WORDS = tomllib.loads((Path(__file__).parent / "words" / "hidden_complaint.toml").read_text(encoding="utf-8"))
PRAISE, SIGNS = (re.compile("|".join(WORDS[name]), re.I) for name in ("praise", "signs"))


def worrying_sentences(words: str) -> list[str]:
    """The sentences in which something may have gone wrong, in their order. It knows English alone."""
    plain = words[:MAX_READ_LENGTH].replace("’", "'")
    found = (match.group().strip() for match in SENTENCE.finditer(plain))
    return [sentence for sentence in found if sentence and SIGNS.search(PRAISE.sub(" ", sentence))]


def without_sentences(words: str, sentences: list[str]) -> str:
    """Thanks without some of their sentences: what can be passed on when the person wants the rest kept apart."""
    plain = words.replace("’", "'")
    for sentence in sentences:
        plain = plain.replace(sentence, "")
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+", " ", plain)).strip()
