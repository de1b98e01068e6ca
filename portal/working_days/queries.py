"""The calendar that every count uses."""

from collections.abc import Sequence

from sqlalchemy import select

from portal.database import db
from portal.procedure.calendar import WorkingCalendar, bundled_calendar
from portal.working_days.models import AddedHoliday

KEPT = "working_calendar"
ADDED = select(AddedHoliday.__table__)


def working_calendar() -> WorkingCalendar:
    """The bundled bank holidays with those that an administrator added: read once for each page or job."""
    kept = db.session.info.get(KEPT)
    if kept is None:
        added = db.session.connection().execute(ADDED).all()
        reach = max((row.known_until for row in added if row.known_until), default=None)
        kept = bundled_calendar().extended({row.day: row.name for row in added}, reach) if added else bundled_calendar()
        db.session.info[KEPT] = kept
    calendar: WorkingCalendar = kept
    return calendar


def added_holidays() -> Sequence[AddedHoliday]:
    """The added bank holidays by day."""
    return db.session.scalars(select(AddedHoliday).order_by(AddedHoliday.day)).all()
