"""What has to be done next on a case, and by when: worked out from the facts as each action ends."""

from collections.abc import Iterator
from datetime import date

from portal.cases.models import Case, FollowUp, FollowUpKind, NextAction, Promised, Stage
from portal.cases.promises import open_promises
from portal.cases.stages import seats_in_post
from portal.clock import london_day
from portal.procedure.clocks import Day
from portal.procedure.errors import CalendarTooShort
from portal.procedure.independence import Seat, panel_is_complete
from portal.procedure.ombudsman import DutyKind
from portal.procedure.routes import Route
from portal.procedure.stages import Status
from portal.procedure.time_limits import operative_deadline
from portal.working_days.hours import read_by
from portal.working_days.queries import working_calendar

DueAction = tuple[date, NextAction]
BY_A_STEP = frozenset({Promised.READ, Promised.SAY_READ, Promised.ANSWER, Promised.MEET, Promised.REVIEW})
BEFORE_A_SIGNATURE = frozenset({NextAction.CHECK_SAFEGUARDING, NextAction.KEEP_SAFE, NextAction.READ_REPLY})
DUTIES = {DutyKind.ENQUIRY: NextAction.ANSWER_OMBUDSMAN, DutyKind.REMEDY: NextAction.DO_REMEDY}


def what_is_next(case: Case) -> DueAction:
    """The action that is due first, with its date; NOTHING with the day of receipt when all is done."""
    steps = list(_steps(case)) or list(_to_write(case))
    due_on, action = min(steps, key=lambda step: step[0], default=(case.received_on, NextAction.NOTHING))
    if case.unsigned and action not in BEFORE_A_SIGNATURE:
        asked_on = london_day(case.unsigned[0].asked_at)
        return min(due_on, asked_on) if steps else asked_on, NextAction.COUNTERSIGN
    return due_on, action


def is_open(case: Case) -> bool:
    """Whether anything on a case waits for someone, once its next action stands."""
    return case.status not in (Status.ANSWERED, Status.CLOSED) or case.next_action is not NextAction.NOTHING


def _to_write(case: Case) -> Iterator[DueAction]:
    yield from ((one.by_on, NextAction.KEEP_PROMISE) for one in open_promises(case) if one.what is Promised.WRITE)


def _steps(case: Case) -> Iterator[DueAction]:
    yield from ((london_day(one.at), _AFTER_COMING_BACK[one.kind]) for one in case.follow_ups if _comes_first(one, case))
    if case.unread_reply_at is not None and case.status is not Status.TO_READ:  # the safety check reads it too
        yield london_day(case.unread_reply_at), NextAction.READ_REPLY
    yield from _letters(case)
    if case.status in (Status.TO_READ, Status.TO_DECIDE):
        due_on = read_by(case.received_at) if case.status is Status.TO_READ else _acknowledge_by(case)
        yield _promised_by(case, 0, (0, 1), due_on or case.received_on), _before_a_stage(case)
        return
    running = case.running_stage
    if running is not None and case.status in _IN_STAGE:
        action = _IN_STAGE[case.status](running)
        due_on = _acknowledge_by(case) if action is NextAction.ACKNOWLEDGE else running.due_on
        due_on = _promised_by(case, 0, (running.number,), due_on)
        yield due_on, NextAction.DELIVER_LETTER if _is_stopped_by(case, running) else action
    asked = next((stage for stage in reversed(case.stages) if stage.opens_on and stage.responded_on), None)
    if asked is not None and asked.opens_on and case.status is Status.ANSWERED:
        yield asked.opens_on, NextAction.OPEN_STAGE
    for strand in case.open_strands:
        due_on = _promised_by(case, strand.position, (strand.number,), strand.due_on)
        yield due_on, NextAction.DELIVER_LETTER if _is_stopped_by(case, strand) else _in_strand(strand)
    yield from ((duty.due_on, DUTIES[duty.kind]) for duty in case.duties if duty.done_on is None)


def _promised_by(case: Case, position: int, numbers: tuple[int, ...], due_on: date) -> date:
    """The day by which a step is due: the law's, or an earlier one that the person was told."""
    found = [one for one in open_promises(case) if one.position == position and one.number in numbers]
    return min([due_on, *(one.by_on for one in found if one.what in BY_A_STEP)])


