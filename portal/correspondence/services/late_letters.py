"""The letters that go out by themselves when a day is over: sorry, what you can do now, and an honest date.

The law's days come first; then what else the person was told that we would do, and that nobody has done.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import median

from sqlalchemy import select

from portal import wording
from portal.cases.clocks import clocks_of, days_on, longest, write_again_on
from portal.cases.models import Case, LetterWay, Promise, Promised, Stage
from portal.cases.promises import Said, answer_day, answer_waits, passed_promises
from portal.config import Council
from portal.correspondence.reach import way_of_letters
from portal.correspondence.services.messages import in_easy_words, letter_facts
from portal.database import db
from portal.procedure.clocks import Day, next_due
from portal.procedure.reporting_year import ReportingYear
from portal.procedure.routes import Route
from portal.procedure.stages import Status
from portal.working_days.queries import working_calendar

ENOUGH_ANSWERS = 5
IN_STAGE = {Status.STAGE_1: 1, Status.STAGE_2: 2, Status.STAGE_3: 3}


@dataclass(frozen=True)
class LateLetter:
    """One letter whose last lawful day has come. The key says which letter it is, so that it goes once."""

    kind: str
    key: str
    due_on: date
    stage: Stage | None = None
    passed: tuple[Promise, ...] = ()  # what it says sorry for

    @property
    def about(self) -> tuple[int, int]:
        """The part and the stage that it is about."""
        return (self.stage.position, self.stage.number) if self.stage else (0, 0)


def late_letters(case: Case, over: date, sent: frozenset[tuple[str, str]] = frozenset()) -> list[LateLetter]:
    """Every letter that a day which is over asks for and that was not `sent`: the law's, then that of other promises."""
    found = [one for one in _by_law(case, over) if (one.kind, one.key) not in sent and not answer_waits(case, one.stage)]
    posts_it = way_of_letters(case) is LetterWay.BY_HAND  # a colleague needs the day to post it
    passed = passed_promises(case, over, writes_by=over + timedelta(days=1) if posts_it else over)
    left = [one for one in passed if (one.position, one.number) not in [letter.about for letter in found]]
    found = [replace(one, passed=_of(one, passed)) for one in found]
    if left:
        key = f"{len(left)}:{max(one.id for one in left)}"
        found.append(LateLetter("promise_passed", key, left[0].by_on, passed=tuple(left)))
    return found


def _of(letter: LateLetter, passed: Sequence[Promise]) -> tuple[Promise, ...]:
    return tuple(one for one in passed if (one.position, one.number) == letter.about)


def _by_law(case: Case, on: date) -> Iterator[LateLetter]:
    stage = case.stage(IN_STAGE.get(case.status, 0))
    if stage is not None and stage.closed_on is None:
        if stage.number == 1:
            yield from _stage_1(stage, on)
        elif stage.due_on <= on and clocks_of(stage):
            yield LateLetter(f"late_stage_{stage.number}", f"{stage.number}:{stage.due_on}", stage.due_on, stage)
    for strand in case.open_strands:
        counted = next_due(clocks_of(strand))
        if counted is not None and counted <= on:
            yield LateLetter("late_strand", f"{strand.position}:{strand.number}:{counted}", counted, strand)


def _stage_1(stage: Stage, on: date) -> Iterator[LateLetter]:
    last = longest(stage)
    if last is None:
        return
    if last.due_on <= on:
        yield LateLetter("right_to_stage_2", "1", last.due_on, stage)
    elif not stage.extended_on and stage.due_on <= on:
        yield LateLetter("late_stage_1", "1", stage.due_on, stage)


def write_late_letter(late: LateLetter, case: Case, council: Council, on: date) -> tuple[str, list[Said]]:
    """The words of a letter, and what it promises: the council's own day, the usual one, or that on which we write again."""
    stage = late.stage
    if stage is None:
        return _promise_passed(late, case, council, on)
    told = answer_day(case, stage)
    promised = told if told and told > on else None
    expected = _usual_day(stage, on) if promised is None and stage.route is Route.STATUTORY else None
    writes_again = promised or expected or write_again_on(on)
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
    only_the_answer = promised is not None and not in_easy_words(case)
    said = [Said.of(stage, Promised.ANSWER if only_the_answer else Promised.WRITE, writes_again)]
    if late.kind == "late_stage_1":
        said.append(Said.of(stage, Promised.AT_MOST, _opens_on(stage)))
    return wording.render(f"letters/{late.kind}.txt", **facts), said


def _promise_passed(late: LateLetter, case: Case, council: Council, on: date) -> tuple[str, list[Said]]:
    """What we said, that it did not happen, and the day on which we write again."""
    first = late.passed[0]
    is_safe_unknown = case.safeguarding_checked_at is None
    again = days_on(on, 1) if is_safe_unknown else write_again_on(on)
    facts = {"passed": late.passed, "was_read": not is_safe_unknown, "writes_again_on": again}
    words = wording.render("letters/promise_passed.txt", **letter_facts(case, council) | facts)
    return words, [Said(Promised.WRITE, again, first.position, first.number)]


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
    expected = days_on(stage.requested_on, round(median(taken)))
    return expected if expected > on else None
