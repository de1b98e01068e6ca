"""Taking a part another road."""

from typing import Any

from portal.actions.action import Stamp
from portal.cases.actions import PLACE, TEAM, CaseAction, plain
from portal.cases.models import Case
from portal.changing_road.events import PART_MOVED
from portal.changing_road.forms import MoveForm
from portal.changing_road.services import moving
from portal.clock import today
from portal.web.settings import council


def _move(case: Case, form: Any, place: int, who: Stamp) -> None:
    moving.move_part(case.id, place, form.move(), council=council(), **who)


def _can_move(case: Case, place: int) -> bool:
    return case.status not in moving.BY_THEMSELVES and bool(case.told_decision_at)


ACTIONS: tuple[CaseAction, ...] = (
    CaseAction(
        slug="move-part",
        address=f"do/move-part/{PLACE}",
        permission=TEAM,
        title="Part {place} takes another road",
        form=plain(MoveForm),
        do=_move,
        leaves=(PART_MOVED,),
        button="Read the letter",
        told="The part is on its other road, and a letter says why.",
        explains=(
            "It keeps the day on which the council had it. To leave the statutory procedure takes a second person, whatever "
            "the other road is called: short breaks for a disabled child are a children's service."
        ),
        letter=lambda case, form, place: moving.moved_letter(case, place, form.move(), council(), today()),
        takes_two=True,
        offered_at="part",
        link="It takes another road",
        is_offered=_can_move,
    ),
)
