"""Stage 3 and the Ombudsman, step by step."""

from typing import Any

from portal.cases.action import Step, Who, by_slug, plain
from portal.cases.forms import ConfirmedByForm
from portal.cases.models import Case
from portal.later_stages import forms as forms
from portal.later_stages.actions.shared import answer_step, appoint_step, decide_step, decider_step, end_step, find_step
from portal.later_stages.services import later_stages, ombudsman, panel
from portal.procedure.independence import Seat
from portal.procedure.ombudsman import DutyKind, OmbudsmanContact, OmbudsmanDecision
from portal.web.settings import council


def _lateness(case: Case, made: Any, place: int, who: Who) -> None:
    taken = made.take_it.data == "yes"
    panel.decide_lateness(case.id, take_it=taken, reasons=made.reasons.data, council=council(), **who)


def _call(case: Case, made: Any, place: int, who: Who) -> None:
    late = made.late_because.data or ""
    said = {"meets_on": made.meets_on.data, "where": made.where.data, "late_because": late}
    panel.call_panel(case.id, **said, council=council(), **who)


def _contact(case: Case, made: Any, place: int, who: Who) -> None:
    ombudsman.note_contact(
        case.id,
        OmbudsmanContact(made.contact.data),
        their_reference=made.their_reference.data,
        received_on=made.received_on.data,
        conditions=made.conditions(),
        words=made.words.data or "",
        council=council(),
        **who,
    )


def _panel_report(case: Case, made: Any, place: int, who: Who) -> None:
    panel.hand_in_panel_report(
        case.id,
        made.text.data,
        on=made.on.data,
        received_on=made.received_on.data,
        sent_to=made.sent_to(),
        council=council(),
        **who,
    )


def _ombudsman_decision(case: Case, made: Any, place: int, who: Who) -> None:
    said = {"decided_on": made.decided_on.data, "words": made.words.data or ""}
    ombudsman.note_decision(case.id, OmbudsmanDecision(made.decision.data), **said, **who)


TEAM = by_slug(
    Step(
        "lateness",
        "Decide on the late request",
        "Save the decision",
        "The decision is written down.",
        plain(forms.LatenessForm),
        _lateness,
        "The request came after its 20 working days. Lateness is the only thing that can be decided, with reasons.",
    ),
    appoint_step(Seat.PANEL_CHAIR),
    appoint_step(Seat.PANEL_MEMBER),
    Step(
        "call-panel",
        "Call the panel",
        "Read the letter",
        "The panel is called, and a letter invites the person.",
        plain(forms.CallPanelForm),
        _call,
        "The panel meets within 30 working days of the request.",
        lambda case, made, place: panel.panel_notice(case, made.meets_on.data, made.where.data, council()),
    ),
    Step(
        "panel-met",
        "The panel met",
        "Save",
        "It is written down.",
        plain(forms.HeldForm),
        lambda case, made, place, who: panel.hold_panel(case.id, on=made.on.data, **who),
        "Its report is due within 5 working days.",
    ),
    decider_step(3),
    answer_step(3),
    end_step(3),
    Step(
        "drop-early-request",
        "They no longer want the next stage",
        "Save",
        "It is written down.",
        plain(ConfirmedByForm),
        lambda case, made, place, who: later_stages.drop_early_request(case.id, confirmed_by=made.confirmed_by.data, **who),
    ),
    Step(
        "ombudsman",
        "The Ombudsman has it",
        "Save",
        "It is written down.",
        lambda case, place: forms.ContactForm.with_conditions()(version=case.version),
        _contact,
        "Early referral, without a panel, takes every one of the conditions.",
    ),
    Step(
        "ombudsman-asks",
        "The Ombudsman asks for something",
        "Save",
        "It is written down.",
        plain(forms.DutyForm),
        lambda case, made, place, who: ombudsman.ask_duty(
            case.id, DutyKind(made.kind.data), made.words.data, made.due_on.data, **who
        ),
        "The Ombudsman's dates do not move.",
    ),
    Step(
        "ombudsman-done",
        "It is done for the Ombudsman",
        "Save",
        "It is written down.",
        plain(forms.DoneForm),
        lambda case, made, place, who: ombudsman.do_duty(
            case.id, place, evidence=made.evidence.data, on=made.on.data, **who
        ),
    ),
    Step(
        "ombudsman-decided",
        "The Ombudsman decided",
        "Save",
        "It is written down.",
        plain(forms.OmbudsmanDecisionForm),
        _ombudsman_decision,
        "Then write down each remedy with its date.",
    ),
)
PANEL = by_slug(
    find_step(3),
    Step(
        "report",
        "Hand in the panel's report",
        "Hand it in",
        "The report is handed in.",
        plain(forms.PanelReportForm),
        _panel_report,
        "It goes to everyone whom the law names. The council's 15 working days start when it has the recommendations.",
    ),
)
DECIDER = by_slug(decide_step(2), decide_step(3))
