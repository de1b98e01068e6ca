"""The council's answers at stages 2 and 3: the letter with the reports, read before it goes, checked, sent."""

from datetime import date, datetime

from portal import wording
from portal.audit.services import record
from portal.cases.clocks import ask_stage_3_by
from portal.cases.errors import NotComplete
from portal.cases.models import Case, Stage
from portal.cases.services.locked_case import locked_case
from portal.cases.stages import running_stage
from portal.clock import london_day
from portal.config import Council
from portal.correspondence.services.leaving import stops
from portal.correspondence.services.messages import letter_facts, post
from portal.later_stages.events import STAGE_ANSWERED
from portal.later_stages.services.appointments import end_all_appointments
from portal.procedure.clocks import Day
from portal.procedure.findings import Finding, roll_up
from portal.procedure.letter_check import Edited, Needs
from portal.procedure.stages import Status, check_move
from portal.working_days.queries import working_calendar

AFTER = {2: Status.ANSWERED, 3: Status.CLOSED}


def stage_letter(case: Case, number: int, council: Council, on: date) -> str:
    """The answer of stage 2 or 3 as it would go on a day, with the reports. Raises NotComplete before the decision."""
    stage = running_stage(case, number)
    if stage.day(Day.ADJUDICATION) is None:
        raise NotComplete("The decision on each element comes first.")
    outcome = roll_up(element.decision for element in stage.elements)
    facts = letter_facts(case, council) | {"stage": stage, "elements": stage.elements, "outcome": outcome}
    facts |= {"ask_by": ask_stage_3_by(on) if number == 2 else None, "is_late": stage.due_on < on}
    return wording.render(f"letters/stage_{number}_answer.txt", **facts)


def answer_stage(
    case_id: int,
    number: int,
    *,
    council: Council,
    letter: Edited | None = None,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> None:
    """Send the answer of stage 2 or 3: it answers each element, says sorry where one was upheld, and says what next."""
    on = london_day(at)
    with locked_case(case_id, version) as case:
        stage = running_stage(case, number)
        words = letter or Edited(stage_letter(case, number, council, on))
        outcome = roll_up(element.decision for element in stage.elements)
        check_move(case.status, AFTER[number])
        stage.outcome = outcome
        needs = needs_of(stage, on, outcome)
        post(case, f"stage_{number}_answer", words, needs=needs, stops=("stage_answered", stage), at=at, by_id=by_id)


@stops("stage_answered")
def _stage_answered(case: Case, stage: Stage, on: date, at: datetime, by_id: int | None) -> None:
    if stage.closed_on is not None:  # it ended in another way before the letter left
        return
    in_time = on <= stage.due_on
    stage.responded_on = stage.closed_on = on
    case.status = AFTER[stage.number]
    case.closed_on = on if case.status is Status.CLOSED else None
    end_all_appointments(case, stage, on)
    days = working_calendar().working_days_between(stage.requested_on, on)
    facts = {"number": stage.number, "outcome": stage.outcome, "working_days": days, "in_time": in_time}
    record(STAGE_ANSWERED, case.about, at=at, by_id=by_id, **facts)


def needs_of(stage: Stage, on: date, outcome: Finding) -> Needs:
    """What the answer of a stage must say."""
    return Needs(
        parts=[element.position for element in stage.elements],
        sorry=outcome is not Finding.NOT_UPHELD,
        late=stage.due_on < on,
        ombudsman=True,
        next_stage=3 if stage.number == 2 else None,
        dates=[ask_stage_3_by(on)] if stage.number == 2 else (),
    )
