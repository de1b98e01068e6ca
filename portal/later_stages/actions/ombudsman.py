"""The Ombudsman: how the case came there, what is asked by when, the decision."""

from typing import Any

from portal.actions.action import Stamp
from portal.cases.actions import PLACE, TEAM, CaseAction, plain
from portal.cases.models import Case, NextAction
from portal.later_stages import events, forms
from portal.later_stages.services import ombudsman
from portal.procedure.ombudsman import DutyKind, OmbudsmanContact, OmbudsmanDecision
from portal.web.settings import council


def _contact(case: Case, made: Any, place: int, who: Stamp) -> None:
    ombudsman.note_contact(
        case.id,
        OmbudsmanContact(made.contact.data),
        their_reference=made.their_reference.data,
        received_on=made.received_on.data,
        conditions=made.conditions(),
        agreed=made.agreed(),
        words=made.words.data or "",
        council=council(),
        **who,
    )


def _ombudsman_decision(case: Case, made: Any, place: int, who: Stamp) -> None:
    said = {"decided_on": made.decided_on.data, "words": made.words.data or ""}
    ombudsman.note_decision(case.id, OmbudsmanDecision(made.decision.data), **said, **who)


ACTIONS: tuple[CaseAction, ...] = (
    CaseAction(
        slug="ombudsman",
        address="do/ombudsman",
        permission=TEAM,
        title="The Ombudsman has it",
        form=lambda case, place: forms.OmbudsmanContactForm.with_conditions()(version=case.version),
        do=_contact,
        leaves=(events.OMBUDSMAN_CONTACTED,),
        explains=(
            "Early referral, without a panel, takes every one of the conditions, the word of the person, and a second "
            "person of the team."
        ),
        takes_two=True,
        offered_at="ombudsman",
        link="The Ombudsman has it",
    ),
    CaseAction(
        slug="ombudsman-asks",
        address="do/ombudsman-asks",
        permission=TEAM,
        title="The Ombudsman asks for something",
        form=plain(forms.DutyForm),
        do=lambda case, made, place, who: ombudsman.ask_duty(
            case.id, DutyKind(made.kind.data), made.words.data, made.due_on.data, **who
        ),
        leaves=(events.OMBUDSMAN_ASKED,),
        explains="The Ombudsman's dates do not move.",
        offered_at="with-the-ombudsman",
        link="They ask for something",
    ),
    CaseAction(
        slug="ombudsman-done",
        address=f"do/ombudsman-done/{PLACE}",
        permission=TEAM,
        title="It is done for the Ombudsman",
        form=plain(forms.DoneForm),
        do=lambda case, made, place, who: ombudsman.do_duty(
            case.id, place, evidence=made.evidence.data, on=made.on.data, **who
        ),
        leaves=(events.OMBUDSMAN_DUTY_DONE,),
        does={NextAction.ANSWER_OMBUDSMAN: "", NextAction.DO_REMEDY: ""},
    ),
    CaseAction(
        slug="ombudsman-decided",
        address="do/ombudsman-decided",
        permission=TEAM,
        title="The Ombudsman decided",
        form=plain(forms.OmbudsmanDecisionForm),
        do=_ombudsman_decision,
        leaves=(events.OMBUDSMAN_DECIDED,),
        explains="Then write down each remedy with its date.",
        offered_at="with-the-ombudsman",
        link="They decided",
    ),
)
