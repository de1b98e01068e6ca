"""When a case may go to the Ombudsman, how it comes back, and what a decision asks of the council."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from portal.procedure.errors import MoveNotAllowed
from portal.procedure.findings import Finding


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
    """What must all be true before the council may agree to skip stage 3 (LGSCO South Gloucestershire 21 007 738).

    That the person agrees is their own word, and that the council agrees is two people: neither is a condition to tick.
    """

    STAGE_2_WAS_ROBUST = "stage_2_was_robust"
    REPORT_AND_ADJUDICATION_ARE_CLEAR = "report_and_adjudication_are_clear"
    SIGNIFICANT_COMPLAINTS_UPHELD = "significant_complaints_upheld"
    ACTION_PLAN_MEETS_MOST_OUTCOMES = "action_plan_meets_most_outcomes"


@dataclass(frozen=True)
class Stage2Facts:
    """What a case holds about its stage 2, against which the conditions are held."""

    is_answered: bool
    decisions: tuple[Finding | None, ...]
    recommendations: int
    went_on_without_agreement: bool
    interviews_alone: int


def check_early_referral(met: Collection[Condition], held: Stage2Facts, *, person_agreed: bool) -> None:
    """Allow an early referral, or raise MoveNotAllowed (guard G6): stages 2 and 3 cannot be skipped by the council alone."""
    if not held.is_answered:
        raise MoveNotAllowed("G6", "Stage 2 must be answered first. The council alone cannot skip it.")
    missing = [condition for condition in Condition if condition not in met]
    if missing:
        words = "; ".join(condition.replace("_", " ") for condition in missing)
        raise MoveNotAllowed(
            "G6",
            f"Stage 3 cannot be left out: not yet recorded as true: {words}. "
            "The Ombudsman found fault where a panel was refused without these (South Gloucestershire 21 007 738).",
        )
    against = " ".join(_against(held))
    if against:
        raise MoveNotAllowed("G6", f"Stage 3 cannot be left out, whatever is ticked. {against}")
    if not person_agreed:
        raise MoveNotAllowed("G6", "Write down how the person agreed, in their own word or by their advocate.")


def _against(held: Stage2Facts) -> Iterator[str]:
    if Finding.NOT_UPHELD in held.decisions:
        yield "A part was not upheld at stage 2, so not all that matters was upheld."
    if not held.recommendations:
        yield "No recommendation is on record, so there is no plan that could meet what the person wants."
    if held.went_on_without_agreement:
        yield "Stage 2 went on without an agreed statement of complaint, so it cannot be called robust."
    if held.interviews_alone:
        yield "An interview was held without the independent person, so stage 2 cannot be called robust."
