"""Handing cases over: one with a note, or all that someone holds of a kind when they leave; and giving those back."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from portal.audit.services import record
from portal.cases.errors import NotComplete
from portal.cases.models import Case, Stage
from portal.cases.queries import shut_out_of
from portal.cases.services.locked_case import locked_case
from portal.database import db, transaction
from portal.desk.events import HANDED_OVER
from portal.people.queries import people_with
from portal.people.roles import THE_TEAM, Role


class HeldAs(StrEnum):
    """What someone can hold of a case."""

    HANDLER = "handler"
    SENIOR_MANAGER = "senior_manager"
    TEAM_MANAGER = "team_manager"


MAY_HOLD: dict[HeldAs, tuple[Role, ...]] = {
    HeldAs.HANDLER: THE_TEAM,
    HeldAs.SENIOR_MANAGER: (Role.SENIOR_MANAGER, Role.DIRECTOR),
    HeldAs.TEAM_MANAGER: (Role.TEAM_MANAGER,),
}


@dataclass(frozen=True)
class Moved:
    """One hand-over of many cases: how many went, and the references that a wall kept back."""

    went: int
    kept: tuple[str, ...]


def hand_over(
    case_id: int, from_id: int, to_id: int, note: str, *, at: datetime, by_id: int, version: int | None = None
) -> bool:
    """Give all that someone holds on a case to another, with a note; says whether that could be done: a wall stops it."""
    if not note.strip():
        raise NotComplete("Write a note for whoever takes it over.")
    with locked_case(case_id, version) as case:
        return _move(case, from_id, to_id, note, tuple(HeldAs), "", at, by_id)


def held_by(person_id: int, what: HeldAs) -> list[Case]:
    """The open cases of which someone holds one thing, by their number."""
    if what is HeldAs.HANDLER:
        wanted = select(Case).where(Case.is_open, Case.assignee_id == person_id)
    else:
        column = Stage.senior_manager_id if what is HeldAs.SENIOR_MANAGER else Stage.team_manager_id
        managed = select(Stage.case_id).where(column == person_id, Stage.closed_on.is_(None))
        wanted = select(Case).where(Case.is_open, Case.id.in_(managed))
    return list(db.session.scalars(wanted.order_by(Case.id)))


def holders() -> set[int]:
    """Everyone who holds something of an open case."""
    stages = select(Stage.senior_manager_id, Stage.team_manager_id).join(Case, Stage.case_id == Case.id)
    rows = [*db.session.execute(select(Case.assignee_id).where(Case.is_open).distinct())]
    rows += db.session.execute(stages.where(Case.is_open, Stage.closed_on.is_(None)).distinct())
    return {one for row in rows for one in row if one is not None}


def hand_over_all(from_id: int, to_id: int, what: HeldAs, note: str, *, at: datetime, by_id: int) -> Moved:
    """Give one kind of thing that someone holds to another, on every open case.

    What whoever hands over is shut out of stays where it is and is not named.
    """
    if from_id == to_id:
        raise NotComplete("Choose two people.")
    if not note.strip():
        raise NotComplete("Write a note for whoever takes them over.")
    ids = [case.id for case in held_by(from_id, what) if by_id not in shut_out_of(case.id)]
    return _move_all(ids, from_id, to_id, what, note, at, by_id)


def give_back(ids: list[int], from_id: int, to_id: int, what: HeldAs, *, at: datetime, by_id: int) -> Moved:
    """Undo a hand-over: what the second still holds goes back to the first."""
    if from_id not in {person.id for person in people_with(*MAY_HOLD[what])}:
        raise NotComplete("They have left, or may not have these any more. Hand them over to somebody else.")
    still = {case.id for case in held_by(to_id, what)}
    found = [case_id for case_id in ids if case_id in still and by_id not in shut_out_of(case_id)]
    if not found:
        raise NotComplete("There is nothing left to give back.")
    return _move_all(found, to_id, from_id, what, "Given back: the hand-over was undone.", at, by_id)


def _move_all(ids: list[int], from_id: int, to_id: int, what: HeldAs, note: str, at: datetime, by_id: int) -> Moved:
    batch, kept = secrets.token_hex(8), []
    with transaction():
        for case_id in ids:
            with locked_case(case_id) as case:
                if not _move(case, from_id, to_id, note, (what,), batch, at, by_id):
                    kept.append(case.reference)
    return Moved(len(ids) - len(kept), tuple(kept))


def _move(
    case: Case, from_id: int, to_id: int, note: str, what: tuple[HeldAs, ...], batch: str, at: datetime, by_id: int
) -> bool:
    if to_id in shut_out_of(case.id):
        return False
    if HeldAs.HANDLER in what and case.assignee_id == from_id:
        case.assignee_id = to_id
    for stage in (*case.stages, *case.strands):
        if stage.closed_on is None and HeldAs.SENIOR_MANAGER in what and stage.senior_manager_id == from_id:
            stage.senior_manager_id = to_id
        if stage.closed_on is None and HeldAs.TEAM_MANAGER in what and stage.team_manager_id == from_id:
            stage.team_manager_id = to_id
    facts = {"from_id": from_id, "to_id": to_id, "note": note, "what": list(what), "batch": batch}
    record(HANDED_OVER, case.about, at=at, by_id=by_id, **facts)
    return True
