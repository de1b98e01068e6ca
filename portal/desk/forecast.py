"""What will be late this week and why, and how the year stands against its target."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, func, select
from sqlalchemy import case as either

from portal.cases.models import Case, NextAction, Stage
from portal.cases.next_actions import NEXT
from portal.cases.queries import hidden_from
from portal.cases.visibility import Viewer, visible_to
from portal.database import db
from portal.procedure.errors import CalendarTooShort
from portal.procedure.forecast import Forecast, forecast
from portal.procedure.reporting_year import ReportingYear
from portal.procedure.routes import Route
from portal.working_days.queries import working_calendar

WEEK, TARGET, MAX_SHOWN = timedelta(days=7), 85, 200


@dataclass(frozen=True)
class Expected:
    """One case that is late or will be, with its outlook."""

    case: Case
    outlook: Forecast
    is_late: bool


@dataclass(frozen=True)
class TargetSoFar:
    """Stage 1 answers of a year, and how many were in time; how many complaints of the year wait for one."""

    answered: int
    in_time: int
    waiting: int

    @property
    def percent(self) -> int | None:
        """Rounded, as the report rounds; None before the first answer."""
        return round(100 * self.in_time / self.answered) if self.answered else None

    @property
    def best_percent(self) -> int | None:
        """What the year can still reach when every answer that waits is in time."""
        every = self.answered + self.waiting
        return round(100 * (self.in_time + self.waiting) / every) if every else None


def expected_late(viewer: Viewer) -> list[Expected]:
    """Open cases that are late, or due within a week and short of time, the most pressing first."""
    wanted = select(Case).where(Case.is_open, Case.next_due_on <= viewer.on + WEEK, visible_to(viewer))
    cases = db.session.scalars(wanted.order_by(Case.next_due_on, Case.id).limit(MAX_SHOWN)).all()
    found = []
    for case in cases:
        if case.next_action is NextAction.NOTHING:
            continue
        try:
            seen = forecast(NEXT[case.next_action].needs, case.next_due_on, viewer.on, working_calendar())
        except CalendarTooShort:
            continue
        is_late = case.next_due_on < viewer.on
        if is_late or seen.will_be_late:
            found.append(Expected(case, seen, is_late))
    return found


def target_so_far(viewer: Viewer) -> TargetSoFar:
    """How stage 1 of this reporting year stands, by the day of receipt; without cases from which a viewer is shut out."""
    on, year = viewer.on, ReportingYear.of(viewer.on)
    waits = and_(Stage.closed_on.is_(None), Stage.due_on >= on)
    counts = [
        func.coalesce(func.sum(either((one, 1), else_=0)), 0)
        for one in (Stage.responded_on.is_not(None), Stage.responded_on <= Stage.due_on, waits)
    ]
    mine = (Stage.route == Route.STATUTORY, Stage.number == 1, Stage.requested_on >= year.first_day)
    every = db.session.execute(select(*counts).where(*mine)).one()  # from an index alone
    less = db.session.execute(select(*counts).where(*mine, Stage.case_id.in_(hidden_from(viewer)))).one()
    return TargetSoFar(*(n - of_them for n, of_them in zip(every, less, strict=True)))


def stage_2_late(viewer: Viewer) -> Sequence[Case]:
    """Every stage 2 that is late: the Ombudsman looks at them together (guard G4)."""
    late = select(Stage.case_id).where(
        Stage.route == Route.STATUTORY, Stage.number == 2, Stage.closed_on.is_(None), Stage.due_on < viewer.on
    )
    return db.session.scalars(select(Case).where(Case.id.in_(late), visible_to(viewer)).order_by(Case.id)).all()