def _letters(case: Case) -> Iterator[DueAction]:
    """Letters that came back, and those that a colleague must post or read out."""
    for letter in case.messages:
        if letter.came_back_at is not None:
            yield london_day(letter.came_back_at), NextAction.MEND_ADDRESS
        elif letter.waits_for_someone and not letter.stops:
            yield london_day(letter.at), NextAction.DELIVER_LETTER


def _is_stopped_by(case: Case, stage: Stage) -> bool:
    """Whether a letter is written that stops what runs in a stage, and has not left."""
    return any(letter.waits and letter.stops and letter.stage_id == stage.id for letter in case.messages)


def _comes_first(one: FollowUp, case: Case) -> bool:
    """What was said on coming back waits for someone; an advocate is found once the case was read for safety."""
    return one.waits and not (one.kind is FollowUpKind.WANTS_SIDE and case.status is Status.TO_READ)


def _acknowledge_by(case: Case) -> date:
    try:
        return operative_deadline("statutory.acknowledge", case.received_on, working_calendar()).due_on
    except CalendarTooShort:
        return case.received_on


def _before_a_stage(case: Case) -> NextAction:
    if case.status is Status.TO_READ:
        return NextAction.CHECK_SAFEGUARDING
    if any(part.decision is None for part in case.parts):
        return NextAction.DECIDE_PARTS
    unsigned = any(part.needs_signature and not part.signed_by_id for part in case.parts)
    return NextAction.SIGN_PARTS if unsigned else NextAction.TELL_DECISION


def _in_stage_1(stage: Stage) -> NextAction:
    steps = (
        (stage.acknowledged_on, NextAction.ACKNOWLEDGE),
        (stage.senior_manager_id, NextAction.ALLOCATE),
        (stage.team_manager_id, NextAction.APPOINT),
        (stage.draft and not stage.is_sent_back, NextAction.WRITE_ANSWER),
        (stage.checked_by_id, NextAction.CHECK_ANSWER),
    )
    return next((action for done, action in steps if not done), NextAction.SEND_ANSWER)


def _in_stage_2(stage: Stage) -> NextAction:
    seats = seats_in_post(stage)
    steps = (
        (Seat.INVESTIGATING_OFFICER in seats, NextAction.APPOINT_INVESTIGATOR),
        (Seat.INDEPENDENT_PERSON in seats, NextAction.APPOINT_INDEPENDENT_PERSON),
        (stage.day(Day.AGREEMENT), NextAction.AGREE_STATEMENT),
        (stage.day(Day.REPORT), NextAction.INVESTIGATE),
        (stage.day(Day.INDEPENDENT_REPORT), NextAction.COMMENT),
        (stage.day(Day.ADJUDICATION), NextAction.ADJUDICATE),
    )
    return next((action for done, action in steps if not done), NextAction.RESPOND)


def _in_stage_3(stage: Stage) -> NextAction:
    steps = (
        (not stage.asked_late or stage.lateness_words, NextAction.DECIDE_LATENESS),
        (panel_is_complete(seats_in_post(stage)), NextAction.APPOINT_PANEL),
        (stage.day(Day.PANEL), NextAction.HOLD_PANEL),
        (stage.day(Day.PANEL_REPORT), NextAction.REPORT_PANEL),
    )
    return next((action for done, action in steps if not done), NextAction.RESPOND_TO_PANEL)


def _in_strand(strand: Stage) -> NextAction:
    if strand.route is Route.COURT_OR_TRIBUNAL:
        return NextAction.TAKE_UP_AGAIN if strand.day(Day.PROCEEDINGS_ENDED) else NextAction.REVIEW_HOLD
    if strand.route in (Route.CONFERENCE_APPEAL, Route.ANOTHER_BODY, Route.SAFEGUARDING):
        return NextAction.PASS_ON
    return NextAction.ANSWER_STRAND if strand.acknowledged_on else NextAction.ACKNOWLEDGE_STRAND


_AFTER_COMING_BACK = {
    FollowUpKind.TREATED_BADLY: NextAction.KEEP_SAFE,
    FollowUpKind.NOT_SORTED: NextAction.LOOK_AGAIN,
    FollowUpKind.TAKE_BACK: NextAction.ANSWER_WISH,
    FollowUpKind.DELETE: NextAction.ANSWER_WISH,
    FollowUpKind.WANTS_SIDE: NextAction.FIND_ADVOCATE,
}
_IN_STAGE = {Status.STAGE_1: _in_stage_1, Status.STAGE_2: _in_stage_2, Status.STAGE_3: _in_stage_3}
