"""Signs that a message should be read before the rest. A sign only sorts the queue: it never blocks and never decides."""

import re
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz

from portal.intake.submission import Submission
from portal.procedure.eligibility import Complainant
from portal.sealing import bare_words

LIKE_ENOUGH = 84
MOST_WORDS_LOOKED_AT = 4000
LETTERS = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"}
DIGIT_IN_WORD = re.compile(r"(?<=[^\W\d_])[013457@$]|[013457@$](?=[^\W\d_])")  # h1t me, k1ll, $uicide


@cache
def signs() -> tuple[tuple[str, ...], ...]:
    """Each sign as its words, of every language: a child may write in any."""
    files = sorted((Path(__file__).parents[1] / "read-first").glob("*.txt"))
    lines = (line for file in files for line in file.read_text(encoding="utf-8").splitlines())
    return tuple(dict.fromkeys(tuple(bare_words(line)) for line in lines if line and not line.startswith("#")))


def read_first_signs(submission: Submission) -> tuple[str, ...]:
    """Why a submission should be read first; empty when nothing says so.

    What was chosen, the first sign in the words, and any recording or picture, which no list of words can look into.
    """
    found = ["chose_not_safe"] if submission.chose_not_safe else []
    found += ["scared_at_home"] if submission.chose_scared_at_home else []
    from_child = submission.complainant is Complainant.CHILD_OR_YOUNG_PERSON
    found += sorted(
        {"voice" if file.kept.media_type.startswith("audio/") else "picture" for file in submission.files if from_child}
    )
    answers = [answer for _, answer in submission.told]
    if has_sign("\n".join([*answers, submission.words])):
        found.append("words")
    return tuple(found)


def has_sign(text: str) -> bool:
    """Whether a text holds one of the signs, also misspelt."""
    said = bare_words(DIGIT_IN_WORD.sub(lambda digit: LETTERS[digit.group()], text))[:MOST_WORDS_LOOKED_AT]
    by_first: dict[str, list[int]] = {}
    for place, word in enumerate(said):
        by_first.setdefault(word[0], []).append(place)
    return any(
        fuzz.ratio(" ".join(said[place : place + len(sign)]), " ".join(sign)) >= LIKE_ENOUGH
        for sign in signs()
        for place in by_first.get(sign[0][0], ())
    )
