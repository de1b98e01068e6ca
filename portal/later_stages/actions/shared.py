"""Actions that stages 2 and 3 share: appointing, finding, deciding, answering, ending."""

from collections.abc import Callable
from typing import Any

from portal.actions.action import Stamp
from portal.cases.actions import PLACE, TEAM, CaseAction, plain
from portal.cases.choosing import offer
from portal.cases.confirmation import ASKED_FIRST
from portal.cases.forms import CaseForm, ChoosePersonForm, ConfirmForm, people_choices
from portal.cases.models import Case, NextAction
from portal.cases.stages import in_post, running_stage, seats_in_post
from portal.clock import today
from portal.closing.events import WITHDRAWAL_ASKED
from portal.closing.forms import EndForm
from portal.independent_people.queries import listed_people, register
from portal.later_stages import events, forms
from portal.later_stages.services import answers, appointments, investigation, later_stages
from portal.later_stages.services.appointments import choose_decider
from portal.later_stages.services.investigation import Found
from portal.people.access import me
from portal.people.roles import Permission, Role
from portal.procedure.findings import Finding
from portal.procedure.independence import ON_THE_PANEL, PANEL_SIZE, STAGE_OF, Seat
from portal.procedure.stages import StageEnding
from portal.web.settings import council

NOBODY_LISTED = "Nobody on the register may take this seat yet. The team can add people, under Independent people."
SEAT_NAMES = {
    Seat.INVESTIGATING_OFFICER: "the investigating officer",
    Seat.INDEPENDENT_PERSON: "the independent person",
    Seat.PANEL_CHAIR: "the chair of the panel",
    Seat.PANEL_MEMBER: "a member of the panel",
}


APPOINTS = {
    Seat.INVESTIGATING_OFFICER: NextAction.APPOINT_INVESTIGATOR,
    Seat.INDEPENDENT_PERSON: NextAction.APPOINT_INDEPENDENT_PERSON,
    Seat.PANEL_CHAIR: NextAction.APPOINT_PANEL,
    Seat.PANEL_MEMBER: NextAction.APPOINT_PANEL,
}
CHOOSE = {Seat.PANEL_CHAIR: "Choose the chair", Seat.PANEL_MEMBER: "Choose a member"}
LINKS = {Seat.PANEL_CHAIR: "Appoint the chair", Seat.PANEL_MEMBER: "Appoint a member"}
DECIDES = {
    2: {NextAction.ADJUDICATE: "Choose the senior manager who decides"},
    3: {NextAction.RESPOND_TO_PANEL: "Choose the director who decides"},
}
ANSWERS = {
    2: {NextAction.RESPOND: "Send the answer"},
    3: {NextAction.RESPOND_TO_PANEL: "Send the answer to the panel"},
}
FINDS = {
    2: {NextAction.ADJUDICATE: "Decide on the findings"},
    3: {NextAction.RESPOND_TO_PANEL: "Decide on the panel's findings"},
}


def in_seat(*seats: Seat) -> Callable[[Case], bool]:
    """Whether the person who is signed in holds one of these seats on a case now."""

    def holds(case: Case) -> bool:
        held = [one.independent_person_id for stage in case.stages for one in in_post(stage, *seats)]
        return me().id in {entry.person_id for entry in listed_people(held).values()}

    return holds


def _is_free(case: Case, seat: Seat) -> bool:
    """Whether a seat of the running stage can be taken: one of stage 2 by one person, a panel by three."""
    stage = case.stage(STAGE_OF[seat])
    held = seats_in_post(stage) if stage else []
    return len(held) < PANEL_SIZE if seat in ON_THE_PANEL else seat not in held


def _appoint_form(case: Case, seat: Seat) -> CaseForm:
    """Everyone of the register who can take a seat."""
    made = forms.AppointForm(version=case.version)
    able = [one for one in register() if one.is_listed and getattr(one, appointments.CAN[seat])]
    made.listed.choices = people_choices({one.id: f"{one.name}, {one.region}".removesuffix(", ") for one in able})
    made.listed.description = "" if able else NOBODY_LISTED
    return made


def appoint_action(seat: Seat) -> CaseAction:
    """The action that appoints to one seat."""

    def do(case: Case, made: Any, place: int, who: Stamp) -> None:
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

    slug = f"appoint-{seat.replace('_', '-')}"
    return CaseAction(
        slug=slug,
        address=f"do/{slug}",
        permission=TEAM,
        title=f"Appoint {SEAT_NAMES[seat]}",
        button="Appoint",
        told="They are appointed.",
        form=lambda case, place: _appoint_form(case, seat),
        do=do,
        leaves=(events.APPOINTED,),
        does={APPOINTS[seat]: CHOOSE.get(seat, f"Appoint {SEAT_NAMES[seat]}")},
        offered_at=f"stage-{STAGE_OF[seat]}",
        link=LINKS.get(seat, f"Appoint {SEAT_NAMES[seat]}"),
        is_offered=lambda case, number: _is_free(case, seat),
        explains="Conflicts are checked with the register and with what you answer here. Each appointment has its own day.",
    )


