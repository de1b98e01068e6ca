"""Asking for the next stage, and stage 3."""

from typing import Any

from portal.actions.action import ON_ITS_PAGE, Stamp, fresh
from portal.cases.actions import TEAM, CaseAction, plain
from portal.cases.forms import ConfirmedByForm
from portal.cases.models import Case, NextAction
from portal.later_stages import events, forms
from portal.later_stages.actions.shared import (
    answer_action,
    appoint_action,
    decide_action,
    decider_action,
    end_action,
    find_action,
    in_seat,
)
from portal.later_stages.services import later_stages, panel
from portal.people.roles import Permission
from portal.procedure.independence import ON_THE_PANEL, Seat
from portal.web.settings import council


def ask_action(number: int) -> CaseAction:
    """The action that takes a request for a stage."""

    def ask(case: Case, form: Any, place: int, who: Stamp) -> None:
        later_stages.ask_for_stage(case.id, number, requested_on=form.requested_on.data, council=council(), **who)

    return CaseAction(
        slug=f"ask-for-stage-{number}",
        address=f"stage-{number}",
        permission=TEAM,
        form=fresh(forms.AskForm),
        shown_as="ask_for_stage",
        do=ask,
        leaves=(events.STAGE_REQUESTED, events.STAGE_RESUMED, events.STAGE_ASKED_EARLY),
        told=f"The request for stage {number} is written down.",
        page=ON_ITS_PAGE,
        does={NextAction.OPEN_STAGE: ""},
    )


def _lateness(case: Case, made: Any, place: int, who: Stamp) -> None:
    taken = made.take_it.data == "yes"
    panel.decide_lateness(case.id, take_it=taken, reasons=made.reasons.data, council=council(), **who)


def _call(case: Case, made: Any, place: int, who: Stamp) -> None:
    late = made.late_because.data or ""
    said = {"meets_on": made.meets_on.data, "where": made.where.data, "late_because": late}
    panel.call_panel(case.id, **said, council=council(), **who)


def _panel_report(case: Case, made: Any, place: int, who: Stamp) -> None:
    panel.hand_in_panel_report(
        case.id,
        made.text.data,
        on=made.on.data,
        received_on=made.received_on.data,
        sent_to=made.sent_to(),
        council=council(),
        **who,
    )


ACTIONS: tuple[CaseAction, ...] = (
    CaseAction(
        slug="lateness",
        address="do/lateness",
        permission=TEAM,
        title="Decide on the late request",
        form=plain(forms.LatenessForm),
        do=_lateness,
        leaves=(events.LATENESS_DECIDED,),
        button="Save the decision",
        told="The decision is written down.",
        explains="The request came after its 20 working days. Lateness is the only thing that can be decided, with reasons.",
        does={NextAction.DECIDE_LATENESS: "Decide on the late request"},
    ),
    appoint_action(Seat.PANEL_CHAIR),
    appoint_action(Seat.PANEL_MEMBER),
    CaseAction(
        slug="call-panel",
        address="do/call-panel",
        permission=TEAM,
        title="Call the panel",
        form=plain(forms.CallPanelForm),
        do=_call,
        leaves=(events.PANEL_CALLED,),
        button="Read the letter",
        told="The panel is called, and a letter invites the person.",
        explains="The panel meets within 30 working days of the request.",
        letter=lambda case, made, place: panel.panel_notice(
            case, made.meets_on.data, made.where.data, council(), made.late_because.data or ""
        ),
        does={NextAction.HOLD_PANEL: "Call and invite"},
        offered_at="stage-3",
        link="Call the panel",
    ),
    CaseAction(
        slug="panel-met",
        address="do/panel-met",
        permission=TEAM,
        title="The panel met",
        form=plain(forms.PanelMetForm),
        do=lambda case, made, place, who: panel.note_panel_met(case.id, on=made.on.data, **who),
        leaves=(events.PANEL_MET,),
        explains="Its report is due within 5 working days.",
        does={NextAction.HOLD_PANEL: "The panel met"},
    ),
    find_action(3),
    CaseAction(
        slug="panel-report",
        address="panel/report",
        permission=Permission.SIT_ON_PANEL,
        title="Hand in the panel's report",
        form=plain(forms.PanelReportForm),
        do=_panel_report,
        leaves=(events.PANEL_REPORTED,),
        button="Hand it in",
        told="The report is handed in.",
        explains=(
            "It goes to everyone whom the law names. The council's 15 working days start when it has the recommendations."
        ),
        only_for=in_seat(*ON_THE_PANEL),
        does={NextAction.REPORT_PANEL: "Hand in the panel's report"},
    ),
    decide_action(3),
    decider_action(3),
    answer_action(3),
    end_action(3),
    ask_action(2),
    ask_action(3),
    CaseAction(
        slug="drop-early-request",
        address="do/drop-early-request",
        permission=TEAM,
        title="They no longer want the next stage",
        form=plain(ConfirmedByForm),
        do=lambda case, made, place, who: later_stages.drop_early_request(
            case.id, confirmed_by=made.confirmed_by.data, **who
        ),
        leaves=(events.STAGE_ENDED,),
        does={NextAction.OPEN_STAGE: ""},
        offered_at="early",
        link="They no longer want it",
    ),
)
