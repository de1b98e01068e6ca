"""What can be done with the people of a case, and for a member who writes for a constituent."""

from typing import Any

from portal.actions.action import Stamp
from portal.cases.actions import PLACE, TEAM, CaseAction, plain
from portal.cases.forms import CaseForm, ReasonsForm
from portal.cases.models import Case
from portal.parties import events
from portal.parties.forms import ComplainantForm, MemberForm, PartyForm
from portal.parties.services import members, people_of_case
from portal.procedure.eligibility import Complainant
from portal.web.settings import council


def _mend_form(case: Case, place: int) -> CaseForm:
    return PartyForm(version=case.version, **PartyForm.of(people_of_case.party_of(case, place)))


def _mend(case: Case, form: Any, place: int, who: Stamp) -> None:
    people_of_case.mend_party(case.id, place, form.told(), **who)


def _swap(case: Case, form: Any, place: int, who: Stamp) -> None:
    told = (Complainant(form.complainant.data), form.reasons.data)
    people_of_case.put_in_place_of_complainant(case.id, place, *told, **who)


ACTIONS: tuple[CaseAction, ...] = (
    CaseAction(
        slug="add-party",
        address="do/add-person",
        permission=TEAM,
        title="Add a person to this case",
        form=plain(PartyForm),
        do=lambda case, form, place, who: people_of_case.add_party(case.id, form.told(), **who) and None,
        leaves=(events.PARTY_ADDED,),
        button="Add them",
        told="They are on the case.",
        explains="A colleague who is complained about, or must not know, is shut out of the case at once.",
        offered_at="parties",
        link="Add a person",
    ),
    CaseAction(
        slug="mend-party",
        address=f"do/person/{PLACE}",
        permission=TEAM,
        title="Put right who they are, and what they may be told",
        form=_mend_form,
        do=_mend,
        leaves=(events.PARTY_MENDED,),
        told="It is put right.",
    ),
    CaseAction(
        slug="remove-party",
        address=f"do/person/{PLACE}/remove",
        permission=TEAM,
        title="They do not belong to this case",
        form=plain(ReasonsForm),
        do=lambda case, form, place, who: people_of_case.remove_party(case.id, place, form.reasons.data, **who),
        leaves=(events.PARTY_REMOVED,),
        button="Take them off",
        told="They are not on the case any more. A wall stays until it is taken down.",
    ),
    CaseAction(
        slug="swap-complainant",
        address=f"do/person/{PLACE}/complains",
        permission=TEAM,
        title="The complaint is theirs",
        form=plain(ComplainantForm),
        do=_swap,
        leaves=(events.COMPLAINANT_CHANGED,),
        told="Letters go to them from now on.",
        explains="Whoever complained before stays on the case, and is told nothing until somebody agreed to that.",
    ),
    CaseAction(
        slug="tell-member",
        address="do/tell-member",
        permission=TEAM,
        title="Answer the councillor or MP",
        form=plain(MemberForm),
        do=lambda case, form, place, who: members.tell_member(case.id, form.words.data or "", council=council(), **who),
        leaves=(events.MEMBER_TOLD,),
        button="Read the letter",
        told="The member is answered, and the enquiry has ended.",
        explains="No more than the constituent agreed to. What the constituent complains of is a complaint of their own.",
        letter=lambda case, form, place: members.member_letter(case, form.words.data or "", council()),
        offered_at="parties",
        link="Answer the councillor or MP",
        is_offered=lambda case, place: case.complainant is Complainant.MEMBER and case.closed_on is None,
    ),
)
