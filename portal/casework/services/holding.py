"""Taking hold of a case for one deed, and working out what has to be done next on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from portal.casework.errors import CaseNotFound, ChangedMeanwhile
from portal.casework.models import Case, NextDeed, Stage
from portal.clock import london_day
from portal.database import transaction
from portal.procedure.errors import CalendarTooShort
from portal.procedure.stages import Status
from portal.procedure.time_limits import operative_deadline
from portal.working_days.queries import working_calendar


@contextmanager
def held(case_id: int, version: int | None = None) -> Iterator[Case]:
    """One deed on one case, under a lock. Raises CaseNotFound, or ChangedMeanwhile when the page that asks is out of date.

    What must be done next, and by when, is worked out as the deed ends.
    """
    with transaction() as session:
        case = session.scalars(select(Case).where(Case.id == case_id).with_for_update()).one_or_none()
        if case is None:
            raise CaseNotFound
        if version is not None and case.version != version:
            raise ChangedMeanwhile(case_id)
        yield case
        case.is_open = case.status not in (Status.ANSWERED, Status.CLOSED) or case.unread_reply_at is not None
        case.next_deed = _next_deed(case)
        case.next_due_on = _next_due_on(case)
        flag_modified(case, "status")  # a change to a part alone must give the case a new version too
        session.flush()


def due_from_receipt(limit_id: str, received_on: date, *, extended: bool = False) -> date:
    """The operative date of a limit that starts with the receipt."""
    return operative_deadline(limit_id, received_on, working_calendar(), extended=extended).due_on


def promised_day(limit_id: str, received_on: date, *, extended: bool = False) -> date | None:
    """The operative date of a limit, or None past the last known bank holiday, where no date can be promised."""
    try:
        return due_from_receipt(limit_id, received_on, extended=extended)
    except CalendarTooShort:
        return None


def _next_deed(case: Case) -> NextDeed:
    if case.unread_reply_at is not None and case.status in (Status.ANSWERED, Status.CLOSED):
        return NextDeed.READ_REPLY
    if case.status is Status.TO_READ:
        return NextDeed.CHECK_SAFEGUARDING
    if case.status is Status.TO_DECIDE:
        if any(part.decision is None for part in case.parts):
            return NextDeed.DECIDE_PARTS
        unsigned = any(part.needs_signature and not part.signed_by_id for part in case.parts)
        return NextDeed.SIGN_PARTS if unsigned else NextDeed.TELL_DECISION
    if case.status is Status.STAGE_1:
        return _next_in_stage_1(case.stages[0])
    return {Status.STAGE_2: NextDeed.RUN_STAGE_2, Status.STAGE_3: NextDeed.RUN_STAGE_3}.get(case.status, NextDeed.NOTHING)


def _next_in_stage_1(stage: Stage) -> NextDeed:
    steps = (
        (stage.acknowledged_on, NextDeed.ACKNOWLEDGE),
        (stage.senior_manager_id, NextDeed.ALLOCATE),
        (stage.team_manager_id, NextDeed.APPOINT),
        (stage.draft and not stage.is_sent_back, NextDeed.WRITE_ANSWER),
        (stage.checked_by_id, NextDeed.CHECK_ANSWER),
    )
    return next((deed for done, deed in steps if not done), NextDeed.SEND_ANSWER)


def _next_due_on(case: Case) -> date:
    if case.next_deed is NextDeed.READ_REPLY and case.unread_reply_at is not None:
        return london_day(case.unread_reply_at)
    if case.status in (Status.TO_READ, Status.TO_DECIDE):
        return promised_day("statutory.acknowledge", case.received_on) or case.received_on
    if case.status is Status.STAGE_1 and case.next_deed is NextDeed.ACKNOWLEDGE:
        return promised_day("statutory.acknowledge", case.received_on) or case.received_on
    running = [stage.due_on for stage in case.stages if stage.closed_on is None]
    return running[-1] if running else case.received_on
