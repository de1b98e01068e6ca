"""What the law and its Ombudsman do not leave to one person: somebody else has to agree before it is done."""

from dataclasses import dataclass

from portal.procedure.errors import MoveNotAllowed


@dataclass
class SecondPersonNeeded(MoveNotAllowed):
    """It is well said, but a second person has to agree; `needs` says to what."""


def check_second_person(guard: str, asked_by: int | None, by: int | None, agree_to: str) -> None:
    """Let something go that one person asked for and another agrees to. Raises SecondPersonNeeded with what to agree to."""
    if asked_by is None or asked_by == by:
        raise SecondPersonNeeded(guard, agree_to)
