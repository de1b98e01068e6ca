"""Adding bank holidays, and so carrying the calendar further; and taking back or moving one."""

from datetime import date, datetime

from blinker import Signal

from portal.audit.events import declare
from portal.audit.services import record
from portal.database import transaction
from portal.working_days.models import AddedHoliday
from portal.working_days.queries import KEPT, working_calendar

calendar_changed = Signal(
    "Sent inside the action with what was changed, so that dates which rest on the calendar are counted again."
)
HOLIDAY_ADDED = declare("holiday_added", "day", "name", "known_until")
HOLIDAY_TAKEN_BACK = declare("holiday_taken_back", "day", "name", "reasons")


class NotAHoliday(Exception):
    """That day is no bank holiday, so that it cannot be taken back or moved."""

    def __str__(self) -> str:
        """Say what to do."""
        return "That day is not in the list of bank holidays. Choose one that is."


def add_holiday(day: date, name: str, *, known_until: date | None = None, at: datetime, by_id: int | None = None) -> None:
    """Add a bank holiday, and say up to which day every one is now in the list; adding a day again changes it."""
    with transaction() as session:
        before = session.get(AddedHoliday, day)
        if before is not None and before.known_until is not None:
            known_until = max(before.known_until, known_until or before.known_until)
        session.merge(AddedHoliday(day=day, name=name, known_until=known_until, is_taken_back=False))
        session.info.pop(KEPT, None)
        until = known_until.isoformat() if known_until else None
        record(HOLIDAY_ADDED, "calendar", at=at, by_id=by_id, day=day.isoformat(), name=name, known_until=until)
        calendar_changed.send(f"{name}, {day.isoformat()}", day=day, at=at, by_id=by_id)


def take_back_holiday(
    day: date, reasons: str, *, moved_to: date | None = None, at: datetime, by_id: int | None = None
) -> None:
    """Say that a day is no bank holiday after all, or that it moved to another day. Raises NotAHoliday.

    Open cases are counted again in the same action; what was closed stays as it was.
    """
    with transaction() as session:
        name = working_calendar().holidays.get(day)
        if name is None:
            raise NotAHoliday
        before = session.get(AddedHoliday, day)
        until = before.known_until if before is not None else None
        session.merge(AddedHoliday(day=day, name=name, known_until=until, is_taken_back=True))
        session.info.pop(KEPT, None)
        record(HOLIDAY_TAKEN_BACK, "calendar", at=at, by_id=by_id, day=day.isoformat(), name=name, reasons=reasons)
        if moved_to is not None:
            add_holiday(moved_to, name, at=at, by_id=by_id)
        else:
            calendar_changed.send(f"{name}, {day.isoformat()}, taken back", day=day, at=at, by_id=by_id)
