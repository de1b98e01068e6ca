"""The ledger of what the person was told: which promises are open, and what became of each by what happened on the case."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from portal.cases.clocks import write_again_on
from portal.cases.models import Case, Message, Promise, Promised, PromiseEnding, Stage
from portal.clock import london_day
from portal.procedure.clocks import Day
from portal.procedure.routes import Route
from portal.procedure.stages import Status

Ended = tuple[PromiseEnding, date] | None
OF_THE_WHOLE = frozenset({"promised_letter", "promise_passed", "closed", "stage_ended"})  # letters about all of a case
IN_BETWEEN = frozenset({"message", "asked_to_stop", "sorted_question", "you_said"})  # letters that answer nothing
ANSWERS = frozenset({"answered", "stage_answered", "strand_answered"})  # what a letter stops that is an answer


@dataclass(frozen=True)
class Said:
    """What a letter or a page says that we will do by a day, in a stage of a part."""

    what: Promised
    by_on: date
    position: int = 0
    number: int = 0

    @classmethod
    def of(cls, stage: Stage, what: Promised, by_on: date) -> "Said":
        """A promise about a stage."""
        return cls(what, by_on, stage.position, stage.number)


@dataclass(frozen=True)
class ByWhen:
    """What a letter says of time: the day of the answer, or once that has passed, the day on which we write again."""

    due_on: date
    writes_again_on: date
    is_late: bool

    @classmethod
    def told_on(cls, on: date, due_on: date) -> "ByWhen":
        """As it stands on a day for an answer that is due on another."""
        return cls(due_on, write_again_on(on), due_on < on)

    @property
    def facts(self) -> dict[str, object]:
        """What the letter's template asks for."""
        return {"is_late": self.is_late, "writes_again_on": self.writes_again_on}

    def said(self, position: int, number: int) -> Said:
        """What the letter promises with it, in a stage of a part."""
        what, by_on = (Promised.WRITE, self.writes_again_on) if self.is_late else (Promised.ANSWER, self.due_on)
        return Said(what, by_on, position, number)


def open_promises(case: Case) -> list[Promise]:
    """What is promised and not ended, the earliest first."""
    return sorted((one for one in case.promises if one.ending is None), key=lambda one: (one.by_on, one.what))


def shown_promises(case: Case) -> list[Promise]:
    """What the person's own page says: each open promise once, without the longest that the law allows."""
    shown = {(one.what, one.by_on): one for one in open_promises(case) if one.what is not Promised.AT_MOST}
    return list(shown.values())


def told_promises(case: Case) -> list[list[Promise]]:
    """Everything that was promised, by its day: what was said more than once, and ended alike, stands together."""
    rows: dict[tuple[object, ...], list[Promise]] = {}
    for one in sorted(case.promises, key=lambda one: (one.by_on, one.id)):
        rows.setdefault((one.what, one.position, one.number, one.by_on, one.ending, one.ended_on), []).append(one)
    return list(rows.values())


def owes_letter(case: Case) -> bool:
    """Whether we said that we would write to the person, and have not."""
    return any(one.what is Promised.WRITE for one in open_promises(case))


def answer_day(case: Case, stage: Stage) -> date | None:
    """The day by which the person was last told that a stage will be answered, while that stands."""
    days = [one.by_on for one in open_promises(case) if one.what is Promised.ANSWER and is_about(one, stage)]
    return days[-1] if days else None


def passed_promises(case: Case, over: date, *, writes_by: date | None = None) -> list[Promise]:
    """Open promises whose day is over, of which no letter was written since; those to write, up to the day `writes_by`.

    A stage opens by itself on its day, and an answer that is written only has to leave: neither is one.
    """
    passed = [one for one in open_promises(case) if one.by_on <= _last(one, over, writes_by)]
    return [one for one in passed if one.what is not Promised.OPEN and not _is_written(one, case)]


def answer_waits(case: Case, stage: Stage | None) -> bool:
    """Whether the answer to a stage is written and only has to leave."""
    return stage is not None and any(
        one.waits and one.stops in ANSWERS and one.stage_id == stage.id and one.came_back_at is None for one in case.messages
    )


def _last(promise: Promise, over: date, writes_by: date | None) -> date:
    return writes_by or over if promise.what is Promised.WRITE else over


def is_about(promise: Promise, stage: Stage) -> bool:
    """Whether a promise is about a stage."""
    return (promise.position, promise.number) == (stage.position, stage.number)


