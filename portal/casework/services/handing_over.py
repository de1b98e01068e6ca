"""Handing cases over: one with a note, or all of someone's when they leave."""

from datetime import datetime

from sqlalchemy import or_, select

from portal.audit.services import record
from portal.casework.errors import NotComplete
from portal.casework.events import HANDED_OVER
from portal.casework.models import Case, Stage
from portal.casework.queries import shut_out_of
from portal.casework.services.holding import held
from portal.database import db, transaction


def hand_over(
    case_id: int, from_id: int, to_id: int, note: str, *, at: datetime, by_id: int, version: int | None = None
) -> bool:
    """Give what someone holds on a case to another, with a note; says whether that could be done: a wall stops it."""
    if not note.strip():
        raise NotComplete("Write a note for whoever takes it over.")
    with held(case_id, version) as case:
        if to_id in shut_out_of(case_id):
            return False
        if case.handler_id == from_id:
            case.handler_id = to_id
        for stage in (*case.stages, *case.strands):
            if stage.closed_on is None:
                stage.senior_manager_id = to_id if stage.senior_manager_id == from_id else stage.senior_manager_id
                stage.team_manager_id = to_id if stage.team_manager_id == from_id else stage.team_manager_id
        record(HANDED_OVER, case.about, at=at, by_id=by_id, from_id=from_id, to_id=to_id, note=note)
        return True


def hand_over_all(from_id: int, to_id: int, note: str, *, at: datetime, by_id: int) -> tuple[int, list[str]]:
    """Give everything open that someone holds to another; how many went, and the references that a wall kept back.

    What whoever hands over is shut out of stays where it is and is not named.
    """
    if from_id == to_id:
        raise NotComplete("Choose two people.")
    with transaction():
        kept, ids = [], [case_id for case_id in held_by(from_id) if by_id not in shut_out_of(case_id)]
        for case_id in ids:
            if not hand_over(case_id, from_id, to_id, note, at=at, by_id=by_id):
                kept.append(db.session.get_one(Case, case_id).reference)
    return len(ids) - len(kept), kept


def held_by(person_id: int) -> list[int]:
    """The open cases that someone handles or manages a running stage of."""
    mine = or_(Stage.senior_manager_id == person_id, Stage.team_manager_id == person_id)
    managed = select(Stage.case_id).where(mine, Stage.closed_on.is_(None))
    wanted = select(Case.id).where(Case.is_open, or_(Case.handler_id == person_id, Case.id.in_(managed)))
    return list(db.session.scalars(wanted.order_by(Case.id)))
