"""Taking hold of a case for one action, and working out what has to be done next on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from portal.cases.clocks import count_again
from portal.cases.errors import CaseNotFound, ChangedMeanwhile
from portal.cases.models import Case
from portal.cases.promises import end_promises
from portal.cases.what_is_next import is_open, what_is_next
from portal.database import transaction
from portal.procedure.errors import CalendarTooShort
from portal.procedure.stages import Status
from portal.procedure.time_limits import operative_deadline
from portal.working_days.queries import working_calendar


@contextmanager
def locked_case(case_id: int, version: int | None = None) -> Iterator[Case]:
    """One action on one case, under a lock. Raises CaseNotFound, or ChangedMeanwhile when the page that asks is out of date.

    What must be done next, and by when, is worked out as the action ends.
    """
    with transaction() as session:
        case = session.scalars(select(Case).where(Case.id == case_id).with_for_update()).one_or_none()
        if case is None:
            raise CaseNotFound
        if version is not None and case.version != version:
            raise ChangedMeanwhile(case_id)
        yield case
        work_out_what_follows(case)
        flag_modified(case, "status")  # a change to a part alone must give the case a new version too
        session.flush()


def calm_down(case: Case) -> None:
    """A case is no longer read first once its safety was checked and nothing that the person said waits for anyone."""
    if case.safeguarding_checked_at and not case.unread_reply_at and not any(one.waits for one in case.follow_ups):
        case.reads_first, case.reads_first_why = 1, ""


def work_out_what_follows(case: Case) -> None:
    """Count what runs again, close what has ended, see which promises are kept, and say what is next."""
    for stage in (*case.stages, *case.strands):
        count_again(stage)
    if case.status is Status.OTHER_ROUTES and not case.open_strands:
        case.status, case.closed_on = Status.CLOSED, max(strand.closed_on or case.received_on for strand in case.strands)
    end_promises(case)
    case.next_due_on, case.next_action = what_is_next(case)
    case.is_open = is_open(case)


def due_from_receipt(limit_id: str, received_on: date, *, extended: bool = False) -> date:
    """The operative date of a limit that starts with the receipt."""
    return operative_deadline(limit_id, received_on, working_calendar(), extended=extended).due_on


def promised_day(limit_id: str, received_on: date, *, extended: bool = False) -> date | None:
    """The operative date of a limit, or None past the last known bank holiday, where no date can be promised."""
    try:
        return due_from_receipt(limit_id, received_on, extended=extended)
    except CalendarTooShort:
        return None
