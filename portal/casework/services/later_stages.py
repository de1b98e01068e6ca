"""Stages 2 and 3 on the record: asked for, and ended. Nothing here refuses a request (guards G2, G3, G6)."""

from datetime import date, datetime

from portal.audit.services import record
from portal.casework.errors import NotComplete
from portal.casework.events import STAGE_ASKED_EARLY, STAGE_ENDED, STAGE_REQUESTED
from portal.casework.models import Stage
from portal.casework.services.holding import due_from_receipt, held
from portal.clock import london_day
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.findings import Finding
from portal.procedure.stages import StageEnding, Status, check_move
from portal.procedure.time_limits import operative_deadline
from portal.working_days.queries import working_calendar

STATUS = {2: Status.STAGE_2, 3: Status.STAGE_3}
LIMIT = {2: "statutory.stage_2.response", 3: "statutory.stage_3.panel_meets"}


def ask_for_stage(
    case_id: int, number: int, *, requested_on: date, at: datetime, by_id: int, version: int | None = None
) -> bool:
    """Take in a request for stage 2 or 3, in any words and on any channel; the clock starts on the day of the request.

    A request for stage 2 while stage 1 still has time is written down, and the stage is not begun: says whether it was.
    """
    with held(case_id, version) as case:
        before = case.stage(number - 1)
        if before is None:
            raise MoveNotAllowed("G2", f"Stage {number - 1} comes first.")
        if case.stage(number) is not None:
            raise NotComplete(f"Stage {number} was already asked for.")
        if requested_on < case.received_on:
            raise NotComplete("The day they asked is before the complaint came. Check the date.")
        if number == 3 and before.closed_on is None:
            record(STAGE_ASKED_EARLY, case.about, at=at, by_id=by_id, number=number, opens_on="the day stage 2 ends")
            return False
        opens_on = due_from_receipt("statutory.stage_1.response", case.received_on, extended=True)
        if number == 2 and not before.responded_on and requested_on < opens_on:
            record(STAGE_ASKED_EARLY, case.about, at=at, by_id=by_id, number=number, opens_on=opens_on.isoformat())
            return False
        check_move(case.status, STATUS[number])
        due_on = operative_deadline(LIMIT[number], {"request": requested_on}, working_calendar()).due_on
        before.closed_on = before.closed_on or requested_on
        case.stages.append(Stage(number=number, requested_on=requested_on, due_on=due_on))
        case.status, case.closed_on = STATUS[number], None
        days = {"requested_on": requested_on.isoformat(), "due_on": due_on.isoformat()}
        record(STAGE_REQUESTED, case.about, at=at, by_id=by_id, number=number, **days)
        return True


def end_stage(
    case_id: int,
    number: int,
    *,
    outcome: Finding | None = None,
    ending: StageEnding | None = None,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> None:
    """End stage 2 or 3 with a finding, or with the true reason why there is none."""
    if (outcome is None) == (ending is None):
        raise NotComplete("Choose either a finding or why there is none.")
    with held(case_id, version) as case:
        stage = case.stage(number)
        if stage is None or stage.closed_on is not None:
            raise NotComplete(f"Stage {number} is not running.")
        stage.outcome, stage.ending, stage.closed_on = outcome, ending, london_day(at)
        check_move(case.status, Status.CLOSED)
        case.status, case.closed_on = Status.CLOSED, _latest(case.stages)
        record(STAGE_ENDED, case.about, at=at, by_id=by_id, number=number, outcome=outcome, ending=ending)


def _latest(stages: list[Stage]) -> date | None:
    return max((stage.closed_on for stage in stages if stage.closed_on), default=None)
