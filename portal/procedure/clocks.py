"""Which limits run in a stage, from which day each is counted, what meets it. Days are facts; the rest is counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.procedure.calendar import WorkingCalendar
from portal.procedure.errors import CalendarTooShort, CannotBeExtended, UnknownLimit
from portal.procedure.routes import Route
from portal.procedure.time_limits import Deadline, deadlines_for


class Day(StrEnum):
    """Something that happened in a stage, from which a limit is counted or by which one is met."""

    RECEIPT = "receipt"
    REQUEST = "request"
    ACKNOWLEDGEMENT = "acknowledgement"
    ADVOCATE_ASKED_FOR = "advocate_asked_for"
    ADVOCATE_IN_PLACE = "advocate_in_place"
    AGREEMENT = "agreement"
    FIRST_AGREEMENT = "first_agreement"
    REPORT = "report"
    INDEPENDENT_REPORT = "independent_report"
    ADJUDICATION = "adjudication"
    PANEL = "panel"
    PANEL_REPORT = "panel_report"
    RECOMMENDATIONS = "recommendations"
    PROCEEDINGS_ENDED = "proceedings_ended"
    RESPONSE = "response"


@dataclass(frozen=True)
class Runs:
    """A limit that runs in a stage until a day meets it."""

    limit_id: str
    met_by: Day


RUNNING: dict[tuple[Route, int], tuple[Runs, ...]] = {
    (Route.STATUTORY, 1): (
        Runs("statutory.acknowledge", Day.ACKNOWLEDGEMENT),
        Runs("statutory.stage_1.response", Day.RESPONSE),
    ),
    (Route.STATUTORY, 2): (
        Runs("statutory.stage_2.response", Day.RESPONSE),
        Runs("statutory.stage_2.response_after_report", Day.RESPONSE),
    ),
    (Route.STATUTORY, 3): (
        Runs("statutory.stage_3.panel_meets", Day.PANEL),
        Runs("statutory.stage_3.panel_report", Day.PANEL_REPORT),
        Runs("statutory.stage_3.council_response", Day.RESPONSE),
    ),
    (Route.CORPORATE, 1): (
        Runs("corporate.stage_1.acknowledge", Day.ACKNOWLEDGEMENT),
        Runs("corporate.stage_1.response", Day.RESPONSE),
    ),
    (Route.CORPORATE, 2): (
        Runs("corporate.stage_2.acknowledge", Day.ACKNOWLEDGEMENT),
        Runs("corporate.stage_2.response", Day.RESPONSE),
    ),
    (Route.DATA_PROTECTION, 1): (
        Runs("data_protection.acknowledge", Day.ACKNOWLEDGEMENT),
        Runs("data_protection.response", Day.RESPONSE),
    ),
}


@dataclass(frozen=True)
class Clock:
    """One limit as it runs: every profile's date, earliest first, and the day that met it."""

    limit_id: str
    deadlines: tuple[Deadline, ...]
    met_by: Day
    met_on: date | None

    @property
    def due_on(self) -> date:
        """The operative date: the earliest of all profiles."""
        return self.deadlines[0].due_on

    @property
    def was_met_late(self) -> bool:
        """Whether it was met, and after its day."""
        return self.met_on is not None and self.met_on > self.due_on

    def was_in_time(self, on: date) -> bool:
        """Whether it was met in time; while it runs, whether there is still time on a day."""
        return (self.met_on or on) <= self.due_on


def clocks(
    route: Route, number: int, days: Mapping[Day, date], calendar: WorkingCalendar, *, extended: bool = False
) -> tuple[Clock, ...]:
    """Every limit of a stage whose start has happened, but for those not in force then or past the known calendar.

    What runs from an acknowledgement that came late runs from the day on which it should have come, too.
    """
    found: list[Clock] = []
    for runs in RUNNING.get((route, number), ()):
        deadlines = _deadlines(runs.limit_id, days, calendar, extended=extended)
        late = next((one for one in found if one.met_by is Day.ACKNOWLEDGEMENT and one.was_met_late), None)
        if late is not None:
            should_have = {**days, Day.ACKNOWLEDGEMENT: late.due_on}
            more = _deadlines(runs.limit_id, should_have, calendar, extended=extended)
            deadlines = tuple(sorted({*deadlines, *more}, key=lambda one: (one.due_on, one.limit.local)))
        if deadlines:
            found.append(Clock(runs.limit_id, deadlines, runs.met_by, days.get(runs.met_by)))
    return tuple(found)


def _deadlines(
    limit_id: str, days: Mapping[Day, date], calendar: WorkingCalendar, *, extended: bool
) -> tuple[Deadline, ...]:
    starts = {day.value: on for day, on in days.items()}
    if not starts:
        return ()
    try:
        return deadlines_for(limit_id, starts, calendar, extended=extended)
    except CannotBeExtended:
        return _deadlines(limit_id, days, calendar, extended=False)
    except (CalendarTooShort, UnknownLimit):
        return ()


def next_due(running: Iterable[Clock]) -> date | None:
    """The date that a stage must meet next. An acknowledgement counts only where nothing else is counted yet."""
    unmet = [clock for clock in running if clock.met_on is None]
    more = [clock for clock in unmet if clock.met_by is not Day.ACKNOWLEDGEMENT]
    return min((clock.due_on for clock in more or unmet), default=None)
