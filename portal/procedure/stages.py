"""The states of a case, the moves between them, and the guards that hold a move back."""

from enum import StrEnum

from portal.procedure.errors import MoveNotAllowed
from portal.procedure.findings import Finding


class Status(StrEnum):
    """Where a case stands."""

    TO_READ = "to_read"
    TO_DECIDE = "to_decide"
    STAGE_1 = "stage_1"
    ANSWERED = "answered"
    STAGE_2 = "stage_2"
    STAGE_3 = "stage_3"
    CLOSED = "closed"


MOVES: dict[Status, frozenset[Status]] = {
    Status.TO_READ: frozenset({Status.TO_DECIDE}),
    Status.TO_DECIDE: frozenset({Status.STAGE_1, Status.CLOSED}),
    Status.STAGE_1: frozenset({Status.ANSWERED, Status.STAGE_2, Status.CLOSED}),
    Status.ANSWERED: frozenset({Status.STAGE_2, Status.CLOSED}),
    Status.STAGE_2: frozenset({Status.STAGE_3, Status.CLOSED}),
    Status.STAGE_3: frozenset({Status.CLOSED}),
    Status.CLOSED: frozenset({Status.TO_DECIDE, Status.STAGE_1, Status.STAGE_2, Status.STAGE_3}),
}


class ClosingReason(StrEnum):
    """Why a complaint ended without an investigation; 'withdrawn' is only what the person themselves said."""

    WITHDRAWN = "withdrawn"
    RESOLVED_NEXT_DAY = "resolved_next_day"
    RESOLVED_LOCALLY = "resolved_locally"
    INELIGIBLE = "ineligible"
    OTHER_ROUTE = "other_route"


class StageEnding(StrEnum):
    """How stage 2 or 3 ended without a finding; each is told apart from a withdrawal."""

    WITHDRAWN = "withdrawn"
    STATEMENT_NOT_AGREED = "statement_not_agreed"
    RESOLVED_INFORMALLY = "resolved_informally"


def how_it_ended(code: str) -> tuple[Finding | None, StageEnding | None]:
    """The finding that a code names, or else the ending without one; neither for an empty code."""
    if code in list(Finding):
        return Finding(code), None
    return None, StageEnding(code) if code else None


def check_move(before: Status, after: Status) -> None:
    """Allow a move or raise MoveNotAllowed."""
    if after not in MOVES[before]:
        raise MoveNotAllowed(
            "moves", f"A case that is at '{before.replace('_', ' ')}' cannot go to '{after.replace('_', ' ')}'."
        )


def check_safeguarding_first(checked: bool) -> None:
    """Nothing is decided or closed before someone has read it for a child's safety."""
    if not checked:
        raise MoveNotAllowed("safeguarding_first", "Check first whether a child may be at risk. Then decide.")


def check_next_day(confirmed_by: str, closed_in_time: bool) -> None:
    """A complaint counts as settled next day only when the person said so, by close of the next working day."""
    if not confirmed_by.strip():
        raise MoveNotAllowed("next_day", "Say who confirmed that it is settled. It must be the person who complained.")
    if not closed_in_time:
        raise MoveNotAllowed("next_day", "The next working day has passed. Choose 'settled with the team' instead.")


def check_answer(*, text: str, drafted_by: int | None, checked_by: int | None, acknowledged: bool) -> None:
    """An answer goes out after it was acknowledged, written, and checked by someone who did not write it."""
    if not acknowledged:
        raise MoveNotAllowed("acknowledge", "Acknowledge the complaint first.")
    if not text.strip():
        raise MoveNotAllowed("answer", "Write the answer first.")
    if checked_by is None:
        raise MoveNotAllowed("quality_check", "The Customer Relations Team must check the answer before it is sent.")
    if checked_by == drafted_by:
        raise MoveNotAllowed("quality_check", "Someone who did not write the answer must check it.")
