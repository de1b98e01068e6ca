"""The register in and out of the database."""

from datetime import date, datetime

from portal.cases.models import Case, Disposition, Kind, Stage
from portal.cases.queries import cases_received_between
from portal.cases.queries import known_old_references as known_cases
from portal.cases.representation import Representation
from portal.cases.services.history import PastStage, take_over_case
from portal.cases.visibility import Viewer
from portal.clock import at_on
from portal.compliments.models import Compliment
from portal.compliments.queries import compliments_received_between
from portal.compliments.queries import known_old_references as known_compliments
from portal.compliments.services.keeping import NewCompliment, log_compliment
from portal.database import transaction
from portal.procedure.eligibility import Complainant
from portal.procedure.receipt import Method, PointOfReceipt
from portal.procedure.reporting_year import ReportingYear
from portal.procedure.stages import how_it_ended
from portal.procedure.time_limits import operative_deadline
from portal.reports.register_rows import RegisterRow
from portal.working_days.queries import working_calendar

LIMITS = {1: "statutory.stage_1.response", 2: "statutory.stage_2.response", 3: "statutory.stage_3.panel_meets"}
AT_ONCE = 1_000  # a database takes only so many values in one question
START = {1: "receipt", 2: "request", 3: "request"}


def import_rows(rows: list[RegisterRow], *, at: datetime, keep: bool = True) -> tuple[int, int]:
    """Take past rows over, all or none; rows that are here already are left alone. Says how many are new, and old.

    With `keep` false nothing is kept: the same work is done and undone.
    """
    known = known_references([row.reference for row in rows])
    new = [row for row in rows if row.reference not in known]
    try:
        with transaction():
            for row in new:
                _take_over(row, at)
            if not keep:
                raise _NotToBeKept
    except _NotToBeKept:
        pass
    return len(new), len(rows) - len(new)


class _NotToBeKept(Exception):
    """Ends a dry run."""


def known_references(references: list[str]) -> set[str | None]:
    """Which references of an old system are here already."""
    found: set[str | None] = set()
    for start in range(0, len(references), AT_ONCE):
        some = references[start : start + AT_ONCE]
        found |= known_cases(some) | known_compliments(some)
    return found


def export_rows(year: ReportingYear, viewer: Viewer | None = None) -> list[RegisterRow]:
    """A year's representations as register rows, by day of receipt."""
    first, last = year.first_day, year.last_day
    rows = [case_row(case) for case in cases_received_between(first, last, viewer)]
    rows += [compliment_row(compliment) for compliment in compliments_received_between(first, last)]
    return sorted(rows, key=lambda row: (row.received_on, row.reference))


def case_row(case: Case) -> RegisterRow:
    """A case as a register row: its first part stands for its service and subject."""
    accepted = case.disposition is Disposition.ACCEPTED  # only these have stages in the register
    first, second, third = (case.stage(number) if accepted else None for number in (1, 2, 3))
    part = next((part for part in case.parts if part.route == "statutory"), case.parts[0])
    return RegisterRow(
        reference=case.old_reference or case.reference,
        received_on=case.received_on,
        kind=case.kind,
        method=case.method,
        point_of_receipt=case.point_of_receipt,
        complainant=case.complainant,
        service_area=part.service_area,
        subject=part.subject,
        sub_subject=part.sub_subject,
        disposition=case.disposition,
        disposition_reason=case.disposition_reason,
        stage_1_extended=("yes" if first.extended_on else "no") if first else "",
        stage_1_responded_on=first.responded_on if first else None,
        stage_1_outcome=_result(first),
        stage_2_requested_on=second.requested_on if second else None,
        stage_2_outcome=_result(second),
        stage_2_closed_on=second.closed_on if second else None,
        stage_3_requested_on=third.requested_on if third else None,
        stage_3_outcome=_result(third),
        stage_3_closed_on=third.closed_on if third else None,
    )


def compliment_row(compliment: Compliment) -> RegisterRow:
    """A compliment as a register row."""
    return RegisterRow(
        reference=compliment.old_reference or f"THANKS{compliment.id:06}",
        received_on=compliment.received_on,
        kind="compliment",
        method=compliment.method,
        point_of_receipt=compliment.point_of_receipt,
        complainant=compliment.source,
        service_area=compliment.service_area,
        disposition="recorded",
    )


def _result(stage: Stage | None) -> str:
    return str(stage.outcome or stage.ending or "") if stage else ""


def _take_over(row: RegisterRow, at: datetime) -> None:
    if row.kind == "compliment":
        log_compliment(past_compliment(row), at=at_on(row.received_on))
        return
    told = Representation(
        method=Method(row.method),
        point_of_receipt=PointOfReceipt(row.point_of_receipt),
        complainant=Complainant(row.complainant),
        service_area=row.service_area,
        subject=row.subject,
        sub_subject=row.sub_subject,
        old_reference=row.reference,
    )
    take_over_case(
        Kind(row.kind),
        told,
        row.received_on,
        Disposition(row.disposition),
        row.disposition_reason,
        _past_stages(row),
        at=at,
    )


def past_compliment(row: RegisterRow) -> NewCompliment:
    """A compliment of the register, whose words it does not hold."""
    return NewCompliment(
        words="",
        thanked=row.service_area,
        method=Method(row.method),
        point_of_receipt=PointOfReceipt(row.point_of_receipt),
        source=Complainant(row.complainant),
        service_area=row.service_area,
        is_from_before=True,
        old_reference=row.reference,
    )


def _past_stages(row: RegisterRow) -> tuple[PastStage, ...]:
    if row.disposition != Disposition.ACCEPTED:
        return ()
    extended = row.stage_1_extended == "yes"
    stages = [_past(1, row.received_on, row.stage_1_outcome, row.stage_1_responded_on, extended=extended)]
    stages += [_past(number, day, result, closed_on) for number, day, result, closed_on in row.later_stages if day]
    return tuple(stages)


def _past(number: int, requested_on: date, result: str, closed_on: date | None, *, extended: bool = False) -> PastStage:
    starts = {START[number]: requested_on}
    due_on = operative_deadline(LIMITS[number], starts, working_calendar(), extended=extended).due_on
    return PastStage(number, requested_on, due_on, extended, closed_on, *how_it_ended(result))
