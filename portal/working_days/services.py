"""Carrying the calendar further."""

from datetime import date, datetime

from portal.audit.events import declare
from portal.audit.services import record
from portal.database import transaction
from portal.working_days.models import AddedHoliday, CalendarReach
from portal.working_days.queries import KEPT

HOLIDAY_ADDED = declare("holiday_added", "day", "name")
CALENDAR_CARRIED_FURTHER = declare("calendar_carried_further", "known_until")


def add_holiday(day: date, name: str, *, at: datetime, by_id: int | None = None) -> None:
    """Add a bank holiday; adding a day again changes its name."""
    with transaction() as session:
        session.merge(AddedHoliday(day=day, name=name))
        session.info.pop(KEPT, None)
        record(HOLIDAY_ADDED, "calendar", at=at, by_id=by_id, day=day.isoformat(), name=name)


def carry_calendar_to(known_until: date, *, at: datetime, by_id: int | None = None) -> None:
    """Say that every bank holiday up to a day is now in the list."""
    with transaction() as session:
        session.merge(CalendarReach(id=1, known_until=known_until))
        session.info.pop(KEPT, None)
        record(CALENDAR_CARRIED_FURTHER, "calendar", at=at, by_id=by_id, known_until=known_until.isoformat())
