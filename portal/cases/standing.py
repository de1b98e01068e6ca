"""What was decided of who complains, and of each part, taken back: when somebody else complains, or it is decided anew."""

from portal.cases.models import Case, Part
from portal.procedure.stages import Status

NOT_TOLD_YET = frozenset({Status.TO_READ, Status.TO_DECIDE})


def forget_standing(case: Case) -> None:
    """Forget what was decided of the interest of whoever complains; before the person was told, of each part too."""
    case.has_sufficient_interest = case.child_agrees = case.interest = None
    case.standing_reasons = ""
    if case.status in NOT_TOLD_YET:
        for part in case.parts:
            take_decision_back(part)


def take_decision_back(part: Part) -> None:
    """Undo what was decided of a part."""
    part.decision = part.route = part.road = part.ground = part.decided_by_id = part.signed_by_id = None
    part.needs_signature, part.reasons = False, ""
