"""The Ombudsman's section of the annual report: received, decided and upheld in the year, as section 3 counts them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select, true

from portal.cases.models import OmbudsmanCase, OmbudsmanDuty
from portal.cases.visibility import Viewer, not_walled_from
from portal.database import db
from portal.procedure.ombudsman import DutyKind, OmbudsmanDecision
from portal.procedure.reporting_year import ReportingYear


@dataclass(frozen=True)
class OmbudsmanCounts:
    """Cases by the year in which they were received or decided there, and remedies by whether their day was kept."""

    received: int
    decided: int
    upheld: int
    remedies_in_time: int
    remedies: int


def ombudsman_counts(year: ReportingYear, viewer: Viewer | None = None) -> OmbudsmanCounts:
    """Count a year. A decision may be of a case that came the year before. A viewer's walls are kept here too."""

    def seen(case_id: Any) -> ColumnElement[bool]:
        return true() if viewer is None else not_walled_from(viewer, case_id)

    count = select(func.count()).select_from(OmbudsmanCase).where(seen(OmbudsmanCase.case_id))
    decided = count.where(OmbudsmanCase.decided_on.between(year.first_day, year.last_day))
    due = select(OmbudsmanDuty).where(OmbudsmanDuty.kind == DutyKind.REMEDY, seen(OmbudsmanDuty.case_id))
    remedies = db.session.scalars(due.where(OmbudsmanDuty.due_on.between(year.first_day, year.last_day))).all()
    return OmbudsmanCounts(
        received=db.session.scalars(count.where(OmbudsmanCase.received_on.between(year.first_day, year.last_day))).one(),
        decided=db.session.scalars(decided).one(),
        upheld=db.session.scalars(decided.where(OmbudsmanCase.decision == OmbudsmanDecision.UPHELD)).one(),
        remedies_in_time=sum(1 for duty in remedies if duty.done_on is not None and duty.done_on <= duty.due_on),
        remedies=len(remedies),
    )
