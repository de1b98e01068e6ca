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
    OTHER_ROUTES = "other_routes"
    CLOSED = "closed"


STATEMENT_ATTEMPTS = 2


class Amendment(StrEnum):
    """How a statement of complaint is changed after it was agreed."""

    ADDED = "added"
    AFRESH = "afresh"


MOVES: dict[Status, frozenset[Status]] = {
    Status.TO_READ: frozenset({Status.TO_DECIDE}),
    Status.TO_DECIDE: frozenset({Status.STAGE_1, Status.OTHER_ROUTES, Status.CLOSED}),
    Status.STAGE_1: frozenset({Status.ANSWERED, Status.STAGE_2, Status.OTHER_ROUTES, Status.CLOSED}),
    Status.ANSWERED: frozenset({Status.STAGE_2, Status.STAGE_3, Status.CLOSED}),
    Status.STAGE_2: frozenset({Status.ANSWERED, Status.STAGE_3, Status.OTHER_ROUTES, Status.CLOSED}),
    Status.STAGE_3: frozenset({Status.ANSWERED, Status.OTHER_ROUTES, Status.CLOSED}),
    Status.OTHER_ROUTES: frozenset({Status.CLOSED, Status.TO_DECIDE, Status.STAGE_1, Status.STAGE_2, Status.STAGE_3}),
    Status.CLOSED: frozenset({Status.TO_DECIDE, Status.STAGE_1, Status.STAGE_2, Status.STAGE_3, Status.OTHER_ROUTES}),
}


class ClosingReason(StrEnum):
    """Why a complaint ended without an investigation; 'withdrawn' is only what the person themselves said."""

    WITHDRAWN = "withdrawn"
    RESOLVED_NEXT_DAY = "resolved_next_day"
    RESOLVED_LOCALLY = "resolved_locally"
    INELIGIBLE = "ineligible"
    OTHER_ROUTE = "other_route"


class StageEnding(StrEnum):
    """How a stage ended without a finding, told apart from a withdrawal. `moved`: its last part took another road."""

    WITHDRAWN = "withdrawn"
    STATEMENT_NOT_AGREED = "statement_not_agreed"
    RESOLVED_INFORMALLY = "resolved_informally"
    REFUSED_AS_LATE = "refused_as_late"
    REFERRED_EARLY = "referred_early"
    MOVED = "moved"


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
        raise MoveNotAllowed("safeguarding_first", "First check whether a child may be at risk, then decide.")


def check_next_day(confirmed_by: str, closed_in_time: bool) -> None:
    """A complaint counts as settled next day only when the person said so, by close of the next working day."""
    if not confirmed_by.strip():
        raise MoveNotAllowed("next_day", "Say who confirmed that it is settled. It must be the person who complained.")
    if not closed_in_time:
        raise MoveNotAllowed("next_day", "The next working day has passed. Choose 'settled with the team' instead.")


def check_ending(
    ending: StageEnding, number: int, *, confirmed_by: str, words: str, attempts: int, advocate_offered: bool
) -> None:
    """How stage 2 or 3 may end without a finding (guards G2, G5). Only the person withdraws; there is no refusal."""
    if ending in (StageEnding.WITHDRAWN, StageEnding.RESOLVED_INFORMALLY) and not confirmed_by.strip():
        raise MoveNotAllowed("G2", "Say who confirmed this, and how. Only the person who complained can end a stage.")
    if ending in (StageEnding.REFUSED_AS_LATE, StageEnding.REFERRED_EARLY):
        raise MoveNotAllowed("G6", "A stage cannot be refused here. Lateness and early referral have steps of their own.")
    if ending is StageEnding.MOVED:
        raise MoveNotAllowed("G1", "A part takes another road by a step of its own, with a second person.")
    if ending is not StageEnding.STATEMENT_NOT_AGREED:
        return
    if number != 2:
        raise MoveNotAllowed("G6", "Only stage 2 has a statement to agree.")
    if attempts < STATEMENT_ATTEMPTS:
        raise MoveNotAllowed(
            "G5",
            "A statement that is not agreed is not a withdrawal. Record at least two attempts to agree it first; "
            "or go on with the written record.",
        )
    if not advocate_offered:
        raise MoveNotAllowed("G5", "Offer an advocate's help with the statement first, and record it with an attempt.")
    if not words.strip():
        raise MoveNotAllowed("G5", "Say why the investigator does not go on with the written record. The person is told.")


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
