"""The calendar that every count uses."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

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
        kept = _with_added(tuple((row.day, row.name, row.known_until, row.is_taken_back) for row in added))
        db.session.info[KEPT] = kept
    calendar: WorkingCalendar = kept
    return calendar


@lru_cache(maxsize=4)
def _with_added(added: tuple[tuple[date, str, date | None, bool], ...]) -> WorkingCalendar:
    """The bundled calendar with some days: made once, for a calendar counts its working days when it is first asked."""
    if not added:
        return bundled_calendar()
    reach = max((known_until for _, _, known_until, _ in added if known_until), default=None)
    more = {day: name for day, name, _, is_taken_back in added if not is_taken_back}
    return bundled_calendar().extended(more, reach).without(day for day, *_, is_taken_back in added if is_taken_back)


def added_holidays() -> Sequence[AddedHoliday]:
    """The days that were added or taken back, in order."""
    return db.session.scalars(select(AddedHoliday).order_by(AddedHoliday.day)).all()
