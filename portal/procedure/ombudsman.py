"""When a case may go to the Ombudsman, how it comes back, and what a decision asks of the council."""

from collections.abc import Collection
from enum import StrEnum

from portal.procedure.errors import MoveNotAllowed


class OmbudsmanContact(StrEnum):
    """How a case came to the Ombudsman."""

    PREMATURE = "premature"
    EARLY_REFERRAL = "early_referral"
    INVESTIGATION = "investigation"


class OmbudsmanDecision(StrEnum):
    """How it ended there. The annual report's section 3 counts received, decided and upheld."""

    UPHELD = "upheld"
    NOT_UPHELD = "not_upheld"
    CLOSED_AFTER_INITIAL_ENQUIRIES = "closed_after_initial_enquiries"
    REFERRED_BACK = "referred_back"
    ADVICE_GIVEN = "advice_given"


class DutyKind(StrEnum):
    """What the Ombudsman asks of the council, each with a day of its own."""

    ENQUIRY = "enquiry"
    REMEDY = "remedy"


class Condition(StrEnum):
    """What must all be true before the council may agree to skip stage 3 (LGSCO South Gloucestershire 21 007 738)."""

    STAGE_2_WAS_ROBUST = "stage_2_was_robust"
    REPORT_AND_ADJUDICATION_ARE_CLEAR = "report_and_adjudication_are_clear"
    SIGNIFICANT_COMPLAINTS_UPHELD = "significant_complaints_upheld"
    ACTION_PLAN_MEETS_MOST_OUTCOMES = "action_plan_meets_most_outcomes"
    PERSON_AGREES = "person_agrees"
    COUNCIL_AGREES = "council_agrees"


def check_early_referral(met: Collection[Condition], *, stage_2_answered: bool) -> None:
    """Allow an early referral, or raise MoveNotAllowed (guard G6): stages 2 and 3 cannot be skipped by the council alone."""
    if not stage_2_answered:
        raise MoveNotAllowed("G6", "Stage 2 must be answered first. The council alone cannot skip it.")
    missing = [condition for condition in Condition if condition not in met]
    if missing:
        words = "; ".join(condition.replace("_", " ") for condition in missing)
        raise MoveNotAllowed(
            "G6",
            f"Stage 3 cannot be left out: not yet recorded as true: {words}. "
            "The Ombudsman found fault where a panel was refused without these (South Gloucestershire 21 007 738).",
        )
