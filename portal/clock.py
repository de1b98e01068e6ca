"""The only place that asks the time. Times are UTC; days are London days (SI 2006/1738 speaks of days, not hours)."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
NOON = time(12)


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day in London."""
    return london_day(now())


def london_day(at: datetime) -> date:
    """The London day of a moment; a moment without a zone is read as UTC."""
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(LONDON).date()


def at_on(day: date) -> datetime:
    """Now when the day is today, else noon of that day in London, as a moment in UTC."""
    return now() if day == today() else datetime.combine(day, NOON, LONDON).astimezone(UTC)
