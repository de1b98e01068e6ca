"""When the team reads: nine to five on working days. What a child is told about it is worked out, never guessed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from portal.clock import LONDON
from portal.working_days.queries import working_calendar

OPENS, CLOSES = time(9), time(17)
READ_BEFORE = time(16)  # thanks that nobody of the council has read yet go on by themselves at this hour of a working day
TIME_TO_READ = timedelta(hours=1)


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


def passes_on_at(at: datetime) -> datetime:
    """When thanks that came straight to us go on: at four of this working day, or of the next one.

    Until then somebody of the team can read them first: no list of signs finds every complaint that hides in thanks.
    """
    local, reads_on = at.astimezone(LONDON), opening(at).reads_on
    if local.date() == reads_on and local.time() >= (datetime.combine(reads_on, READ_BEFORE) - TIME_TO_READ).time():
        reads_on = working_calendar().add_working_days(reads_on, 1)
    return datetime.combine(reads_on, READ_BEFORE, LONDON).astimezone(UTC)
