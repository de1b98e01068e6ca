"""The limits that run on a case, counted from what happened on it. Nothing here is kept: the days are, and these follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.cases.models import Case, Stage
from portal.procedure.calendar import WorkingCalendar
from portal.procedure.clocks import Clock, Day, clocks, next_due
from portal.procedure.errors import CalendarTooShort, UnknownLimit
from portal.procedure.routes import Route
from portal.procedure.time_limits import Deadline, operative_deadline
from portal.working_days.queries import working_calendar

WRITES_AGAIN_AFTER = 10  # working days; our own, not the law's
FROM_RECEIPT = frozenset({(Route.STATUTORY, 1), (Route.CORPORATE, 1), (Route.DATA_PROTECTION, 1)})


@dataclass(frozen=True)
class StageClocks:
    """One stage with every limit that runs in it."""

    stage: Stage
    clocks: tuple[Clock, ...]


def days_of(stage: Stage) -> Mapping[Day, date]:
    """What happened in a stage, by its day. The start is the receipt or the request."""
    start = Day.RECEIPT if (stage.route, stage.number) in FROM_RECEIPT else Day.REQUEST
    days = {start: stage.requested_on} | {one.day: one.on for one in stage.happened}
    kept = {Day.ACKNOWLEDGEMENT: stage.acknowledged_on, Day.RESPONSE: stage.responded_on}
    return days | {day: on for day, on in kept.items() if on is not None}


def clocks_of(stage: Stage, calendar: WorkingCalendar | None = None) -> tuple[Clock, ...]:
    """Every limit of a stage whose start has happened."""
    counted = calendar or working_calendar()
    return clocks(stage.route, stage.number, days_of(stage), counted, extended=stage.extended_on is not None)


def case_clocks(case: Case) -> list[StageClocks]:
    """Every limit of every stage of a case, the statutory stages first."""
    calendar = working_calendar()
    return [StageClocks(stage, clocks_of(stage, calendar)) for stage in (*case.stages, *case.strands)]


def count_again(stage: Stage, calendar: WorkingCalendar | None = None) -> None:
    """Set what a stage must meet next, while it runs. Where nothing can be counted the date stays as it is."""
    if stage.closed_on is None:
        stage.due_on = next_due(clocks_of(stage, calendar)) or stage.due_on


def due_if_acknowledged(stage: Stage, on: date) -> date:
    """What a stage has to meet next, were it acknowledged on a day."""
    days = dict(days_of(stage)) | {Day.ACKNOWLEDGEMENT: on}
    return next_due(clocks(stage.route, stage.number, days, working_calendar())) or stage.due_on


def due_if_extended(stage: Stage) -> date:
    """What a stage would have to meet next, were it extended."""
    extended = clocks(stage.route, stage.number, days_of(stage), working_calendar(), extended=True)
    return next_due(extended) or stage.due_on


def longest(stage: Stage) -> Deadline | None:
    """The last lawful day of the answer of a stage, were it extended as far as the law lets it; None when not countable."""
    response = {2: "statutory.stage_2.response", 1: "statutory.stage_1.response"}
    if stage.route is not Route.STATUTORY or stage.number not in response:
        return None
    return _countable(response[stage.number], {day.value: on for day, on in days_of(stage).items()}, extended=True)


@dataclass(frozen=True)
class Envelope:
    """How long stages 1 and 2 took together, as the Ombudsman looks at it: working days so far, and the last of them."""

    deadline: Deadline
    taken: int


def envelope_of(case: Case, on: date) -> Envelope | None:
    """Stages 1 and 2 together, counted from the receipt; None without a stage, or past the known calendar."""
    if not case.stages:
        return None
    second = case.stage(2)
    ended = (second.closed_on if second is not None else None) or on
    try:
        deadline = operative_deadline("statutory.stages_1_and_2", case.received_on, working_calendar())
        return Envelope(deadline, working_calendar().working_days_between(case.received_on, ended))
    except (CalendarTooShort, UnknownLimit):
        return None


def counted_from_first_agreement(stage: Stage) -> Deadline | None:
    """The day by which stage 2 would be due, had its first agreement stood: shown beside the one that counts."""
    first = stage.day(Day.FIRST_AGREEMENT)
    if first is None:
        return None
    return _countable("statutory.stage_2.response", {"agreement": first}, extended=stage.extended_on is not None)


def _countable(limit_id: str, start: Mapping[str, date], *, extended: bool) -> Deadline | None:
    """When a limit ends; None where it was not in force, or past the known calendar."""
    try:
        return operative_deadline(limit_id, start, working_calendar(), extended=extended)
    except (CalendarTooShort, UnknownLimit):
        return None


def days_on(day: date, working_days: int) -> date:
    """A day so many working days later; the same day past the known calendar."""
    try:
        return working_calendar().add_working_days(day, working_days)
    except CalendarTooShort:
        return day


def write_again_on(on: date) -> date:
    """The day by which we write again to someone whom we keep waiting."""
    return days_on(on, WRITES_AGAIN_AFTER)


def ask_stage_3_by(answered_on: date) -> date:
    """The last day to ask for a panel, counted from the answer to stage 2 (SI 2006/1738 reg 18)."""
    return operative_deadline("statutory.stage_3.request", {"response": answered_on}, working_calendar()).due_on
