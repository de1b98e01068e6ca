"""Who complains, and whether they may: in their own right, for the child, or with an interest that is decided."""

from datetime import datetime

from portal.audit.services import record
from portal.cases.errors import NotComplete
from portal.cases.models import Case
from portal.cases.services.locked_case import locked_case
from portal.cases.standing import forget_standing
from portal.procedure.eligibility import IN_THEIR_OWN_RIGHT, ChildSays, Complainant, Interest, check_interest
from portal.triage.events import STANDING_DECIDED
from portal.triage.services.triage import check_still_deciding


def say_who_complains(
    case_id: int, complainant: Complainant, *, at: datetime, by_id: int, version: int | None = None
) -> None:
    """Say who is complaining; what was decided of somebody else's interest, and of the parts, is taken back."""
    with locked_case(case_id, version) as case:
        check_still_deciding(case)
        case.complainant = complainant
        forget_standing(case)
        _record_standing(case, "", at=at, by_id=by_id)


def decide_interest(
    case_id: int,
    decided: Interest,
    *,
    asked_by: int | None = None,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> None:
    """Decide whether somebody who is not on the list has a sufficient interest (SI 2006/1738 reg 12; guard G8)."""
    with locked_case(case_id, version) as case:
        check_still_deciding(case)
        if case.complainant in IN_THEIR_OWN_RIGHT:
            raise NotComplete("They complain in their own right. Nothing has to be decided of their interest.")
        check_interest(decided, asked_by, by_id)
        forget_standing(case)
        case.has_sufficient_interest, case.child_agrees = decided.is_sufficient, decided.child_agrees
        case.standing_reasons = decided.reasons.strip()
        case.interest = {"weighed": sorted(decided.weighed), "child_says": decided.child_says} | {
            "childs_views": decided.childs_views.strip(),
            "decided_by": [one for one in (asked_by, by_id) if one is not None],
        }
        _record_standing(case, case.standing_reasons, at=at, by_id=by_id)


def note_child_agrees(
    case_id: int, says: ChildSays, words: str, *, at: datetime, by_id: int, version: int | None = None
) -> None:
    """Write down what the child says of somebody who speaks for them: an advocate needs no more than that."""
    if not words.strip():
        raise NotComplete("Say how the child told you, or why they cannot say.")
    with locked_case(case_id, version) as case:
        check_still_deciding(case)
        if case.complainant in IN_THEIR_OWN_RIGHT:
            raise NotComplete("They complain in their own right. The child need not be asked.")
        forget_standing(case)
        case.child_agrees = says.agrees
        case.interest = {"weighed": [], "child_says": says, "childs_views": words.strip(), "decided_by": []}
        _record_standing(case, words.strip(), at=at, by_id=by_id)


def _record_standing(case: Case, reasons: str, *, at: datetime, by_id: int) -> None:
    facts = {"complainant": case.complainant, "child_agrees": case.child_agrees}
    facts |= {"has_sufficient_interest": case.has_sufficient_interest}
    record(STANDING_DECIDED, case.about, at=at, by_id=by_id, reasons=reasons, **facts)
