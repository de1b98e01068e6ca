"""When the calendar changes, every open case is counted again; each date that moved is in the audit and on a list."""

from datetime import date, datetime

from sqlalchemy import func, select

from portal.audit.services import record
from portal.cases.clocks import count_again
from portal.cases.events import CLOSED_LEFT, DATE_COUNTED_AGAIN
from portal.cases.models import Case, Stage
from portal.cases.services.locked_case import locked_case
from portal.database import db, transaction
from portal.working_days.services import calendar_changed


def count_open_cases_again(why: str, *, day: date, at: datetime, by_id: int | None) -> int:
    """Count what is due on every open case again; how many dates moved. What is closed stays, and how much is told."""
    with transaction():
        record(CLOSED_LEFT, "calendar", at=at, by_id=by_id, day=day.isoformat(), why=why, stages=_closed_across(day))
        ids = db.session.scalars(select(Case.id).where(Case.is_open).order_by(Case.id)).all()
        return sum(_count_case(case_id, why, at=at, by_id=by_id) for case_id in ids)


def _closed_across(day: date) -> int:
    """How many stages ended after a day that was counted, or passed over, in them."""
    ended = select(func.count()).select_from(Stage).where(Stage.requested_on < day, Stage.closed_on >= day)
    return db.session.scalar(ended) or 0


def _count_case(case_id: int, why: str, *, at: datetime, by_id: int | None) -> int:
    moved = 0
    with locked_case(case_id) as case:
        for stage in (*case.stages, *case.strands):
            before = stage.due_on
            count_again(stage)
            if stage.due_on != before:
                moved += 1
                facts = {"number": stage.number, "route": stage.route, "why": why}
                days = {"before": before.isoformat(), "after": stage.due_on.isoformat()}
                record(DATE_COUNTED_AGAIN, case.about, at=at, by_id=by_id, **facts, **days)
    return moved


def follow_the_calendar() -> None:
    """From now on, count open cases again whenever the calendar changes, in the same action."""
    calendar_changed.connect(count_open_cases_again)
