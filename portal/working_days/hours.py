"""When the team reads: nine to five on working days. What anyone is told about it is worked out, never guessed."""

from dataclasses import dataclass
from datetime import date, datetime, time

from portal.clock import LONDON
from portal.procedure.errors import CalendarTooShort
from portal.working_days.queries import working_calendar

OPENS, CLOSES = time(9), time(17)


@dataclass(frozen=True)
class Opening:
    """Whether the team is there now, and the day on which it reads next (at nine in the morning when it is closed)."""

    is_open: bool
    reads_on: date


def opening(at: datetime) -> Opening:
    """When a message sent at a moment will be read."""
    local, calendar = at.astimezone(LONDON), working_calendar()
    works_today = calendar.is_working_day(local.date())
    if works_today and OPENS <= local.time() < CLOSES:
        return Opening(True, local.date())
    if works_today and local.time() < OPENS:
        return Opening(False, local.date())
    return Opening(False, calendar.add_working_days(local.date(), 1))


def read_by(at: datetime) -> date | None:
    """The day by which somebody of the team has read what came at a moment, and seen whether a child is safe.

    The same day, or the next working morning for what came when nobody was there. None past the known calendar, where no
    day can be promised.
    """
    try:
        return opening(at).reads_on
    except CalendarTooShort:
        return None
