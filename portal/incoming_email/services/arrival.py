"""The day on which an email came to the council. A sender's clock never decides it, and a guess never costs anyone a day."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal import wording
from portal.clock import london_day

MAX_AGE_OF_EMAIL = timedelta(days=3 * 365)
WHEN_IT_CAME = "When it came to the council"


@dataclass(frozen=True)
class Arrival:
    """When an email came, and how that is told on its record; nothing is told where it was read on the day it came."""

    at: datetime
    told: tuple[tuple[str, str], ...] = ()


def taken_at(arrived_at: datetime | None, at: datetime) -> datetime:
    """When our server took an email in; now, where the server does not say, or says what cannot be."""
    return arrived_at if arrived_at is not None and at - MAX_AGE_OF_EMAIL < arrived_at <= at else at


def arrival_of(had_at: datetime | None, is_sent_on: bool, arrived_at: datetime | None, at: datetime) -> Arrival:
    """When an email came: when our mail server took it, or of one that a colleague sent on, when the council first had it.

    `had_at` is what the lines above a forwarded email say. It counts when it is not later than our own server's moment, and
    not so long ago that it cannot be true. That is never later than our own day, so nobody waits longer because of it.
    """
    ours = taken_at(arrived_at, at)
    if is_sent_on and had_at is not None and ours - MAX_AGE_OF_EMAIL < had_at <= ours:
        return Arrival(had_at, ((WHEN_IT_CAME, f"{_day(had_at)}, as the forwarded email says"),))
    if is_sent_on:
        why = "when our mail server took it; the forwarded email does not say when a colleague got it"
        return Arrival(ours, ((WHEN_IT_CAME, f"{_day(ours)}, {why}"),))
    if london_day(ours) != london_day(at):
        return Arrival(ours, ((WHEN_IT_CAME, f"{_day(ours)}, when our mail server took it"),))
    return Arrival(ours)


def _day(moment: datetime) -> str:
    return wording.day(london_day(moment))
