"""Who may know of a case: scope by case and by time, and the wall, as one condition that every question about cases uses."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select, true

from portal.cases.models import Case, CaseAccess, CaseWall, PartWall, Stage
from portal.cases.search_marks import person_marks

KEPT_BY_MANAGERS = timedelta(days=60)  # after a stage has ended


@dataclass(frozen=True)
class Viewer:
    """Someone who looks, on a day: `line` is they and everyone below them."""

    person_id: int
    reads_all: bool
    line: frozenset[int]
    on: date


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """The cases that someone may know of."""
    mine = true() if viewer.reads_all else or_(_managed_by(viewer), _given_to(viewer))
    return and_(mine, not_walled_from(viewer))


def not_walled_from(viewer: Viewer, case_id: Any = Case.id) -> ColumnElement[bool]:
    """The cases from which someone is not shut out. A manager above a wall can be let through; the person meant cannot.

    `case_id` is the column that names the case, where a table is asked that belongs to cases.
    """
    wall = exists().where(CaseWall.case_id == case_id)
    against_them = wall.where(CaseWall.person_mark.in_(person_marks([viewer.person_id])))
    if viewer.line == {viewer.person_id}:
        return ~against_them
    let_through = and_(_given_to(viewer, CaseAccess.despite_wall.is_(True), case_id=case_id), ~against_them)
    return or_(~wall.where(CaseWall.person_mark.in_(person_marks(viewer.line))), let_through)


def sees_all_parts(viewer: Viewer) -> ColumnElement[bool]:
    """The cases of which no part is hidden from someone: only these are found by their words."""
    marks = person_marks([viewer.person_id])
    return ~exists().where(PartWall.case_id == Case.id, PartWall.person_mark.in_(marks))


def is_own(case: Case, viewer: Viewer) -> bool:
    """Whether a case that someone may read is theirs, so that nobody asks why they look."""
    if not viewer.reads_all:
        return True
    return case.assignee_id == viewer.person_id or (case.assignee_id is None and case.is_open)


def _managed_by(viewer: Viewer) -> ColumnElement[bool]:
    is_mine = or_(Stage.senior_manager_id == viewer.person_id, Stage.team_manager_id == viewer.person_id)
    is_kept = or_(Stage.closed_on.is_(None), Stage.closed_on >= viewer.on - KEPT_BY_MANAGERS)
    return Case.id.in_(select(Stage.case_id).where(is_mine, is_kept))


def _given_to(viewer: Viewer, *more: ColumnElement[bool], case_id: Any = Case.id) -> ColumnElement[bool]:
    in_time = CaseAccess.until_on >= viewer.on
    given = select(CaseAccess.case_id).where(CaseAccess.person_id == viewer.person_id, in_time, *more)
    is_given: ColumnElement[bool] = case_id.in_(given)
    return is_given
