"""Adding bank holidays, and so carrying the calendar further."""

from datetime import date, datetime

from blinker import Signal

from portal.audit.events import declare
from portal.audit.services import record
from portal.database import transaction
from portal.working_days.models import AddedHoliday
from portal.working_days.queries import KEPT

holiday_added = Signal(
    "Sent inside the action with what was added, so that dates which rest on the calendar are counted again."
)
HOLIDAY_ADDED = declare("holiday_added", "day", "name", "known_until")


def add_holiday(day: date, name: str, *, known_until: date | None = None, at: datetime, by_id: int | None = None) -> None:
    """Add a bank holiday, and say up to which day every one is now in the list; adding a day again changes it."""
    with transaction() as session:
        before = session.get(AddedHoliday, day)
        if before is not None and before.known_until is not None:
            known_until = max(before.known_until, known_until or before.known_until)
        session.merge(AddedHoliday(day=day, name=name, known_until=known_until))
        session.info.pop(KEPT, None)
        until = known_until.isoformat() if known_until else None
        record(HOLIDAY_ADDED, "calendar", at=at, by_id=by_id, day=day.isoformat(), name=name, known_until=until)
        holiday_added.send(f"{name}, {day.isoformat()}", at=at, by_id=by_id)