def decider_action(number: int) -> CaseAction:
    """The action that says who decides on the findings of a stage."""

    def form(case: Case, place: int) -> CaseForm:
        made = ChoosePersonForm(version=case.version)
        offer(made.person, case, Role.SENIOR_MANAGER, Role.DIRECTOR)
        return made

    return CaseAction(
        slug=f"decider-{number}",
        address=f"do/decider-{number}",
        permission=TEAM,
        title="Choose who decides on the findings" if number == 2 else "Choose the director who decides",
        button="Save",
        told="It is written down.",
        form=form,
        do=lambda case, made, place, who: choose_decider(case.id, number, made.person.data, **who),
        leaves=(events.DECIDER_CHOSEN,),
        does=DECIDES[number],
        offered_at=f"stage-{number}",
        link="Choose who decides" if number == 2 else "Choose the director",
    )


def _ending(number: int) -> Callable[[Case, Any, int, Stamp], object]:
    def end(case: Case, made: Any, place: int, who: Stamp) -> object:
        said = {"confirmed": made.said_so(), "words": made.words.data or "", "council": council()}
        return later_stages.end_stage(case.id, number, ending=StageEnding(made.ending.data), **said, **who) or ASKED_FIRST

    return end


def end_action(number: int) -> CaseAction:
    """The action that ends a stage without a finding."""
    return CaseAction(
        slug=f"end-{number}",
        address=f"do/end-{number}",
        permission=TEAM,
        title=f"End stage {number} without a finding",
        button="End it and tell the person",
        told="The stage has ended, and a letter says how to come back.",
        form=plain(EndForm),
        do=_ending(number),
        leaves=(events.STAGE_ENDED, WITHDRAWAL_ASKED),
        offered_at=f"stage-{number}",
        link="End it without a finding",
        explains="Nobody but the person can withdraw. A statement that is not agreed is not a withdrawal.",
    )


def answer_action(number: int) -> CaseAction:
    """The action that sends the answer of a stage."""
    return CaseAction(
        slug=f"answer-{number}",
        address=f"do/answer-{number}",
        permission=TEAM,
        title=f"Send the answer of stage {number}",
        button="Read the letter",
        told="The answer is written as a letter.",
        form=plain(ConfirmForm),
        do=lambda case, made, place, who: answers.answer_stage(case.id, number, council=council(), **who),
        leaves=(events.STAGE_ANSWERED,),
        does=ANSWERS[number],
        letter=lambda case, made, place: answers.stage_letter(case, number, council(), today()),
        explains="The letter answers each part, says sorry where one was upheld, and says what the person can do next.",
    )


def decide_action(number: int) -> CaseAction:
    """The action that decides on each finding."""

    def do(case: Case, made: Any, place: int, who: Stamp) -> None:
        stage = running_stage(case, number)
        spoke = made.with_independent_person.data if number == 3 else ""
        given = forms.decisions_of(made, stage)
        investigation.decide_stage(case.id, number, given, with_independent_person=spoke, **who)

    return CaseAction(
        slug=f"decide-{number}",
        address=f"decide/decide-{number}",
        permission=Permission.ADJUDICATE,
        title=f"Decide on the findings of stage {number}",
        button="Save the decision",
        told="The decision is written down.",
        form=lambda case, place: forms.decisions_form(case.stage(number), number)(version=case.version),
        do=do,
        leaves=(events.STAGE_DECIDED,),
        does=FINDS[number],
        explains="Where you do not follow a finding, say why. The person reads it.",
    )


def find_action(number: int) -> CaseAction:
    """The action that writes down what was found on one element."""

    def form(case: Case, place: int) -> CaseForm:
        element = investigation.element_at(running_stage(case, number), place)
        return forms.ElementForm(
            version=case.version,
            evidence=element.evidence,
            result=element.finding.value if element.finding else None,
            reasons=element.reasons,
            recommendation=element.recommendation,
            searched=element.searched or "",
        )

    def do(case: Case, made: Any, place: int, who: Stamp) -> None:
        told = {"recommendation": made.recommendation.data or "", "searched": made.searched.data or ""}
        found = Found(made.evidence.data, Finding(made.result.data), made.reasons.data, **told)
        investigation.find_on_element(case.id, number, place, found, **who)

    return CaseAction(
        slug=f"find-{number}",
        address=f"{'investigate' if number == 2 else 'panel'}/find-{number}/{PLACE}",
        permission=Permission.INVESTIGATE if number == 2 else Permission.SIT_ON_PANEL,
        only_for=in_seat(Seat.INVESTIGATING_OFFICER) if number == 2 else in_seat(*ON_THE_PANEL),
        title="What was found on part {place}",
        button="Keep it",
        told="It is kept.",
        form=form,
        do=do,
        leaves=(events.ELEMENT_FOUND,),
        does={NextAction.INVESTIGATE if number == 2 else NextAction.REPORT_PANEL: ""},
        explains="Each part needs a finding: upheld, partly upheld or not upheld.",
    )
