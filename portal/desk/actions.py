"""Handing a case over, and saying who may see it."""

from collections.abc import Sequence
from typing import Any

from wtforms.fields.choices import SelectChoice

from portal.actions.action import ON_ITS_PAGE, Stamp, fresh
from portal.cases.actions import PLACE, TEAM, CaseAction, plain
from portal.cases.choosing import offer
from portal.cases.events import (
    ACCESS_ENDED,
    ACCESS_GIVEN,
    ELEMENT_OF_PART,
    PART_WALL_PUT_UP,
    PART_WALL_TAKEN_DOWN,
    SECOND_PERSON_AGREED,
    SECOND_PERSON_ASKED,
    SECOND_PERSON_REFUSED,
    WALL_PUT_UP,
    WALL_TAKEN_DOWN,
)
from portal.cases.forms import CaseForm, ReasonsForm, part_shown
from portal.cases.models import Case, NextAction, WallReason
from portal.cases.services import part_walls, walls
from portal.cases.services.countersigning import refuse_as_second_person
from portal.desk import events
from portal.desk.forms import walls as forms
from portal.desk.forms.handing_over import HandOverForm
from portal.desk.services import handing_over
from portal.people.access import may, me
from portal.people.models import Person
from portal.people.queries import everyone_at_work
from portal.people.roles import THE_TEAM, Permission
from portal.web.forms import choices


def _hand_over_form(case: Case, place: int) -> CaseForm:
    form = HandOverForm(version=case.version)
    offer(form.person, case, *THE_TEAM)
    return form


def _hand_over(case: Case, form: Any, place: int, who: Stamp) -> None:
    handing_over.hand_over(case.id, case.assignee_id or me().id, form.person.data, form.note.data, **who)


def wall_form(case: Case, place: int = 0) -> forms.WallForm:
    """Anyone can be shut out."""
    form = forms.WallForm(version=case.version)
    form.person_id.choices = _everyone(everyone_at_work())
    return form


def access_form(case: Case, place: int = 0) -> forms.AccessForm:
    """Anyone who reads the cases that are given to them."""
    form = forms.AccessForm(version=case.version)
    form.person_id.choices = _everyone(everyone_at_work())
    return form


def _everyone(people: Sequence[Person]) -> list[SelectChoice]:
    return choices({str(person.id): person.told for person in people})


def _number(typed: str) -> int:
    """The number of a person in a hidden field; none that exists when it was changed by hand."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _give_access(case: Case, form: Any, place: int, who: Stamp) -> None:
    """Through a wall only the lead can give it."""
    through = bool(form.despite_wall.data) and may(Permission.LET_IN)
    days = {"until_on": form.until_on.data, "reasons": form.reasons.data, "despite_wall": through}
    walls.give_access(case.id, form.person_id.data, **days, **who)


def _part_wall_form(case: Case, place: int) -> CaseForm:
    form = forms.PartWallForm(version=case.version)
    form.person_id.choices, form.position.choices = _everyone(everyone_at_work()), _parts(case)
    return form


def _element_part_form(case: Case, place: int) -> CaseForm:
    form = forms.ElementPartForm(version=case.version)
    form.position.choices = _parts(case)
    return form


def _parts(case: Case) -> list[SelectChoice]:
    return choices({str(part.position): part_shown(part, 60) for part in case.parts})


ACTIONS: tuple[CaseAction, ...] = (
    CaseAction(
        slug="hand-over",
        address="do/hand-over",
        permission=TEAM,
        title="Hand it over",
        form=_hand_over_form,
        do=_hand_over,
        leaves=(events.HANDED_OVER,),
        button="Hand it over",
        told="It is handed over.",
        offered_at="together",
        link="Hand it over",
    ),
    CaseAction(
        slug="hide-part",
        address="do/hide-part",
        permission=TEAM,
        title="Hide one part from someone",
        form=_part_wall_form,
        do=lambda case, form, place, who: part_walls.put_up_part_wall(
            case.id, form.position.data, form.person_id.data, **who
        ),
        leaves=(PART_WALL_PUT_UP,),
        button="Hide it",
        told="They see the other parts and no more.",
        explains=(
            "They see nothing of this part: also not what was said, letters, files, what was done, or an element of stage 2 "
            "that is not known to be of another part. A search does not find the case for them."
        ),
        offered_at="together",
        link="Hide one part from someone",
        is_offered=lambda case, place: len(case.parts) > 1,
    ),
    CaseAction(
        slug="show-part",
        address="do/show-part",
        permission=Permission.LET_IN,
        title="Open a part that was hidden from someone",
        form=_part_wall_form,
        do=lambda case, form, place, who: part_walls.take_down_part_wall(
            case.id, form.position.data, form.person_id.data, form.reasons.data, **who
        ),
        leaves=(PART_WALL_TAKEN_DOWN,),
        button="Open it",
        told="They see this part again.",
        offered_at="together",
        link="Open a part that was hidden",
        is_offered=lambda case, place: len(case.parts) > 1,
    ),
    CaseAction(
        slug="element-part",
        address=f"do/element-part/{PLACE}",
        permission=TEAM,
        title="To which part element {place} of stage 2 belongs",
        form=_element_part_form,
        do=lambda case, form, place, who: part_walls.say_which_part(case.id, 2, place, form.position.data, **who),
        leaves=(ELEMENT_OF_PART,),
        explains="Whoever may not see that part does not see the element either.",
    ),
    CaseAction(
        slug="do-not-agree",
        address=f"do/do-not-agree/{PLACE}",
        permission=TEAM,
        title="It is not done",
        form=plain(ReasonsForm),
        do=lambda case, form, place, who: refuse_as_second_person(case.id, place, form.reasons.data, **who),
        leaves=(SECOND_PERSON_ASKED, SECOND_PERSON_AGREED, SECOND_PERSON_REFUSED),
        button="It is not done",
        told="It is not done. Why is written down.",
        explains="What somebody asked for that takes two people ends here. Say why: whoever asked for it reads that.",
        does={NextAction.COUNTERSIGN: ""},
    ),
)
WHO_MAY_SEE: tuple[CaseAction, ...] = (
    CaseAction(
        slug="put-up-wall",
        address="walls",
        permission=TEAM,
        form=wall_form,
        do=lambda case, form, place, who: walls.put_up_wall(
            case.id, form.person_id.data, WallReason(form.reason.data), **who
        ),
        leaves=(WALL_PUT_UP,),
        told="They are shut out, and so is everyone who manages them.",
        page=ON_ITS_PAGE,
    ),
    CaseAction(
        slug="take-down-wall",
        address="walls/down",
        permission=Permission.LET_IN,
        form=fresh(forms.LetInForm),
        do=lambda case, form, place, who: walls.take_down_wall(
            case.id, _number(form.person_id.data), form.reasons.data, **who
        ),
        leaves=(WALL_TAKEN_DOWN,),
        told="The wall is down.",
        page=ON_ITS_PAGE,
    ),
    CaseAction(
        slug="give-access",
        address="access",
        permission=TEAM,
        form=access_form,
        do=_give_access,
        leaves=(ACCESS_GIVEN,),
        told="They can read this case now.",
        page=ON_ITS_PAGE,
    ),
    CaseAction(
        slug="end-access",
        address="access/end",
        permission=TEAM,
        form=fresh(forms.EndAccessForm),
        do=lambda case, form, place, who: walls.end_access(case.id, _number(form.person_id.data), **who),
        leaves=(ACCESS_ENDED,),
        told="Their access has ended.",
        page=ON_ITS_PAGE,
    ),
)
