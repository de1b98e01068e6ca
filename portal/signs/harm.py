"""Signs that a message should be read before the rest. A sign only sorts: it never blocks and never decides.

Every way in asks here: each door, an answer by email, what someone says when they come back, an advocate's note.
"""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from rapidfuzz import fuzz, process

from portal.made_once import made_once
from portal.sealing.plain_words import bare_words
from portal.signs.languages import is_recognised

LIKE_ENOUGH, EACH_WORD, MIN_LIKENESS, SHORT = 84, 72, 3, 3  # percent, percent, words, letters
MAX_WORDS_LOOKED_AT = 4000
LETTERS_SHARED = 3
A_CHOICE_FIRST = re.compile(r"\(\?:([^()]*)\)(?!\?)(.*)", re.DOTALL)
LETTERS = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"}
DIGIT_IN_WORD = re.compile(r"(?<=[^\W\d_])[013457@$]|[013457@$](?=[^\W\d_])")  # h1t me, k1ll, $uicide
APOSTROPHE = re.compile(r"(?<=\w)['’ʼ`´](?=\w)")
TWICE = re.compile(r"([^\W\d_])\1+")
NEGATION = frozenset(
    "no not never none nobody without cant dont doesnt didnt isnt arent wasnt werent wont wouldnt couldnt shouldnt havent "
    "hasnt hadnt aint nie nu не ні ما لا لم مش نه نہیں نا".split()
)
Plain = tuple[str, ...]


def harm_in(text: str) -> tuple[str, ...]:
    """Why a text should be read first: it holds a sign of harm, or is in a language that no list of signs knows."""
    if has_sign(text):
        return ("words",)
    return () if is_recognised(text) else ("language",)


def has_sign(text: str) -> bool:
    """Whether a text holds one of the signs, also misspelt."""
    said = normal_words(text)[:MAX_WORDS_LOOKED_AT]
    return bool(patterns().search(" ".join(said))) or _is_like_a_sign(said)


def normal_words(text: str) -> list[str]:
    """The words of a text as signs know them: no case, accents or apostrophes, digits as letters, no letter twice."""
    plain = APOSTROPHE.sub("", DIGIT_IN_WORD.sub(lambda digit: LETTERS[digit.group()], text))
    return [TWICE.sub(r"\1", word) for word in bare_words(plain)]


def _is_like_a_sign(said: list[str]) -> bool:
    """Whether words are like a sign of three words or more. A word that says no is never met by one that is like it."""
    return any(
        _has_its_words(near, signs[found])
        for place, word in enumerate(said)
        for length, signs in _signs_by_first_letter().get(word[0], {}).items()
        if len(near := said[place : place + length]) == length
        for found, _, _ in process.extract(
            " ".join(near), signs.keys(), scorer=fuzz.ratio, limit=None, score_cutoff=LIKE_ENOUGH
        )
    )


def _has_its_words(near: Sequence[str], sign: Plain) -> bool:
    """Whether words that are together as good as a sign are each one like its partner."""
    pairs = zip(near, sign, strict=True)
    is_near = all(
        one == other or (min(len(one), len(other)) > SHORT and fuzz.ratio(one, other) >= EACH_WORD) for one, other in pairs
    )
    return is_near and NEGATION.intersection(near) == NEGATION.intersection(sign)


@made_once
def _signs_by_first_letter() -> dict[str, dict[int, dict[str, Plain]]]:
    """The signs of several words, by how they begin, then by how many words they have, then as text."""
    found: dict[str, dict[int, dict[str, Plain]]] = {}
    for sign in plain_signs():
        found.setdefault(sign[0][0], {}).setdefault(len(sign), {})[" ".join(sign)] = sign
    return found


@made_once
def plain_signs() -> tuple[Plain, ...]:
    """Each sign of three words or more that is no pattern, of every language: a child may write in any."""
    plain = (tuple(normal_words(line)) for line in _lines() if not _is_pattern(line))
    return tuple(dict.fromkeys(sign for sign in plain if len(sign) >= MIN_LIKENESS))


@made_once
def patterns() -> re.Pattern[str]:
    """Every sign as one search over the words of a text: plain ones as they stand, and those with a choice or a gap.

    In a pattern `a|b` is a choice, `@name` one of a list of the file, `*` up to three words of any kind, and a word that
    ends in `~` has any ending; a word with `?` may be missing, and one with `!` must not follow.
    """
    every = []
    for file in _files():
        lists: dict[str, str] = {}
        for line in _lines_of(file):
            if line.startswith("@") and " = " in line:
                name, _, words = line.partition(" = ")
                lists[name] = _choice(words, lists)
            else:
                every.append(_as_search(line, lists))
    by_letter = [search for one in dict.fromkeys(every) for search in _begun_by_letters(one)]
    return re.compile(rf"\b{_branching(by_letter)}(?!\w)")


def _begun_by_letters(search: str) -> list[str]:
    """A search that begins with a choice as one search for each letter that the choice begins with."""
    begins_with_choice = A_CHOICE_FIRST.fullmatch(search)
    if begins_with_choice is None:
        return [search]
    choice, rest = begins_with_choice.groups()
    return [letter + _any_of(ends) + rest for letter, ends in _by_letter(choice.split("|")).items()]


def _branching(searches: Iterable[str], depth: int = LETTERS_SHARED) -> str:
    """Searches as one that looks once at the letters they share: thousands are not tried one by one at every word."""
    return _any_of(
        letter + (_branching(ends, depth - 1) if depth > 1 and len(ends) > 1 else _any_of(ends))
        for letter, ends in _by_letter(searches).items()
    )


def _by_letter(searches: Iterable[str]) -> dict[str, list[str]]:
    """What follows the first letter, by that letter; under no letter what begins with none."""
    found: dict[str, list[str]] = {}
    for search in searches:
        letter = search[:1] if search[:1].isalnum() else ""
        found.setdefault(letter, []).append(search.removeprefix(letter))
    return found


def _any_of(searches: Iterable[str]) -> str:
    return f"(?:{'|'.join(searches)})"


def _as_search(line: str, lists: dict[str, str]) -> str:
    if not _is_pattern(line):
        return " ".join(map(re.escape, normal_words(line)))
    search = ""
    for piece in line.split():
        if piece == "*":
            search += r"(?:\w+ ){0,3}"
        elif piece.startswith("!"):
            search = f"{search.rstrip(' ')}(?! {_token(piece[1:], lists)}(?!\\w)) "
        elif piece.endswith("?"):
            search += f"(?:{_token(piece[:-1], lists)} )?"
        else:
            search += f"{_token(piece, lists)} "
    return search.strip(" ")


def _token(token: str, lists: dict[str, str]) -> str:
    return _choice(token.replace("|", ", ").replace("_", " "), lists)


def _choice(words: str, lists: dict[str, str]) -> str:
    """A list of words or groups of words with commas between, as a choice."""
    found = []
    for one in words.split(","):
        group = one.strip()
        plain = " ".join(normal_words(group.removesuffix("~")))
        found.append(lists[group] if group in lists else re.escape(plain) + (r"\w*" if group.endswith("~") else ""))
    return _any_of(found)


def _is_pattern(line: str) -> bool:
    return any(mark in line for mark in "|@*~?_!")


def _files() -> list[Path]:
    return sorted((Path(__file__).parent / "of-harm").glob("*.txt"))


def _lines_of(file: Path) -> list[str]:
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _lines() -> list[str]:
    return [line for file in _files() for line in _lines_of(file)]
