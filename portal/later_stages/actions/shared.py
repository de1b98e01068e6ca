"""Steps that stages 2 and 3 share: appointing, finding, deciding, answering, ending."""

from collections.abc import Callable
from typing import Any

from portal.cases.action import Step, Who, plain
from portal.cases.choosing import offer
from portal.cases.forms import CaseForm, ChoosePersonForm, ConfirmForm, people_choices
from portal.cases.models import Case
from portal.cases.stages import running_stage
from portal.clock import today
from portal.closing.confirmation import ASKED_FIRST
from portal.closing.forms import EndForm
from portal.independent_people.queries import register
from portal.later_stages import forms as forms
from portal.later_stages.services import answers, appointments, investigation, later_stages
from portal.later_stages.services.appointments import choose_decider
from portal.later_stages.services.investigation import Found
from portal.people.roles import Role
from portal.procedure.findings import Finding
from portal.procedure.independence import Seat
from portal.procedure.stages import StageEnding
from portal.web.settings import council

NOBODY_LISTED = "Nobody on the register may take this seat yet. The team can add people, under Independent people."
SEAT_NAMES = {
    Seat.INVESTIGATING_OFFICER: "the investigating officer",
    Seat.INDEPENDENT_PERSON: "the independent person",
    Seat.PANEL_CHAIR: "the chair of the panel",
    Seat.PANEL_MEMBER: "a member of the panel",
}


def appoint_step(seat: Seat) -> Step:
    """The step that appoints to one seat."""

    def form(case: Case, place: int) -> CaseForm:
        made = forms.AppointForm(version=case.version)
        able = {one.id: f"{one.name}, {one.region}".removesuffix(", ") for one in register() if can(one)}
        made.listed.choices = people_choices(able)
        made.listed.description = "" if able else NOBODY_LISTED
        return made

    def can(one: Any) -> bool:
        return bool(one.is_listed and getattr(one, appointments.CAN[seat]))

    def do(case: Case, made: Any, place: int, who: Who) -> None:
        appointments.appoint(
            case.id,
            seat,
            made.listed.data,
            in_line_of_management=made.in_line.data == "yes",
            knew_of_complaint=made.knew.data == "yes",
            fee_pence=made.fee.pence,
            on=made.on.data,
            **who,
        )

    return Step(
        slug=f"appoint-{seat.replace('_', '-')}",
        title=f"Appoint {SEAT_NAMES[seat]}",
        button="Appoint",
        told="They are appointed.",
        form=form,
        do=do,
        explains="Conflicts are checked with the register and with what you answer here. Each appointment has its own day.",
    )


def decider_step(number: int) -> Step:
    """The step that says who decides on the findings of a stage."""

    def form(case: Case, place: int) -> CaseForm:
        made = ChoosePersonForm(version=case.version)
        offer(made.person, case, Role.SENIOR_MANAGER, Role.DIRECTOR)
        return made

    return Step(
        slug=f"decider-{number}",
        title="Choose who decides on the findings" if number == 2 else "Choose the director who decides",
        button="Save",
        told="It is written down.",
        form=form,
        do=lambda case, made, place, who: choose_decider(case.id, number, made.person.data, **who),
    )


def _ending(number: int) -> Callable[[Case, Any, int, Who], object]:
    def end(case: Case, made: Any, place: int, who: Who) -> object:
        said = {"confirmed": made.said_so(), "words": made.words.data or "", "council": council()}
        return later_stages.end_stage(case.id, number, ending=StageEnding(made.ending.data), **said, **who) or ASKED_FIRST

    return end


def end_step(number: int) -> Step:
    """The step that ends a stage without a finding."""
    return Step(
        slug=f"end-{number}",
        title=f"End stage {number} without a finding",
        button="End it and tell the person",
        told="The stage has ended, and a letter says how to come back.",
        form=plain(EndForm),
        do=_ending(number),
        explains="Nobody but the person can withdraw. A statement that is not agreed is not a withdrawal.",
    )


def answer_step(number: int) -> Step:
    """The step that sends the answer of a stage."""
    return Step(
        slug=f"answer-{number}",
        title=f"Send the answer of stage {number}",
        button="Read the letter",
        told="The answer is written as a letter.",
        form=plain(ConfirmForm),
        do=lambda case, made, place, who: answers.answer_stage(case.id, number, council=council(), **who),
        letter=lambda case, made, place: answers.stage_letter(case, number, council(), today()),
        explains="The letter answers each part, says sorry where one was upheld, and says what the person can do next.",
    )


def decide_step(number: int) -> Step:
    """The step that decides on each finding."""

    def do(case: Case, made: Any, place: int, who: Who) -> None:
        stage = running_stage(case, number)
        spoke = made.with_independent_person.data if number == 3 else ""
        given = forms.decisions_of(made, stage)
        investigation.decide_stage(case.id, number, given, with_independent_person=spoke, **who)

    return Step(
        slug=f"decide-{number}",
        title=f"Decide on the findings of stage {number}",
        button="Save the decision",
        told="The decision is written down.",
        form=lambda case, place: forms.decisions_form(case.stage(number), number)(version=case.version),
        do=do,
        explains="Where you do not follow a finding, say why. The person reads it.",
    )


def find_step(number: int) -> Step:
    """The step that writes down what was found on one element."""

    def form(case: Case, place: int) -> CaseForm:
        element = investigation.element_at(running_stage(case, number), place)
        return forms.ElementForm(
            version=case.version,
            evidence=element.evidence,
            result=element.finding.value if element.finding else None,
            reasons=element.reasons,
            recommendation=element.recommendation,
        )

    def do(case: Case, made: Any, place: int, who: Who) -> None:
        found = Found(made.evidence.data, Finding(made.result.data), made.reasons.data, made.recommendation.data or "")
        investigation.find_on_element(case.id, number, place, found, **who)

    return Step(
        slug=f"find-{number}",
        title="What was found on part {place}",
        button="Keep it",
        told="It is kept.",
        form=form,
        do=do,
        explains="Each part needs a finding: upheld, partly upheld or not upheld.",
    )