def end_promises(case: Case) -> None:
    """End every open promise that what happened on the case has kept or overtaken."""
    for one in open_promises(case):
        ended = ENDED_BY[one.what](one, case) or _closed(case)
        if ended is not None:
            one.end(*ended)


def _closed(case: Case) -> Ended:
    return (PromiseEnding.OVERTAKEN, case.closed_on) if case.closed_on is not None and not case.open_strands else None


def _read(_: Promise, case: Case) -> Ended:
    checked = case.safeguarding_checked_at
    return (PromiseEnding.KEPT, london_day(checked)) if checked else None


def _letter_since(promise: Promise, case: Case) -> Ended:
    return _kept_by(_since(promise, case))


def _written_since(promise: Promise, case: Case) -> Ended:
    """What we said that we would write is kept by a letter about the same, not by any."""
    return _kept_by(one for one in _since(promise, case) if _is_about_it(one, promise, case))


def _is_about_it(letter: Message, promise: Promise, case: Case) -> bool:
    if promise.number == 0:
        return letter.from_us and letter.kind not in IN_BETWEEN
    stage = _stage_of(promise, case)
    return letter.kind in OF_THE_WHOLE or (stage is not None and letter.stage_id == stage.id)


def _kept_by(letters: Iterable[Message]) -> Ended:
    left = [one.left_at for one in letters if one.from_us and one.left_at is not None and one.came_back_at is None]
    return (PromiseEnding.KEPT, london_day(min(left))) if left else None


def _answered(promise: Promise, case: Case) -> Ended:
    stage = _stage_of(promise, case)
    if stage is None:
        return _goes_elsewhere(case)
    if stage.responded_on is not None:
        return PromiseEnding.KEPT, stage.responded_on
    return (PromiseEnding.OVERTAKEN, stage.closed_on) if stage.closed_on else None


def _goes_elsewhere(case: Case) -> Ended:
    """The letter that says where each part goes takes the place of the answer; but for a child passed to safeguarding."""
    stands = case.told_decision_at is None or any(one.route is Route.SAFEGUARDING for one in case.open_strands)
    if stands or case.status is not Status.OTHER_ROUTES:
        return None
    return PromiseEnding.OVERTAKEN, london_day(case.told_decision_at or case.received_at)


def _met(promise: Promise, case: Case) -> Ended:
    stage = _stage_of(promise, case)
    met_on = stage.day(Day.PANEL) if stage else None
    return (PromiseEnding.KEPT, met_on) if met_on else _answered(promise, case)


def _reviewed(promise: Promise, case: Case) -> Ended:
    stage = _stage_of(promise, case)
    if stage is None:
        return None
    over = stage.day(Day.PROCEEDINGS_ENDED) or stage.closed_on
    if stage.reviewed_on is not None and stage.reviewed_on > london_day(promise.said_at):
        return PromiseEnding.KEPT, stage.reviewed_on
    return (PromiseEnding.OVERTAKEN, over) if over else None


def _opened(promise: Promise, case: Case) -> Ended:
    before, stage = case.stage(promise.number), case.stage(promise.number + 1)
    if stage is not None:
        return PromiseEnding.KEPT, stage.requested_on
    if before is not None and before.opens_on is None:
        return PromiseEnding.OVERTAKEN, before.closed_on or promise.by_on
    return (PromiseEnding.OVERTAKEN, before.responded_on) if before is not None and before.responded_on else None


def _is_written(promise: Promise, case: Case) -> bool:
    """Whether the letter that keeps a promise is written, and only has to leave."""
    if answer_waits(case, _stage_of(promise, case)):
        return True
    if promise.what is not Promised.WRITE:
        return False
    return any(one.from_us and _is_about_it(one, promise, case) for one in _since(promise, case))


def _since(promise: Promise, case: Case) -> Sequence[Message]:
    """What was written after the letter that made a promise, or after the page that showed it."""
    if promise.letter in case.messages:
        return case.messages[case.messages.index(promise.letter) + 1 :]
    return [one for one in case.messages if one.at >= promise.said_at]


def _stage_of(promise: Promise, case: Case) -> Stage | None:
    return next((one for one in (*case.stages, *case.strands) if is_about(promise, one)), None)


ENDED_BY = {
    Promised.READ: _read,
    Promised.SAY_READ: _letter_since,
    Promised.ANSWER: _answered,
    Promised.AT_MOST: _answered,
    Promised.MEET: _met,
    Promised.WRITE: _written_since,
    Promised.REVIEW: _reviewed,
    Promised.OPEN: _opened,
}
