"""A wall around one part: somebody who is appointed to the others sees nothing of it, in no place where its words stand."""

from collections.abc import Collection
from datetime import datetime

from portal.audit.services import record
from portal.cases.errors import NotComplete
from portal.cases.events import ELEMENT_OF_PART, PART_WALL_PUT_UP, PART_WALL_TAKEN_DOWN
from portal.cases.models import Case, Element, PartWall
from portal.cases.queries import part_walls_of
from portal.cases.search_marks import person_mark
from portal.cases.services.locked_case import locked_case
from portal.database import db
from portal.people.queries import team_ids
from portal.procedure.errors import MoveNotAllowed

NEEDS_ALL = "They answer, or decide on, the whole, or belong to the team that reads it. Choose someone else."


def put_up_part_wall(
    case_id: int, position: int, person_id: int, *, at: datetime, by_id: int, version: int | None = None
) -> None:
    """Hide one part from somebody, and everything in which it could be read: they see the other parts and no more."""
    with locked_case(case_id, version) as case:
        if not any(part.position == position for part in case.parts) or len(case.parts) < 2:
            raise NotComplete("There is no such part, or no other that they could see. Shut them out of the whole instead.")
        if person_id in team_ids() or person_id in _places(case):
            raise MoveNotAllowed("wall", NEEDS_ALL)
        if any((one.position, one.person_id) == (position, person_id) for one in part_walls_of(case_id)):
            return
        db.session.add(_wall(case_id, position, person_id))
        record(PART_WALL_PUT_UP, case.about, at=at, by_id=by_id, person_id=person_id, position=position)


def take_down_part_wall(
    case_id: int, position: int, person_id: int, reasons: str, *, at: datetime, by_id: int, version: int | None = None
) -> None:
    """Let somebody see a part after all, with reasons."""
    if not reasons.strip():
        raise NotComplete("Say why they may see this part after all.")
    with locked_case(case_id, version) as case:
        wall = next((one for one in part_walls_of(case_id) if (one.position, one.person_id) == (position, person_id)), None)
        if wall is None:
            raise NotComplete("They see this part already. Reload the page.")
        db.session.delete(wall)
        facts = {"person_id": person_id, "position": position, "reasons": reasons.strip()}
        record(PART_WALL_TAKEN_DOWN, case.about, at=at, by_id=by_id, **facts)


def say_which_part(
    case_id: int, number: int, place: int, position: int, *, at: datetime, by_id: int, version: int | None = None
) -> None:
    """Say to which part an element of a stage belongs: whoever may not see that part does not see it either."""
    with locked_case(case_id, version) as case:
        stage = case.stage(number)
        element = next((one for one in stage.elements if one.position == place), None) if stage is not None else None
        if element is None or not any(part.position == position for part in case.parts):
            raise NotComplete("There is no such element or part. Reload the case.")
        element.part_position = position
        record(ELEMENT_OF_PART, case.about, at=at, by_id=by_id, number=number, place=place, position=position)


def parts_went(case: Case, into: Case, positions: Collection[int]) -> None:
    """Carry the walls along inside an action that makes another case of some parts: each stays around its own part."""
    for wall in part_walls_of(case.id):
        if wall.position in positions:
            db.session.add(_wall(into.id, sorted(positions).index(wall.position) + 1, wall.person_id))


def parts_left(case: Case, positions: Collection[int]) -> None:
    """Move the walls with the parts that stay, inside an action that takes others out of a case.

    Raises MoveNotAllowed for a part that is hidden from somebody: what was said of it still stands in this case.
    """
    walls = part_walls_of(case.id)
    if hidden := [wall.position for wall in walls if wall.position in positions]:
        raise MoveNotAllowed(
            "wall", f"Part {hidden[0]} is hidden from somebody, and what was said of it stands here. Leave it in this case."
        )
    for wall in walls:
        db.session.delete(wall)
    db.session.flush()
    for wall in walls:
        gone = sum(one < wall.position for one in positions)
        db.session.add(_wall(case.id, wall.position - gone, wall.person_id))


def check_sees_all(case_id: int, person_id: int) -> None:
    """Whoever answers or decides on the whole sees all of it. Raises MoveNotAllowed where a part is hidden from them."""
    if any(one.person_id == person_id for one in part_walls_of(case_id)):
        raise MoveNotAllowed("wall", "A part of this case is hidden from them. Choose someone who sees it all.")


def hidden_parts(case: Case, person_id: int) -> frozenset[int]:
    """The parts of a case that somebody may not see."""
    return frozenset(one.position for one in part_walls_of(case.id) if one.person_id == person_id)


def is_shown(element: Element, hidden: frozenset[int]) -> bool:
    """Whether somebody sees an element: only one that is known to belong to a part which they may see."""
    return not hidden or (element.part_position is not None and element.part_position not in hidden)


def _wall(case_id: int, position: int, person_id: int) -> PartWall:
    return PartWall(case_id=case_id, position=position, person_mark=person_mark(person_id), whom={"person_id": person_id})


def _places(case: Case) -> set[int | None]:
    """Who answers or decides on what runs."""
    running = [stage for stage in case.stages if stage.closed_on is None]
    return {one for stage in running for one in (stage.senior_manager_id, stage.team_manager_id)}
