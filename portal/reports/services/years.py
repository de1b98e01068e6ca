"""A year as register rows, and its figures, which are kept in memory until something of the year changes."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, and_, func, select, type_coerce
from sqlalchemy import case as either
from sqlalchemy.orm import aliased

from portal.cases.models import Case, Disposition, Part, Stage
from portal.cases.queries import hidden_from
from portal.cases.visibility import Viewer, not_walled_from
from portal.compliments.models import Compliment
from portal.database import db
from portal.procedure.reporting_year import ReportingYear
from portal.procedure.routes import Route
from portal.reports.annual import AnnualCounts, count_rows
from portal.reports.edition import CountsOfYear
from portal.reports.register_rows import COMPLIMENT, RegisterRow
from portal.working_days.queries import working_calendar

Kept = dict[ReportingYear, tuple[object, AnnualCounts]]


def export_rows(year: ReportingYear, viewer: Viewer | None = None) -> list[RegisterRow]:
    """A year's representations as register rows, by day of receipt; without cases from which a viewer is shut out."""
    wanted: list[ColumnElement[bool]] = [Case.received_on.between(year.first_day, year.last_day)]
    wanted += [not_walled_from(viewer)] if viewer is not None else []
    rows = [*_case_rows(wanted), *_compliment_rows(year)]
    return sorted(rows, key=lambda row: (row.received_on, row.reference))


def counts_of_year(year: ReportingYear, viewer: Viewer | None = None) -> AnnualCounts:
    """A year's figures; without cases from which a viewer is shut out: a count would tell of them."""
    return count_rows(export_rows(year, viewer), working_calendar())


def counts_for(viewer: Viewer, kept: Kept) -> CountsOfYear:
    """How to have the figures of any year for a viewer.

    What was counted is taken from `kept`, and laid there, as long as nothing of the year has changed. A year that holds a
    case from which the viewer is shut out is counted for them alone.
    """
    hidden = db.session.scalars(select(Case.received_on).where(Case.id.in_(hidden_from(viewer))))
    counted_alone = set(map(ReportingYear.of, hidden))

    def counts_of(year: ReportingYear) -> AnnualCounts:
        if year in counted_alone:
            return counts_of_year(year, viewer)
        state = _state_of(year)
        if year not in kept or kept[year][0] != state:
            kept[year] = state, counts_of_year(year)
        return kept[year][1]

    return counts_of


def _state_of(year: ReportingYear) -> tuple[object, ...]:
    """What changes with anything that is counted: each change to a case, its parts or stages gives it a new version."""
    cases = select(func.count(), func.sum(Case.version)).where(Case.received_on.between(year.first_day, year.last_day))
    thanks = select(func.count(), func.max(Compliment.id)).where(
        Compliment.received_on.between(year.first_day, year.last_day)
    )
    return (*db.session.execute(cases).one(), *db.session.execute(thanks).one(), working_calendar())


def _case_rows(wanted: Sequence[ColumnElement[bool]]) -> Iterator[RegisterRow]:
    """Each case as a register row: its first statutory part, or its first, stands for its service and subject."""
    other = aliased(Part)
    is_statutory = either((other.route == Route.STATUTORY, 0), else_=1)
    stands_for_it = select(other.id).where(other.case_id == Case.id).order_by(is_statutory, other.position).limit(1)
    first, second, third = stages = [aliased(Stage) for _ in range(3)]
    told = {
        "reference": func.coalesce(Case.old_reference, Case.reference),
        "received_on": Case.received_on,
        **{name: _text(getattr(Case, name)) for name in ("kind", "method", "point_of_receipt", "complainant")},
        **{name: getattr(Part, name) for name in ("service_area", "subject", "sub_subject")},
        "disposition": _text(Case.disposition),
        "disposition_reason": Case.disposition_reason,
        "stage_1_extended": either((first.extended_on.is_not(None), "yes"), (first.id.is_not(None), "no"), else_=""),
        "stage_1_responded_on": first.responded_on,
        "stage_1_outcome": _result(first),
        "stage_2_requested_on": second.requested_on,
        "stage_2_outcome": _result(second),
        "stage_2_closed_on": second.closed_on,
        "stage_3_requested_on": third.requested_on,
        "stage_3_outcome": _result(third),
        "stage_3_closed_on": third.closed_on,
    }
    found = select(*(column.label(name) for name, column in told.items())).select_from(Case)
    found = found.join(Part, Part.id == stands_for_it.scalar_subquery())
    for number, stage in enumerate(stages, start=1):  # only an accepted complaint has stages in the register
        of_case = and_(stage.case_id == Case.id, stage.route == Route.STATUTORY, stage.position == 0, stage.number == number)
        found = found.outerjoin(stage, and_(of_case, Case.disposition == Disposition.ACCEPTED))
    return (RegisterRow(*row) for row in db.session.execute(found.where(*wanted)))


def _text(column: Any) -> ColumnElement[str]:
    """A coded column as the text that it holds."""
    return type_coerce(column, String)


def _result(stage: Any) -> ColumnElement[str]:
    return func.coalesce(_text(stage.outcome), _text(stage.ending), "")


def _compliment_rows(year: ReportingYear) -> Iterator[RegisterRow]:
    told = (Compliment.id, Compliment.old_reference, Compliment.received_on, Compliment.method, Compliment.point_of_receipt)
    wanted = select(*told, Compliment.source, Compliment.service_area)
    for row in db.session.execute(wanted.where(Compliment.received_on.between(year.first_day, year.last_day))):
        yield RegisterRow(
            reference=row.old_reference or f"THANKS{row.id:06}",
            received_on=row.received_on,
            kind=COMPLIMENT,
            method=row.method,
            point_of_receipt=row.point_of_receipt,
            complainant=row.source,
            service_area=row.service_area,
            disposition="recorded",
        )
