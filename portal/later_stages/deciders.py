"""Who decides on the findings of a stage: nobody decides twice on the same complaint."""

from portal.cases.models import Case
from portal.procedure.errors import MoveNotAllowed


def decided_before(case: Case, number: int) -> int | None:
    """Whoever decided on the findings of stage 2, where it is stage 3 that is decided."""
    before = case.stage(2) if number == 3 else None
    return before.adjudicated_by_id if before is not None else None


def check_decides_anew(case: Case, number: int, person_id: int) -> None:
    """Stage 3 is decided by somebody who did not decide stage 2 (guard G13). Raises MoveNotAllowed."""
    if decided_before(case, number) == person_id:
        raise MoveNotAllowed("G13", "Whoever decided on stage 2 cannot decide on stage 3. Choose someone else.")
