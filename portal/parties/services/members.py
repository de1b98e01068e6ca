"""A councillor's or an MP's letter: an enquiry for a constituent, answered as far as the constituent agreed."""

from datetime import datetime

from portal import wording
from portal.audit.services import record
from portal.cases.errors import NotComplete
from portal.cases.events import CASE_CLOSED
from portal.cases.models import Authority, Case, Disposition, MayBeTold, Party, PartyRole
from portal.cases.services.locked_case import locked_case
from portal.clock import london_day
from portal.config import Council
from portal.correspondence.services.messages import letter_facts, post
from portal.parties.events import MEMBER_TOLD
from portal.procedure.eligibility import Complainant
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.letter_check import Edited
from portal.procedure.stages import Status, check_move, check_safeguarding_first


def constituent_of(case: Case) -> Party | None:
    """For whom a member writes, as far as that is known."""
    return next((one for one in case.parties if one.role is PartyRole.CONSTITUENT), None)


def member_may_be_told(case: Case) -> MayBeTold:
    """How much the member may be told: nothing before the constituent agreed to more."""
    constituent = constituent_of(case)
    if constituent is None or constituent.authority in (None, Authority.NEITHER_YET):
        return MayBeTold.NOTHING
    return constituent.may_be_told


def member_letter(case: Case, words: str, council: Council) -> str:
    """The answer to the member, with no more in it than the constituent agreed to. Raises MoveNotAllowed or NotComplete."""
    _check_member(case)
    level = member_may_be_told(case)
    if words.strip() and level is not MayBeTold.ALL:
        raise MoveNotAllowed(
            "member",
            "The constituent did not agree that the member is told this. Leave it out: the letter says what it may.",
        )
    if not words.strip() and level is MayBeTold.ALL:
        raise NotComplete("Write what the member is told. The constituent agreed that they hear all of it.")
    facts = letter_facts(case, council) | {"level": level, "words": words.strip()}
    return wording.render("letters/member_answer.txt", **facts)


def tell_member(
    case_id: int,
    words: str,
    *,
    council: Council,
    letter: Edited | None = None,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> None:
    """Answer the member, which ends the enquiry. What the constituent complains of is a complaint of their own."""
    with locked_case(case_id, version) as case:
        told = letter or Edited(member_letter(case, words, council))
        _check_member(case)
        level = member_may_be_told(case)
        if letter is not None and level is not MayBeTold.ALL and letter.words != member_letter(case, "", council).strip():
            raise MoveNotAllowed("member", "Before the constituent agreed to more, this letter goes as it is.")
        check_safeguarding_first(case.safeguarding_checked_at is not None)
        post(case, "member_answer", told, at=at, by_id=by_id)
        record(MEMBER_TOLD, case.about, at=at, by_id=by_id, may_be_told=level)
        check_move(case.status, Status.CLOSED)
        case.status, case.disposition, case.closed_on = Status.CLOSED, Disposition.RESOLVED_LOCALLY, london_day(at)
        facts = {"disposition": case.disposition, "reason": "answered", "words": ""}
        record(CASE_CLOSED, case.about, at=at, by_id=by_id, **facts)


def _check_member(case: Case) -> None:
    if case.complainant is not Complainant.MEMBER:
        raise MoveNotAllowed("member", "This case does not come from a councillor or an MP.")
