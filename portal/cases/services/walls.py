"""Walls and access: who is shut out of a case, and to whom it is given until when.

A wall holds for the person meant and for their whole line of management, in lists, search, counts, exports and addresses.
"""

from datetime import date, datetime

from portal.audit.services import record
from portal.cases.errors import NotComplete
from portal.cases.events import ACCESS_ENDED, ACCESS_GIVEN, WALL_PUT_UP, WALL_TAKEN_DOWN
from portal.cases.models import Case, CaseAccess, CaseWall, WallReason
from portal.cases.queries import shut_out_of, wall_for, walls_of
from portal.cases.search_marks import person_mark
from portal.cases.services.locked_case import locked_case
from portal.clock import london_day
from portal.database import db, transaction
from portal.people.directory import people_named_in
from portal.people.queries import team_ids, with_managers_above
from portal.procedure.errors import MoveNotAllowed


def put_up_wall(
    case_id: int, person_id: int, reason: WallReason, *, at: datetime, by_id: int | None, version: int | None = None
) -> None:
    """Shut someone and their line of management out; what they had in hand on the case is free again.

    Refused when nobody of the team could read the case any more: it would be lost.
    """
    with locked_case(case_id, version) as case:
        if not _put_up(case, person_id, reason, at, by_id):
            raise NotComplete("No one on the team could read this case. Give a colleague access first.")


def shut_out_named(case: Case, text: str, reason: WallReason, *, at: datetime) -> None:
    """Shut out, at once, everyone whom a person may mean who said who must not see what they sent, or whom it is about.

    One name of two is enough for anyone but the team, who must read it: of them, only a whole name counts.
    """
    if not text:
        return
    with transaction():
        whole, part = people_named_in(text)
        for person_id in sorted(whole | (part - team_ids())):
            _put_up(case, person_id, reason, at, None)


def take_down_wall(
    case_id: int, person_id: int, reasons: str, *, at: datetime, by_id: int, version: int | None = None
) -> None:
    """Let someone in again, with reasons: for example when another person of that name was meant."""
    if not reasons.strip():
        raise NotComplete("Say why this person may see the case after all.")
    with locked_case(case_id, version):
        wall = wall_for(case_id, person_id)
        if wall is None:
            raise NotComplete("This person is not shut out any more. Reload the case.")
        if wall.person_id == by_id:
            raise MoveNotAllowed("wall", "You cannot let yourself in.")
        db.session.delete(wall)
        record(WALL_TAKEN_DOWN, f"case/{case_id}", at=at, by_id=by_id, person_id=person_id, reasons=reasons)


def give_access(
    case_id: int,
    person_id: int,
    *,
    until_on: date,
    reasons: str,
    despite_wall: bool = False,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> None:
    """Let someone read a case until a day. A manager above a wall can be let through; whom the wall means cannot."""
    if until_on < london_day(at):
        raise NotComplete("Choose a day that has not passed.")
    if not reasons.strip():
        raise NotComplete("Say what they need the case for.")
    with locked_case(case_id, version):
        if person_id in {wall.person_id for wall in walls_of(case_id)}:
            raise MoveNotAllowed("wall", "This person is shut out of the case. Choose someone else.")
        if not despite_wall:
            check_not_shut_out(case_id, person_id)
        access = db.session.get(CaseAccess, (case_id, person_id)) or CaseAccess(case_id=case_id, person_id=person_id)
        access.until_on, access.despite_wall = until_on, despite_wall
        db.session.add(access)
        facts = {"person_id": person_id, "until_on": until_on.isoformat(), "despite_wall": despite_wall, "reasons": reasons}
        record(ACCESS_GIVEN, f"case/{case_id}", at=at, by_id=by_id, **facts)


def end_access(case_id: int, person_id: int, *, at: datetime, by_id: int | None, version: int | None = None) -> None:
    """End someone's access before its day."""
    with locked_case(case_id, version):
        access = db.session.get(CaseAccess, (case_id, person_id))
        if access is not None:
            db.session.delete(access)
            record(ACCESS_ENDED, f"case/{case_id}", at=at, by_id=by_id, person_id=person_id)


def new_wall(case_id: int, person_id: int, reason: WallReason) -> CaseWall:
    """A wall as it is kept: who and why sealed, beside the mark that lists ask for."""
    whom = {"person_id": person_id, "reason": reason.value}
    return CaseWall(case_id=case_id, person_mark=person_mark(person_id), whom=whom)


def check_not_shut_out(case_id: int, person_id: int | None) -> None:
    """Raises MoveNotAllowed when a case may not come into someone's hands."""
    if person_id is not None and person_id in shut_out_of(case_id):
        raise MoveNotAllowed("wall", "This person, or someone they manage, is shut out of the case. Choose someone else.")


def _put_up(case: Case, person_id: int, reason: WallReason, at: datetime, by_id: int | None) -> bool:
    walled = {wall.person_id for wall in walls_of(case.id)}
    if person_id in walled:
        return True
    meant = {person_id, *walled}
    if team_ids() and team_ids() <= with_managers_above(meant):
        return False
    db.session.add(new_wall(case.id, person_id, reason))
    db.session.flush()
    access = db.session.get(CaseAccess, (case.id, person_id))
    if access is not None:
        db.session.delete(access)
    _take_out_of_hands(case, frozenset(shut_out_of(case.id)))
    record(WALL_PUT_UP, case.about, at=at, by_id=by_id, person_id=person_id, reason=reason)
    return True


def _take_out_of_hands(case: Case, shut_out: frozenset[int | None]) -> None:
    if case.assignee_id in shut_out:
        case.assignee_id = None
    for stage in case.stages:
        if stage.closed_on is None:
            stage.senior_manager_id = None if stage.senior_manager_id in shut_out else stage.senior_manager_id
            stage.team_manager_id = None if stage.team_manager_id in shut_out else stage.team_manager_id
