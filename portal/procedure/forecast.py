"""What will be late, and why: the working days left against those that the steps still to do need."""

from dataclasses import dataclass
from datetime import date

from portal.procedure.calendar import WorkingCalendar


@dataclass(frozen=True)
class Forecast:
    """How a case stands to its date: working days left, and working days that what is still to do takes."""

    left: int
    needed: int

    @property
    def is_late(self) -> bool:
        """Whether the date has passed."""
        return self.left < 0

    @property
    def will_be_late(self) -> bool:
        """Whether there is less time than what is still to do takes."""
        return self.left < self.needed


def forecast(needed: int, due_on: date, on: date, calendar: WorkingCalendar) -> Forecast:
    """The outlook of a case that still needs some working days, on a day.

    Today counts as a day to work on. Raises CalendarTooShort past the last known bank holiday.
    """
    left = calendar.working_days_between(on, due_on)
    return Forecast(left, needed if left < 0 else needed - calendar.is_working_day(on))
