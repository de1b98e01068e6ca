"""Ending a case without an investigation, always with a structured reason and the person's own word where it is theirs."""

from datetime import date, datetime

from portal import wording
from portal.audit.services import record
from portal.cases.confirmation import Confirmation
from portal.cases.errors import NotComplete
from portal.cases.events import CASE_CLOSED
from portal.cases.models import Case, Disposition
from portal.cases.services.locked_case import due_from_receipt, locked_case
from portal.cases.standing import take_decision_back
from portal.clock import london_day
from portal.closing.events import CASE_REOPENED
from portal.closing.services.asking_first import is_asked_first
from portal.closing.services.going_on import tell_it_goes_on
from portal.config import Council
from portal.correspondence.services.messages import letter_facts, post
from portal.procedure.eligibility import Standing
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.letter_check import Needs
from portal.procedure.routes import Route
from portal.procedure.stages import ClosingReason, Status, check_move, check_next_day, check_safeguarding_first

BY_THE_PERSON = frozenset({ClosingReason.WITHDRAWN, ClosingReason.RESOLVED_LOCALLY, ClosingReason.RESOLVED_NEXT_DAY})


def close_case(
    case_id: int,
    reason: ClosingReason,
    *,
    said: Confirmation,
    words: str,
    council: Council,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> bool:
    """Close a case as withdrawn or settled, and tell the person why and how they can go on. Says whether it is closed.

    Each of these is the person's own choice, so who said it, how and when is written down. When it was somebody else, such
    as a child's worker, the person is asked first and the case goes on. What is ineligible or goes another way
    is closed by the letter that says so (`telling.tell_decision`).
    """
    if reason not in BY_THE_PERSON:
        raise NotComplete("Decide each part and send the letter: it closes the case and tells the person why.")
    closed_on = london_day(at)
    with locked_case(case_id, version) as case:
        check_safeguarding_first(case.safeguarding_checked_at is not None)
        if case.status in (Status.STAGE_2, Status.STAGE_3):
            raise NotComplete("End the stage that is running instead: it says how it ended.")
        if reason is ClosingReason.RESOLVED_NEXT_DAY:
            if case.status is not Status.TO_DECIDE:
                raise MoveNotAllowed("next_day", "Stage 1 has begun. Choose 'settled with the team' or 'withdrawn'.")
            check_next_day(str(said), closed_on <= due_from_receipt("early_resolution", case.received_on))
        check_move(case.status, Status.CLOSED)
        if is_asked_first(case, said, is_settled=reason is not ClosingReason.WITHDRAWN, council=council, at=at, by_id=by_id):
            return False
        _close(case, reason, f"{said}: {words.strip()}".removesuffix(": "), closed_on)
        facts = {"disposition": case.disposition, "reason": reason, "words": case.closing_words}
        record(CASE_CLOSED, case.about, at=at, by_id=by_id, **facts)
        needs = Needs(ombudsman=True, comes_back=True)
        post(case, "closed", _closing_letter(case, reason, council), needs=needs, at=at, by_id=by_id)
    return True


def _close(case: Case, reason: ClosingReason, words: str, on: date) -> None:
    case.status, case.closed_on, case.closing_words = Status.CLOSED, on, words
    if case.disposition is Disposition.OPEN or (case.stage(1) is not None and not case.stages[0].responded_on):
        case.disposition = Disposition(reason.value)
    for stage in (*case.stages, *case.strands):
        stage.closed_on = stage.closed_on or on


def _closing_letter(case: Case, reason: ClosingReason, council: Council) -> str:
    return wording.render("letters/closed.txt", **letter_facts(case, council) | {"ending": reason.value})


def reopen_case(
    case_id: int, reasons: str, *, council: Council, at: datetime, by_id: int | None, version: int | None = None
) -> None:
    """Open a closed case again: someone who withdrew comes back, or the proceedings that held it have ended (reg 8).

    Stage 1 goes on where it stopped. Without one, parts that were held are decided anew. The clock is never restarted.
    """
    if not reasons.strip():
        raise NotComplete("Say why it is opened again.")
    with locked_case(case_id, version) as case:
        stage = case.stage(1)
        if stage is not None and stage.responded_on:
            raise MoveNotAllowed("reopen", "Stage 1 was answered. Take in a request for the next stage instead.")
        after = Status.TO_DECIDE if stage is None else Status.STAGE_1
        check_move(case.status, after)
        case.status, case.closed_on = after, None
        case.disposition = Disposition.OPEN if stage is None else Disposition.ACCEPTED
        case.disposition_reason, case.closing_words = "", ""
        if stage is not None:
            stage.closed_on = None
        for part in case.parts:
            if part.decision is Standing.HELD and stage is None:
                take_decision_back(part)
        for strand in case.open_strands if stage is None else ():
            if strand.route is Route.COURT_OR_TRIBUNAL:
                strand.closed_on = london_day(at)
        record(CASE_REOPENED, case.about, at=at, by_id=by_id, reasons=reasons)
        if stage is not None:
            tell_it_goes_on(case, stage, council=council, at=at, by_id=by_id)
