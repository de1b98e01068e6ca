"""Taking over a case that another system dealt with: its figures and dates, without letters and without its words."""

from dataclasses import dataclass
from datetime import date, datetime, time

from portal.audit.services import record
from portal.cases.events import CASE_TAKEN_OVER
from portal.cases.models import Case, Disposition, Kind, Stage
from portal.cases.representation import Representation
from portal.cases.services.locked_case import locked_case
from portal.cases.services.opening import open_case
from portal.clock import LONDON
from portal.database import transaction
from portal.procedure.findings import Finding
from portal.procedure.routes import Route
from portal.procedure.stages import StageEnding, Status


@dataclass(frozen=True)
class PastStage:
    """One stage as the old system knew it."""

    number: int
    requested_on: date
    due_on: date
    extended: bool = False
    closed_on: date | None = None
    outcome: Finding | None = None
    ending: StageEnding | None = None


def take_over_case(
    kind: Kind,
    told: Representation,
    received_on: date,
    disposition: Disposition,
    reason: str,
    stages: tuple[PastStage, ...],
    *,
    at: datetime,
) -> Case:
    """Keep a past case. What the old system left open is here to be read; the rest is closed."""
    with transaction():
        case = open_case(kind, told, at=datetime.combine(received_on, time(12), LONDON))
        with locked_case(case.id) as kept:
            kept.disposition, kept.disposition_reason = disposition, reason
            kept.stages = [_stage(past) for past in stages]
            if disposition is not Disposition.OPEN:
                kept.status = _status(stages)
                kept.safeguarding_checked_at = at
                kept.closed_on = max((stage.closed_on for stage in kept.stages if stage.closed_on), default=received_on)
            record(CASE_TAKEN_OVER, kept.about, at=at, old_reference=told.old_reference)
    return case


def _stage(past: PastStage) -> Stage:
    stage = Stage(
        route=Route.STATUTORY,
        number=past.number,
        requested_on=past.requested_on,
        due_on=past.due_on,
        extended_on=past.requested_on if past.extended else None,
        outcome=past.outcome,
        ending=past.ending,
        closed_on=past.closed_on,
    )
    stage.responded_on = past.closed_on if past.number == 1 else None
    return stage


def _status(stages: tuple[PastStage, ...]) -> Status:
    if not stages or stages[-1].closed_on is not None:
        return Status.CLOSED
    return {1: Status.STAGE_1, 2: Status.STAGE_2, 3: Status.STAGE_3}[stages[-1].number]
