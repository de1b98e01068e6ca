"""A stage of a case that runs, and who is appointed to it."""

from portal.cases.models import Appointment, Case, Stage
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.independence import Seat


def in_post(stage: Stage, *seats: Seat) -> list[Appointment]:
    """Who holds one of these seats of a stage now."""
    return [one for one in stage.appointments if one.ended_on is None and (not seats or one.seat in seats)]


def seats_in_post(stage: Stage) -> list[Seat]:
    """The seats of a stage that someone holds now."""
    return [one.seat for one in in_post(stage)]


def running_stage(case: Case, number: int) -> Stage:
    """A stage of the statutory procedure that is running. Raises MoveNotAllowed."""
    stage = case.stage(number)
    if stage is None or stage.closed_on is not None:
        raise MoveNotAllowed(f"stage_{number}", f"Stage {number} is not running on this case.")
    return stage
