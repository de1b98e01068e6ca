"""What a letter must say before it goes. The words are read, not trusted: whoever sends it mends what is missing.

A letter that declines, closes or answers says why, how to go on and until when, how to reach the Ombudsman, and to a child
who can help them (SI 2006/1738 regs 8, 9, 11, 17, 20; Local Government Act 1974; guard G9), however it was edited.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from portal.procedure.errors import MoveNotAllowed
from portal.procedure.second_person import check_second_person

SORRY = re.compile(r"\b(sorry|apologi[sz]e|apology|apologies)\b", re.IGNORECASE)
LATE = re.compile(r"\b(late|delay(ed)?)\b", re.IGNORECASE)
OMBUDSMAN = re.compile(r"\bombudsman\b", re.IGNORECASE)
OMBUDSMANS_WAYS = re.compile(r"0300\s?061\s?0614|\blgo\.org\.uk\b", re.IGNORECASE)
WAYS_OUTSIDE = {
    "ombudsman": (OMBUDSMAN, OMBUDSMANS_WAYS, "the Ombudsman"),
    "commissioner": (
        re.compile(r"\binformation commissioner\b", re.IGNORECASE),
        re.compile(r"\bico\.org\.uk\b"),
        "the Information Commissioner",
    ),
}
ADVOCATE = re.compile(r"\badvoca(te|cy)\b", re.IGNORECASE)
COMES_BACK = re.compile(r"\b(come back|tell us|ask us|write to us|in any words|any words)\b", re.IGNORECASE)
GIVES_REASONS = re.compile(r"\b(because|reasons?|why)\b", re.IGNORECASE)
ENOUGH_TO_KNOW = 40  # letters by which the reasons on record are known again in a letter


@dataclass(frozen=True)
class Edited:
    """A letter as a colleague leaves it. `despite` is why it goes although it lacks something; `asked_by` is who said so."""

    words: str
    despite: str = ""
    asked_by: int | None = None


@dataclass(frozen=True)
class Needs:
    """What one kind of letter needs. `parts` are the numbers of the parts that it answers, `dates` the days it must name.

    `reasons` are those on record, of which the letter tells each in these words or its own. In `easy_words` a next stage is
    somebody new, and parts have no numbers.
    """

    parts: Collection[int] = ()
    sorry: bool = False
    late: bool = False
    ombudsman: bool = False
    commissioner: bool = False
    next_stage: int | None = None
    comes_back: bool = False
    reasons: Collection[str] = ()
    advocate: bool = False
    dates: Collection[date] = ()
    easy_words: bool = False


def missing_from(letter: str, needs: Needs) -> tuple[str, ...]:
    """What the letter lacks, each as a sentence that says what to add."""
    found = [
        f"It does not speak of part {number}. Each part needs its answer."
        for number in needs.parts
        if not needs.easy_words and not re.search(rf"\bpart {number}\b", letter, re.IGNORECASE)
    ]
    if needs.sorry and not SORRY.search(letter):
        found.append("Something was upheld, and the letter does not say sorry.")
    if needs.late and not (LATE.search(letter) and SORRY.search(letter)):
        found.append("It is late, and does not say so and that you are sorry.")
    if any(not _tells(letter, reasons) for reasons in needs.reasons):
        found.append("It does not give the reasons.")
    if needs.next_stage and not _goes_on(letter, needs.next_stage, easy_words=needs.easy_words):
        found.append(f"It does not say that the person can go on to stage {needs.next_stage}.")
    if needs.comes_back and not COMES_BACK.search(letter):
        found.append("It does not say that they can come back to it.")
    for name, (body, ways, words) in WAYS_OUTSIDE.items():
        if getattr(needs, name) and not (body.search(letter) and ways.search(letter)):
            found.append(f"It does not say how to reach {words}.")
    if needs.advocate and not ADVOCATE.search(letter):
        found.append("It does not say that an advocate can help.")
    found += [f"It does not name the day {day:%A} {day.day} {day:%B %Y}." for day in needs.dates if not _names(letter, day)]
    return tuple(found)


def check_letter(letter: Edited, needs: Needs, by: int | None) -> tuple[str, ...]:
    """Let a letter go, or raise MoveNotAllowed with everything that it lacks. Gives what it lacks and goes without.

    It goes without only for reasons that one person gives and another agrees to (SecondPersonNeeded until then).
    """
    lacks = missing_from(letter.words, needs)
    if lacks and not letter.despite.strip():
        raise MoveNotAllowed("letter", "The letter cannot go yet. " + " ".join(lacks))
    if lacks:
        why = f"A letter goes although it lacks something. {' '.join(lacks)} The reason given: {letter.despite.strip()}"
        check_second_person("letter", letter.asked_by, by, why)
    return lacks


def _tells(letter: str, reasons: str) -> bool:
    known, told = (" ".join(text.split()).casefold() for text in (reasons, letter))
    return known[:ENOUGH_TO_KNOW] in told or GIVES_REASONS.search(letter) is not None


def _goes_on(letter: str, stage: int, *, easy_words: bool) -> bool:
    named = re.search(rf"\bstage {stage}\b", letter, re.IGNORECASE)
    return bool(named or (easy_words and COMES_BACK.search(letter)))


def _names(letter: str, day: date) -> bool:
    return f"{day.day} {day:%B}" in letter
