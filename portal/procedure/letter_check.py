"""What a letter must say before it goes. The words are read, not trusted: whoever sends it mends what is missing."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from portal.procedure.errors import MoveNotAllowed

SORRY = re.compile(r"\b(sorry|apologi[sz]e|apology|apologies)\b", re.IGNORECASE)
OMBUDSMAN = re.compile(r"\bombudsman\b", re.IGNORECASE)


@dataclass(frozen=True)
class Needs:
    """What one kind of letter needs. `parts` are the numbers of the parts that it answers, `dates` the days it must name."""

    parts: Collection[int] = ()
    sorry: bool = False
    ombudsman: bool = False
    next_stage: int | None = None
    dates: Collection[date] = ()


def missing_from(letter: str, needs: Needs) -> tuple[str, ...]:
    """What the letter lacks, each as a sentence that says what to add."""
    found = [
        f"It does not speak of part {number}. Each part needs its answer."
        for number in needs.parts
        if not re.search(rf"\bpart {number}\b", letter, re.IGNORECASE)
    ]
    if needs.sorry and not SORRY.search(letter):
        found.append("Something was upheld, and the letter does not say sorry.")
    if needs.next_stage and not re.search(rf"\bstage {needs.next_stage}\b", letter, re.IGNORECASE):
        found.append(f"It does not say that the person can go on to stage {needs.next_stage}.")
    if needs.ombudsman and not OMBUDSMAN.search(letter):
        found.append("It does not say how to reach the Ombudsman.")
    found += [f"It does not name the day {day:%A} {day.day} {day:%B %Y}." for day in needs.dates if not _names(letter, day)]
    return tuple(found)


def check_letter(letter: str, needs: Needs) -> None:
    """Let a letter go, or raise MoveNotAllowed with everything that it lacks."""
    found = missing_from(letter, needs)
    if found:
        raise MoveNotAllowed("letter", "The letter cannot go yet. " + " ".join(found))


def _names(letter: str, day: date) -> bool:
    return f"{day.day} {day:%B}" in letter
