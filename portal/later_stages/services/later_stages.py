"""Asking for stages 2 and 3, and ending them without a finding. Nothing here refuses a request (guards G2, G3, G6)."""

from collections.abc import Iterator
from datetime import date, datetime

from portal import wording
from portal.audit.services import record
from portal.cases.clocks import ask_stage_3_by, clocks_of, count_again, longest
from portal.cases.confirmation import Confirmation
from portal.cases.errors import NotComplete
from portal.cases.models import Case, Disposition, Promised, Stage
from portal.cases.promises import Said
from portal.cases.services.locked_case import due_from_receipt, locked_case
from portal.cases.stages import running_stage
from portal.clock import london_day
from portal.closing.services.asking_first import is_asked_first
from portal.closing.services.going_on import tell_it_goes_on
from portal.config import Council
from portal.correspondence.services.messages import letter_facts, post
from portal.later_stages.events import STAGE_ASKED_EARLY, STAGE_ENDED, STAGE_REQUESTED, STAGE_RESUMED
from portal.later_stages.services.appointments import end_all_appointments
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.letter_check import Needs
from portal.procedure.routes import Route
from portal.procedure.stages import StageEnding, Status, check_ending, check_move
from portal.procedure.time_limits import Deadline

STATUS = {2: Status.STAGE_2, 3: Status.STAGE_3}
FIRST_PROMISE = {2: Promised.ANSWER, 3: Promised.MEET}
OPENS_BY_ITSELF = (2,)


def ask_for_stage(
    case_id: int,
    number: int,
    *,
    requested_on: date,
    council: Council | None = None,
    at: datetime,
    by_id: int | None,
    version: int | None = None,
) -> bool:
    """Take in a request for stage 2 or 3, in any words and on any channel; the clock starts on the day of the request.

    With a council named, the person is told in a letter. A request that comes before the stage opens is kept, and the stage
    begins by itself on that day. Says if it began now.
    A request for stage 3 after its 20 working days is taken too; whether the lateness matters is decided with reasons.
    """
    with locked_case(case_id, version) as case:
        before = case.stage(number - 1)
        if before is None:
            raise MoveNotAllowed("G2", f"Stage {number - 1} comes first.")
        if requested_on < case.received_on:
            raise NotComplete("The day they asked is before the complaint came. Check the date.")
        already = case.stage(number)
        if already is not None:
            _resume(case, already, council, at, by_id)
            return True
        opens_on = _opens_on(case, before, number, requested_on)
        if opens_on is not None:
            before.opens_on = opens_on
            if case.status is Status.CLOSED:  # they had withdrawn: stage 1 goes on, and its clock with it
                check_move(case.status, Status.STAGE_1)
                case.status, case.closed_on, before.closed_on = Status.STAGE_1, None, None
                case.disposition, case.closing_words = Disposition.ACCEPTED, ""
            record(STAGE_ASKED_EARLY, case.about, at=at, by_id=by_id, number=number, opens_on=opens_on.isoformat())
            _confirm(case, before, number, council, at, by_id)
            return False
        stage = start_stage(case, number, requested_on, at=at, by_id=by_id)
        _confirm(case, stage, number, council, at, by_id)
        return True


def _confirm(case: Case, stage: Stage, number: int, council: Council | None, at: datetime, by_id: int | None) -> None:
    """Tell the person that the request is here, and both dates where there are two (guard G9)."""
    if council is None:
        return
    is_early = stage.number != number
    dates = [] if is_early else [found for clock in clocks_of(stage) for found in clock.deadlines]
    facts = letter_facts(case, council) | {"stage": stage, "number": number, "is_early": is_early, "dates": dates}
    last = None if is_early else longest(stage)
    words = wording.render("letters/stage_requested.txt", **facts | {"longest": last})
    post(case, "stage_requested", words, promises=_days_of(stage, number, last), at=at, by_id=by_id)


def _days_of(stage: Stage, number: int, last: Deadline | None) -> Iterator[Said]:
    """The days that the letter may name. `stage` is the one before while the request waits for its day."""
    if stage.number == number:
        yield Said.of(stage, FIRST_PROMISE[number], stage.due_on)
    elif stage.opens_on and number in OPENS_BY_ITSELF:
        yield Said.of(stage, Promised.OPEN, stage.opens_on)
    if last is not None:
        yield Said.of(stage, Promised.AT_MOST, last.due_on)


def start_stage(case: Case, number: int, requested_on: date, *, at: datetime, by_id: int | None) -> Stage:
    """Begin stage 2 or 3 inside an action that holds the case."""
    check_move(case.status, STATUS[number])
    before = case.stages[number - 2]
    before.closed_on, before.opens_on = before.closed_on or requested_on, None
    stage = Stage(route=Route.STATUTORY, number=number, requested_on=requested_on, due_on=requested_on)
    if number == 3:
        stage.asked_late = before.responded_on is not None and requested_on > ask_stage_3_by(before.responded_on)
    count_again(stage)
    case.stages.append(stage)
    case.status, case.closed_on = STATUS[number], None
    days = {"requested_on": requested_on.isoformat(), "due_on": stage.due_on.isoformat()}
    record(STAGE_REQUESTED, case.about, at=at, by_id=by_id, number=number, asked_late=stage.asked_late, **days)
    return stage


