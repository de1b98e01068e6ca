"""What can be done to cases that belong together, and at a second look."""

from typing import Any

from portal.actions.action import Stamp
from portal.cases.actions import TEAM, CaseAction, plain
from portal.cases.models import Case, Kind
from portal.cases.opened import viewer
from portal.procedure.eligibility import Complainant
from portal.procedure.stages import Status
from portal.triage import events
from portal.triage.forms import together as forms
from portal.triage.services import linking, second_looks


def _became_complaint(case: Case, form: Any, place: int, who: Stamp) -> None:
    whose = Complainant(form.of_constituent.data) if form.of_constituent.data else None
    linking.became_complaint(case.id, form.said.data, form.said_on.data, of_constituent=whose, **who)


ACTIONS: tuple[CaseAction, ...] = (
    CaseAction(
        slug="link",
        address="do/link",
        permission=TEAM,
        title="Link another case",
        form=lambda case, place: forms.OtherCaseForm.seen_by(viewer())(version=case.version),
        do=lambda case, form, place, who: linking.link_cases(case.id, form.found.id, **who),
        leaves=(events.CASE_LINKED,),
        button="Link it",
        told="The two cases are linked.",
        offered_at="together",
        link="Link another case",
    ),
    CaseAction(
        slug="merge",
        address="do/merge",
        permission=TEAM,
        title="Answer it together with another case",
        form=lambda case, place: forms.MergeForm.seen_by(viewer())(version=case.version),
        do=lambda case, form, place, who: linking.merge_into(case.id, form.found.id, form.reasons.data, **who),
        leaves=(events.CASE_MERGED,),
        button="Merge them",
        told="They are answered together now. Each sender gets the answer.",
        explains="This case stays, with its own clock. When the other case is answered, its sender gets the answer too.",
        offered_at="together",
        link="Answer it together with another",
        is_offered=lambda case, place: case.status is Status.STAGE_1,
    ),
    CaseAction(
        slug="split",
        address="do/split",
        permission=TEAM,
        title="Make a case of its own of some parts",
        form=lambda case, place: forms.split_form(case)(version=case.version),
        do=lambda case, form, place, who: linking.split_case(case.id, forms.chosen_parts(form, case), **who),
        leaves=(events.CASE_SPLIT,),
        button="Split it",
        told="The parts are a case of their own now.",
        explains="The new case keeps the day of receipt, the person and who is shut out.",
        offered_at="together",
        link="Split it",
        is_offered=lambda case, place: case.status is Status.TO_DECIDE and len(case.parts) > 1,
    ),
    CaseAction(
        slug="became-complaint",
        address="do/became-complaint",
        permission=TEAM,
        title="It became a complaint",
        form=plain(forms.BecameComplaintForm),
        do=_became_complaint,
        leaves=(events.ISSUE_BECAME_COMPLAINT,),
        button="Open the complaint",
        told="The complaint is open. It is linked below.",
        explains="Only when the person says so. It keeps the day on which it first came, unless they had called it settled.",
        offered_at="together",
        link="It became a complaint",
        is_offered=lambda case, place: case.kind is not Kind.COMPLAINT,
    ),
    CaseAction(
        slug="second-look",
        address="do/second-look",
        permission=TEAM,
        title="A second look at how it ended",
        form=plain(forms.SecondLookForm),
        do=lambda case, form, place, who: second_looks.take_second_look(
            case.id, agrees=form.agrees.data == "yes", words=form.words.data, **who
        ),
        leaves=(events.SECOND_LOOK_TAKEN,),
        told="Your second look is written down.",
        explains="By someone who took no part in the decision.",
    ),
)
