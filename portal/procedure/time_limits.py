"""When something is due, and the day-by-day count behind the date.

The day of the event is not counted; day 1 is the next working day; an answer on day N is in time. Where several profiles
give a date, all are kept and the earliest is operative, so that a local limit can never lengthen one that the law sets.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from portal.procedure.calendar import NotCounted, WorkingCalendar
from portal.procedure.errors import CannotBeExtended
from portal.procedure.limits import Limit, Unit, limits_in_force


@dataclass(frozen=True)
class Deadline:
    """One limit counted from one day. `counted` is in the limit's unit and includes the extension when `extended`."""

    limit: Limit
    starts_on: date
    due_on: date
    counted: int
    extended: bool
    calendar: WorkingCalendar = field(repr=False, compare=False)

    @property
    def not_counted(self) -> tuple[NotCounted, ...]:
        """The days that the count passed over, and why each; for calendar days only those that it rolled forward over."""
        if self.limit.unit is Unit.YEARS:
            return ()
        rolls = self.limit.unit is Unit.CALENDAR_DAYS
        after = self.starts_on + timedelta(days=self.counted - 1) if rolls else self.starts_on
        return _passed_over(self.calendar, after, self.due_on)


def deadline_for(limit: Limit, starts_on: date, calendar: WorkingCalendar, *, extended: bool = False) -> Deadline:
    """Count a limit from a day. Raises CannotBeExtended, or CalendarTooShort past the last known bank holiday."""
    if extended and limit.extension_days is None:
        raise CannotBeExtended(limit.id)
    days = limit.days + (limit.extension_days or 0 if extended else 0)
    if limit.unit is not Unit.YEARS or starts_on.year + days > date.max.year:
        calendar.why_not_counted(starts_on)
    if limit.unit is Unit.YEARS:
        due_on = anniversary(starts_on, days)
    elif limit.unit is Unit.CALENDAR_DAYS:
        due_on = calendar.next_working_day(starts_on + timedelta(days=days))
    else:
        due_on = calendar.add_working_days(starts_on, days)
    return Deadline(limit, starts_on, due_on, days, extended, calendar)


def deadlines_for(
    limit_id: str, starts: Mapping[str, date] | date, calendar: WorkingCalendar, *, extended: bool = False
) -> tuple[Deadline, ...]:
    """Every profile's date for a limit, earliest (the operative one) first.

    `starts` is one day, or the day of each event by name (`{"agreement": …, "request": …}`); a profile that starts
    from an event which has not happened gives no date. On the same day the statute stands before a local limit.
    """
    first = starts if isinstance(starts, date) else min(starts.values())
    found = []
    for limit in limits_in_force(limit_id, first):
        starts_on = starts if isinstance(starts, date) else starts.get(limit.starts_from)
        if starts_on is not None and not (extended and limit.extension_days is None):
            found.append(deadline_for(limit, starts_on, calendar, extended=extended))
    if not found and extended:
        raise CannotBeExtended(limit_id)
    return tuple(sorted(found, key=lambda deadline: (deadline.due_on, deadline.limit.local)))


def operative_deadline(
    limit_id: str, starts: Mapping[str, date] | date, calendar: WorkingCalendar, *, extended: bool = False
) -> Deadline:
    """The earliest of every date that applies to a limit."""
    return deadlines_for(limit_id, starts, calendar, extended=extended)[0]


def anniversary(day: date, years: int) -> date:
    """The same day in a later year; 29 February becomes 28 February where that year has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _passed_over(calendar: WorkingCalendar, after: date, until: date) -> tuple[NotCounted, ...]:
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    reasons = ((day, calendar.why_not_counted(day)) for day in days)
    return tuple(NotCounted(day, why) for day, why in reasons if why is not None)