def end_stage(
    case_id: int,
    number: int,
    *,
    ending: StageEnding,
    confirmed: Confirmation | None = None,
    words: str = "",
    council: Council,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> bool:
    """End stage 2 or 3 without a finding, for the true reason (law case TC33), and tell the person how to come back.

    Says whether it ended: when somebody else than the person says that they want to stop, the person is asked first.
    """
    with locked_case(case_id, version) as case:
        stage = running_stage(case, number)
        attempts = len(stage.attempts)
        offered = any(attempt.offered_advocate for attempt in stage.attempts)
        said_so = str(confirmed or "")
        check_ending(ending, number, confirmed_by=said_so, words=words, attempts=attempts, advocate_offered=offered)
        is_settled = ending is StageEnding.RESOLVED_INFORMALLY
        if confirmed is not None and is_asked_first(
            case, confirmed, is_settled=is_settled, council=council, at=at, by_id=by_id
        ):
            return False
        said = ": ".join(text.strip() for text in (said_so, words) if text.strip())
        close_without_finding(case, stage, ending, said, council=council, at=at, by_id=by_id)
    return True


def close_without_finding(
    case: Case, stage: Stage, ending: StageEnding, words: str, *, council: Council, at: datetime, by_id: int
) -> None:
    """Close a running stage without a finding, inside an action that holds the case, with a letter."""
    check_move(case.status, Status.CLOSED)
    stage.ending, stage.closed_on = ending, london_day(at)
    case.status, case.closed_on = Status.CLOSED, stage.closed_on
    end_all_appointments(case, stage, stage.closed_on)
    facts = letter_facts(case, council) | {"stage": stage, "ending": ending, "words": words}
    is_theirs = ending in (StageEnding.WITHDRAWN, StageEnding.RESOLVED_INFORMALLY)
    is_final = ending in (StageEnding.REFUSED_AS_LATE, StageEnding.REFERRED_EARLY)
    needs = Needs(ombudsman=True, comes_back=not is_final, reasons=() if is_theirs else [words])
    told = wording.render("letters/stage_ended.txt", **facts)
    post(case, "stage_ended", told, needs=needs, at=at, by_id=by_id)
    record(STAGE_ENDED, case.about, at=at, by_id=by_id, number=stage.number, outcome=None, ending=ending, words=words)


def open_early_requests(case: Case, on: date, *, at: datetime) -> bool:
    """Begin stage 2 on its day for someone who asked before it could open; says whether it did."""
    before = case.stage(1)
    if before is None or before.opens_on is None or not opens_today(case, on):
        return False
    start_stage(case, 2, before.opens_on, at=at, by_id=None)
    return True


def opens_today(case: Case, on: date) -> bool:
    """Whether stage 2 was asked for early, and its day has come while stage 1 has no answer."""
    before = case.stage(1)
    if before is None or before.opens_on is None or case.status is not Status.STAGE_1:
        return False
    return before.responded_on is None and before.opens_on <= on


def drop_early_request(case_id: int, *, confirmed_by: str, at: datetime, by_id: int, version: int | None = None) -> None:
    """The person no longer wants the stage that they asked for early, because they have the answer now."""
    if not confirmed_by.strip():
        raise NotComplete("Say who confirmed this, and how. It must be the person who complained.")
    with locked_case(case_id, version) as case:
        stage = next((stage for stage in case.stages if stage.opens_on), None)
        if stage is None:
            raise NotComplete("No one has asked early for a stage.")
        stage.opens_on = None
        facts = {"outcome": None, "ending": StageEnding.WITHDRAWN, "words": confirmed_by}
        record(STAGE_ENDED, case.about, at=at, by_id=by_id, number=stage.number + 1, **facts)


def _resume(case: Case, stage: Stage, council: Council | None, at: datetime, by_id: int | None) -> None:
    """Someone who withdrew, or did not agree the statement, comes back: the stage goes on, its clock is not restarted."""
    if stage.closed_on is None or stage.outcome is not None or stage.ending in (None, StageEnding.REFUSED_AS_LATE):
        raise NotComplete(f"Stage {stage.number} was already asked for.")
    check_move(case.status, STATUS[stage.number])
    stage.ending = stage.closed_on = case.closed_on = None
    case.status = STATUS[stage.number]
    record(STAGE_RESUMED, case.about, at=at, by_id=by_id, number=stage.number, requested_on=stage.requested_on.isoformat())
    if council is not None:
        tell_it_goes_on(case, stage, council=council, at=at, by_id=by_id)


def _opens_on(case: Case, before: Stage, number: int, requested_on: date) -> date | None:
    """The day on which a stage opens that was asked for too early; None when it can begin."""
    if number == 2:
        opens_on = due_from_receipt("statutory.stage_1.response", case.received_on, extended=True)
        return opens_on if not before.responded_on and requested_on < opens_on else None
    if before.outcome is None and before.closed_on is not None:
        raise MoveNotAllowed(
            "G2", "Stage 2 ended without an investigation. Open it again: a panel reviews an investigation."
        )
    return requested_on if before.closed_on is None else None
