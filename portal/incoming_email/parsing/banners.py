"""What gateways and mail systems add to an email, which nobody wrote: warnings above, notices below, marks in subjects.

They are cut before signs of harm are sought and before thanks are passed on. The email's own entry keeps all of it.
"""

import re
from functools import cache
from pathlib import Path

BANNER, FOOTER, BESIDE = "banner", "footer", ("after", "only with", "label of")
MAX_PARAGRAPH_LENGTH, MAX_ROWS, MAX_PARAGRAPHS, MAX_ROWS_OF_ONE = 3_000, 25, 30, 6
MAX_PARAGRAPHS_WITHIN = 1_000
ORGANISATIONS = (
    "(?:organi[sz]ation|council|company|authority|network|trust|school|university|borough|county|nhs|domain|tenant|firm|"
    "department|business)"
)
LINK = re.compile(r"[<(\[]*\b(?:https?://|www\.)[^\s<>\])]{1,2000}[>)\]]*", re.I)
ADDRESS = re.compile(r"[<(\[]*\b[\w.+'-]{1,64}@[\w.-]{1,190}\w[>)\]]*")
SENTENCE = re.compile(r"(?<=[.!?:])\s+|\s+[|•·]\s+|\n")
DECORATION = re.compile(r"[*_|#=~\[\](){}!?.:;,•·⚠\ufe0f🛑\"“”]+|(?<!\w)-+|-+(?!\w)|[–—]")
MARK = re.compile(
    r"(?:\[|\(|\{|\*{1,3}|<)\s*(?:external|ext|extern|allanol|outside|external (?:e-?mail|sender|message)|e-?mail external|"
    r"caution:? external(?: e-?mail)?|unverified sender)\s*(?:\]|\)|\}|\*{1,3}|>)\s*[:-]?\s*|\bEXTERNAL(?: E-?MAIL)?:\s*",
    re.I,
)
BEFORE_SUBJECT = re.compile(r"(?:(?:re|fwd?|aw|wg|tr|vs|sv|ymlaen|ateb)\s*:\s*){0,20}", re.I)


def without_banners(words: str) -> str:
    """What somebody wrote, without whole paragraphs at the top that a gateway put there, and whole ones at the bottom.

    A paragraph is cut only when every sentence of it is known, so that nothing a person wrote goes with it.
    """
    paragraphs = [one for one in re.split(r"\n[ \t]*\n", words.strip()) if one.strip()]
    below = _without_first(paragraphs, BANNER)
    kept = _without_first([_turned(one) for one in reversed(below)], FOOTER)
    told = [_turned(one) for one in reversed(kept)]
    return words.strip() if told == paragraphs else "\n\n".join(told).strip()


def without_banners_within(words: str) -> str:
    """A text without the banners above each of the messages in it; a paragraph goes only where all of it is a banner."""
    paragraphs = re.split(r"\n[ \t]*\n", words.strip())
    if len(paragraphs) > MAX_PARAGRAPHS_WITHIN:
        return words.strip()
    return "\n\n".join(one for one in paragraphs if not _is_known(one, BANNER, is_after=False))


def only_of(text: str, heading: str) -> bool:
    """Whether every sentence of a text stands under one heading of `banners.txt`; so does a text without any word."""
    pieces = _pieces(text, "")
    return not pieces or bool(_headings(pieces, (heading,)))


def without_marks(subject: str) -> str:
    """A subject without the mark of a gateway, such as `[EXTERNAL]`, before it or after `Re:`."""
    told = subject.strip()
    for _ in range(5):
        begins = BEFORE_SUBJECT.match(told)
        place = begins.end() if begins else 0
        mark = MARK.match(told, place)
        if mark is None:
            break
        told = (told[:place] + told[mark.end() :]).strip()
    return told


def bare_subject(subject: str) -> str:
    """A subject without the marks of gateways, of answering and of sending on."""
    return BEFORE_SUBJECT.sub("", without_marks(subject), count=1).strip()


def _turned(paragraph: str) -> str:
    """A paragraph with its last row first."""
    return "\n".join(reversed(paragraph.split("\n")))


def _without_first(paragraphs: list[str], kind: str) -> list[str]:
    """The paragraphs from the first one on that somebody wrote; of that one, without rows before it that nobody did."""
    cut = 0
    for number, paragraph in enumerate(paragraphs[:MAX_PARAGRAPHS]):
        if _is_known(paragraph, kind, is_after=cut > 0):
            cut = number + 1
        elif not all(_patterns(f"label of a {kind}").fullmatch(one) for one in _pieces(paragraph, kind)):
            break
    rest = paragraphs[cut:]
    return [_without_rows(rest[0], kind, is_after=cut > 0), *rest[1:]] if rest else []


def _without_rows(paragraph: str, kind: str, is_after: bool) -> str:
    """A paragraph without the rows at its end that are a banner by themselves: plain text often has no gap below them."""
    rows = paragraph.split("\n")
    for number in range(min(len(rows) - 1, MAX_ROWS), 0, -1):
        if _is_known("\n".join(rows[:number]), kind, is_after):
            return "\n".join(rows[number:])
    return paragraph


def _is_known(paragraph: str, kind: str, is_after: bool) -> bool:
    """Whether each sentence is known, one says by itself that nobody wrote it, and none beside a person's is a label."""
    told = _headings(_pieces(paragraph, kind), (kind, *(f"{how} a {kind}" for how in BESIDE)))
    nearest = told[:1] if kind is FOOTER else told[-1:]
    says_so = kind in told or (is_after and bool(told) and set(told) == {f"after a {kind}"})
    return says_so and nearest != [f"label of a {kind}"]


def _headings(pieces: list[str], sections: tuple[str, ...]) -> list[str]:
    """Under which heading each sentence stands, which may run over a few rows; nothing when one stands under none."""
    found, place = list[str](), 0
    while place < len(pieces):
        for rows in range(1, min(MAX_ROWS_OF_ONE, len(pieces) - place) + 1):
            sentence = " ".join(pieces[place : place + rows])
            heading = next((one for one in sections if _patterns(one).fullmatch(sentence)), "")
            if heading:
                break
        if not heading:
            return []
        found.append(heading)
        place += rows
    return found


def _pieces(paragraph: str, kind: str) -> list[str]:
    """The sentences of a paragraph, row by row, in small letters and without marks."""
    if len(paragraph) > MAX_PARAGRAPH_LENGTH:
        return [paragraph]
    text = (_turned(paragraph) if kind is FOOTER else paragraph).casefold()
    marked = ADDRESS.sub(" <address> ", LINK.sub(" <link> ", text))
    bare = (" ".join(DECORATION.sub(" ", one).split()) for one in SENTENCE.split(marked))
    return [one for one in bare if one]


@cache
def _patterns(section: str) -> re.Pattern[str]:
    """The sentences under one heading of `banners.txt`; none under a heading that is not there."""
    found, heading = list[str](), ""
    for line in (Path(__file__).parent / "banners.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            heading = line.strip("[]")
        elif line and not line.startswith("#") and heading == section:
            found.append(f"(?:{line.replace('<org>', ORGANISATIONS)})")
    return re.compile("|".join(found) or r"(?!)")
