"""Whose word it is that a complaint ends: who said it, how, and on which day. Only the person who complained can end one."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal import wording
from portal.actions.action import Instead


class ToldBy(StrEnum):
    """Who told us."""

    THE_PERSON = "the_person"
    ADVOCATE = "advocate"
    WORKER = "worker"
    SOMEONE_ELSE = "someone_else"


class ToldHow(StrEnum):
    """How we were told."""

    PHONE = "phone"
    EMAIL = "email"
    LETTER = "letter"
    IN_PERSON = "in_person"
    OWN_PAGE = "own_page"


TOLD_BY: dict[str, str] = {
    ToldBy.THE_PERSON: "The person who complained",
    ToldBy.ADVOCATE: "Their advocate, for them",
    ToldBy.WORKER: "Their social worker or another worker",
    ToldBy.SOMEONE_ELSE: "Someone else",
}
TOLD_HOW: dict[str, str] = {
    ToldHow.PHONE: "by phone",
    ToldHow.EMAIL: "by email",
    ToldHow.LETTER: "by letter",
    ToldHow.IN_PERSON: "in person",
    ToldHow.OWN_PAGE: "on their own page",
}


HOW = {how: wording.label(said) for how, said in TOLD_HOW.items()}
ASKED_FIRST = Instead("They are asked first, in a letter. It goes on until they say so themselves.")


@dataclass(frozen=True)
class Confirmation:
    """Who said that it ends, how and when."""

    by: ToldBy
    how: ToldHow
    on: date

    @property
    def is_their_own(self) -> bool:
        """Whether the person said it, or an advocate who speaks for them."""
        return self.by in (ToldBy.THE_PERSON, ToldBy.ADVOCATE)

    def __str__(self) -> str:
        return f"{TOLD_BY[self.by]}, {TOLD_HOW[self.how]}, on {wording.day(self.on)}"


def confirmation_of(by: str | None, how: str | None, on: date | None) -> Confirmation | None:
    """What was filled in of who said so, how and when; nothing while a part of it is missing."""
    if by not in TOLD_BY or how not in TOLD_HOW or on is None:
        return None
    return Confirmation(ToldBy(by), ToldHow(how), on)
