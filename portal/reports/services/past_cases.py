"""Cases that another system dealt with: their figures and dates, without letters and without their words.

Many at once. What follows on each is worked out before it is written, so that it is written once and not read again.
"""

from collections.abc import Sequence
from datetime import date, datetime

from portal.audit.services import Happened
from portal.cases.events import CASE_OPENED, CASE_TAKEN_OVER
from portal.cases.models import Case, Disposition, Kind, Part, Stage
from portal.cases.services.indexing import keep_marks, marks_for
from portal.cases.services.locked_case import work_out_what_follows
from portal.cases.services.opening import new_reference, what_it_is
from portal.clock import LONDON, NOON
from portal.procedure.eligibility import Complainant
from portal.procedure.receipt import Method, PointOfReceipt
from portal.procedure.routes import Route
from portal.procedure.stages import Status, how_it_ended
from portal.procedure.time_limits import operative_deadline
from portal.reports.register_rows import RegisterRow
from portal.reports.services.in_bulk import insert_all, insert_numbered
from portal.sealing.ring import Purpose, ring
from portal.working_days.queries import working_calendar

LIMITS = {1: "statutory.stage_1.response", 2: "statutory.stage_2.response", 3: "statutory.stage_3.panel_meets"}
START = {1: "receipt", 2: "request", 3: "request"}
RUNS = {1: Status.STAGE_1, 2: Status.STAGE_2, 3: Status.STAGE_3}


def keep_past_cases(rows: Sequence[RegisterRow], *, at: datetime) -> list[list[Happened]]:
    """Keep past cases, and say what happened to each. What the old system left open is here to be read."""
    key = ring.newest(Purpose.SEARCH)
    cases = [_case(row, key.version, at) for row in rows]
    insert_numbered(cases)
    insert_all([_part(case, row) for case, row in zip(cases, rows, strict=True)])
    insert_all([_of(case, stage) for case in cases for stage in case.stages])
    keep_marks([mark for case in cases for mark in marks_for(case.id, [case.old_reference or ""], key)])
    return [_happened(case, at) for case in cases]


def _case(row: RegisterRow, index_version: int, at: datetime) -> Case:
    stages, is_left_open = _stages(row), row.disposition == Disposition.OPEN
    ended_on = max((stage.closed_on for stage in stages if stage.closed_on), default=row.received_on)
    case = Case(
        reference=new_reference(),
        old_reference=row.reference,
        kind=Kind(row.kind),
        method=Method(row.method),
        point_of_receipt=PointOfReceipt(row.point_of_receipt),
        complainant=Complainant(row.complainant),
        received_at=datetime.combine(row.received_on, NOON, LONDON),
        received_on=row.received_on,
        told=[],
        person={},
        status=Status.TO_READ if is_left_open else _status(stages),
        disposition=Disposition(row.disposition),
        disposition_reason=row.disposition_reason,
        index_version=index_version,
        safeguarding_checked_at=None if is_left_open else at,
        closed_on=None if is_left_open else ended_on,
        stages=stages,
    )
    work_out_what_follows(case)
    return case


def _status(stages: Sequence[Stage]) -> Status:
    return Status.CLOSED if not stages or stages[-1].closed_on else RUNS[stages[-1].number]


def _stages(row: RegisterRow) -> list[Stage]:
    if row.disposition != Disposition.ACCEPTED:
        return []
    extended = row.stage_1_extended == "yes"
    first = _stage(1, row.received_on, row.stage_1_outcome, row.stage_1_responded_on, extended=extended)
    return [first, *(_stage(number, day, result, ended_on) for number, day, result, ended_on in row.later_stages if day)]


def _stage(number: int, requested_on: date, result: str, closed_on: date | None, *, extended: bool = False) -> Stage:
    starts = {START[number]: requested_on}
    outcome, ending = how_it_ended(result)
    return Stage(
        route=Route.STATUTORY,
        number=number,
        requested_on=requested_on,
        due_on=operative_deadline(LIMITS[number], starts, working_calendar(), extended=extended).due_on,
        extended_on=requested_on if extended else None,
        responded_on=closed_on if number == 1 else None,
        outcome=outcome,
        ending=ending,
        closed_on=closed_on,
    )


def _of(case: Case, stage: Stage) -> Stage:
    stage.case_id = case.id
    return stage


def _part(case: Case, row: RegisterRow) -> Part:
    about = {"service_area": row.service_area, "subject": row.subject, "sub_subject": row.sub_subject}
    return Part(case_id=case.id, position=1, **about)


def _happened(case: Case, at: datetime) -> list[Happened]:
    return [
        Happened(CASE_OPENED, case.about, case.received_at, {"read_first": [], **what_it_is(case)}),
        Happened(CASE_TAKEN_OVER, case.about, at, {"old_reference": case.old_reference}),
    ]
