"""The letters that go out by themselves when the last lawful day is over: sorry, what you can do now, and an honest date."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from statistics import median

from sqlalchemy import select

from portal import wording
from portal.casework.clocks import clocks_of, longest
from portal.casework.models import Case, Stage
from portal.casework.services.messages import letter_facts
from portal.config import Council
from portal.database import db
from portal.procedure.clocks import Day, next_due
from portal.procedure.errors import CalendarTooShort
from portal.procedure.reporting_year import ReportingYear
from portal.procedure.routes import Route
from portal.procedure.stages import Status
from portal.working_days.queries import working_calendar

ENOUGH_ANSWERS = 5
WRITES_AGAIN_AFTER = 10  # working days
IN_STAGE = {Status.STAGE_1: 1, Status.STAGE_2: 2, Status.STAGE_3: 3}


@dataclass(frozen=True)
class LateLetter:
    """One letter whose last lawful day has come. The key says which letter it is, so that it goes once."""

    stage: Stage
    kind: str
    key: str
    due_on: date


def late_letters(case: Case, on: date) -> Iterator[LateLetter]:
    """Every letter whose last lawful day has come on a case. Whoever sends them sees to it that each goes once."""
    stage = case.stage(IN_STAGE.get(case.status, 0))
    if stage is not None and stage.closed_on is None:
        if stage.number == 1:
            yield from _stage_1(stage, on)
        elif stage.due_on <= on and clocks_of(stage):
            yield LateLetter(stage, f"late_stage_{stage.number}", f"{stage.number}:{stage.due_on}", stage.due_on)
    for strand in case.open_strands:
        counted = next_due(clocks_of(strand))
        if counted is not None and counted <= on:
            yield LateLetter(strand, "late_strand", f"{strand.position}:{strand.number}:{counted}", counted)


def _stage_1(stage: Stage, on: date) -> Iterator[LateLetter]:
    last = longest(stage)
    if last is None:
        return
    if last.due_on <= on:
        yield LateLetter(stage, "right_to_stage_2", "1", last.due_on)
    elif not stage.extended_on and stage.due_on <= on:
        yield LateLetter(stage, "late_stage_1", "1", stage.due_on)


def write_late_letter(late: LateLetter, case: Case, council: Council, on: date) -> tuple[str, date]:
    """The words of a letter, and the date it promises: the council's own, the usual one, or that on which we write again."""
    stage = late.stage
    promised = stage.expected_on if stage.expected_on and stage.expected_on > on else None
    expected = _usual_day(stage, on) if promised is None and stage.route is Route.STATUTORY else None
    writes_again = promised or expected or _days_on(on, WRITES_AGAIN_AFTER)
    facts = letter_facts(case, council) | {
        "stage": stage,
        "due_on": late.due_on,
        "promised_on": promised,
        "expected_on": expected,
        "writes_again_on": writes_again,
        "opens_on": _opens_on(stage),
        "is_panel": stage.number == 3 and stage.day(Day.PANEL) is None,
        "asked_already": stage.opens_on is not None,
        "part": next((part for part in case.parts if part.position == stage.position), None),
    }
    return wording.render(f"letters/{late.kind}.txt", **facts), writes_again


def _opens_on(stage: Stage) -> date:
    last = longest(stage)
    return last.due_on if last else stage.due_on


def _usual_day(stage: Stage, on: date) -> date | None:
    """The day that the median of a year's answers at this stage points to; none when there are few, or it has passed."""
    since = ReportingYear.of(on).before().first_day
    wanted = select(Stage.requested_on, Stage.responded_on).where(
        Stage.route == stage.route, Stage.number == stage.number, Stage.responded_on >= since, Stage.responded_on <= on
    )
    calendar = working_calendar()
    taken = [calendar.working_days_between(row.requested_on, row.responded_on) for row in db.session.execute(wanted)]
    if len(taken) < ENOUGH_ANSWERS:
        return None
    expected = _days_on(stage.requested_on, round(median(taken)))
    return expected if expected > on else None


def _days_on(day: date, working_days: int) -> date:
    try:
        return working_calendar().add_working_days(day, working_days)
    except CalendarTooShort:
        return day
