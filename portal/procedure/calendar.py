"""What a working day is, and how far the bundled bank holidays reach.

SI 2006/1738 reg 2: a working day is not a Saturday, a Sunday, Christmas Day, Boxing Day, Good Friday or a bank holiday
under the Banking and Financial Dealings Act 1971. A council's own closure days do count. England only.
"""

import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path

from portal.procedure.errors import CalendarTooShort

SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True)
class NotCounted:
    """A day that a count passed over, and why."""

    date: date
    why: str


@dataclass(frozen=True)
class WorkingCalendar:
    """Bank holidays by date with their names, and the days between which they are known."""

    holidays: Mapping[date, str]
    known_from: date
    known_until: date

    def why_not_counted(self, day: date) -> str | None:
        """Say why a day is not a working day; None when it is one. Raises CalendarTooShort outside what is known."""
        if not self.known_from <= day <= self.known_until:
            raise CalendarTooShort(day, self.known_from, self.known_until)
        if day.weekday() == SATURDAY:
            return "Saturday"
        if day.weekday() == SUNDAY:
            return "Sunday"
        return self.holidays.get(day)

    def is_working_day(self, day: date) -> bool:
        """Whether a day counts (SI 2006/1738 reg 2)."""
        return self.why_not_counted(day) is None

    def days_after(self, start: date) -> Iterator[tuple[date, str | None]]:
        """Every day after the start, with the reason it is not counted. Raises CalendarTooShort outside what is known."""
        if start > self.known_until:
            self.why_not_counted(start)
        day = start
        while True:
            day += timedelta(days=1)
            yield day, self.why_not_counted(day)

    def add_working_days(self, start: date, days: int) -> date:
        """The day that is `days` working days after the start, one or more; the day of the event is never counted.

        Raises CalendarTooShort outside what is known.
        """
        self.why_not_counted(start + timedelta(days=1))
        place = bisect_right(self._working_days, start) + days - 1
        if place >= len(self._working_days):
            self.why_not_counted(self.known_until + timedelta(days=1))
        return self._working_days[place]

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after the start up to and with the end; negative when the end is earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        if end > start:
            self.why_not_counted(start + timedelta(days=1))
            self.why_not_counted(end)
        return bisect_right(self._working_days, end) - bisect_right(self._working_days, start)

    @cached_property
    def _working_days(self) -> Sequence[date]:
        """Every working day that is known, in order: counting is looking up."""
        known = range((self.known_until - self.known_from).days + 1)
        return [day for day in (self.known_from + timedelta(days=n) for n in known) if self.is_working_day(day)]

    def next_working_day(self, day: date) -> date:
        """The day itself when it is a working day, else the first one after it."""
        return day if self.is_working_day(day) else self.add_working_days(day, 1)

    def extended(self, holidays: Mapping[date, str], known_until: date | None = None) -> "WorkingCalendar":
        """The same calendar with more bank holidays, and a later last known day when one is given."""
        until = max(self.known_until, known_until) if known_until else self.known_until
        return WorkingCalendar({**self.holidays, **holidays}, self.known_from, until)

    def without(self, days: Iterable[date]) -> "WorkingCalendar":
        """The same calendar where some days are no bank holidays: they count, but for a Saturday or a Sunday."""
        taken = set(days)
        left = {day: name for day, name in self.holidays.items() if day not in taken}
        return WorkingCalendar(left, self.known_from, self.known_until) if taken else self


@cache
def bundled_calendar() -> WorkingCalendar:
    """The bank holidays of England that come with the portal."""
    source = tomllib.loads((Path(__file__).parent / "bank_holidays.toml").read_text(encoding="utf-8"))
    days = {date.fromisoformat(day): name for day, name in source["days"].items()}
    return WorkingCalendar(days, source["known_from"], source["known_until"])
