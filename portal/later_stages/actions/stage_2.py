"""Stage 2."""

from typing import Any

from portal.actions.action import Stamp
from portal.cases.actions import PLACE, TEAM, CaseAction, plain
from portal.cases.forms import CaseForm, ConfirmForm, ReasonsForm
from portal.cases.models import Case, NextAction
from portal.cases.stages import running_stage
from portal.clock import today
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
from portal.later_stages.services import appointments, investigation, statement
from portal.people.access import may
from portal.people.roles import Permission
from portal.procedure.clocks import Day
from portal.procedure.independence import Seat
from portal.procedure.stages import Amendment
from portal.web.settings import council


def _write_statement(case: Case, made: Any, place: int, who: Stamp) -> None:
    elements = made.elements.data.split("\n")
    statement.write_statement(case.id, elements, made.desired.data or "", by_person=made.by_person.data, **who)


def _statement_form(case: Case, place: int) -> CaseForm:
    stage = case.stage(2)
    newest = stage.statements[-1] if stage and stage.statements else None
    elements = newest.elements if newest else [part.words for part in case.parts if part.route == "statutory"]
    desired = newest.desired if newest else ""
    return forms.StatementForm(version=case.version, elements="\n".join(elements), desired=desired)


def _interview(case: Case, made: Any, place: int, who: Stamp) -> None:
    investigation.note_interview(
        case.id,
        on=made.on.data,
        whom=made.whom.data,
        independent_person_was_there=made.with_independent.data == "yes",
        override_words=made.override_words.data or "",
        may_override=may(Permission.LET_IN) or may(Permission.ADJUDICATE),
        **who,
    )


def _extension_letter(case: Case, made: Any, place: int) -> str:
    stage = running_stage(case, 2)
    investigation.check_extension(stage, made.until_on.data, made.reasons.data, today())
    return investigation.extension_letter(case, made.until_on.data, made.reasons.data, council())


def _no_statement(case: Case, number: int) -> bool:
    stage = case.stage(2)
    return stage is not None and not stage.elements


def _not_sent(case: Case, number: int) -> bool:
    stage = case.stage(2)
    if stage is None or stage.elements or not stage.statements:
        return False
    return not stage.statements[-1].by_person and stage.statements[-1].sent_on is None


def _can_be_amended(case: Case, number: int) -> bool:
    stage = case.stage(2)
    return stage is not None and bool(stage.elements) and stage.day(Day.REPORT) is None


def _amend(case: Case, made: Any, place: int, who: Stamp) -> None:
    said = {"on": made.on.data, "how": made.how.data, "reasons": made.reasons.data}
    elements = made.elements.data.split("\n")
    statement.amend_statement(case.id, Amendment(made.amendment.data), elements, **said, **who)


ACTIONS: tuple[CaseAction, ...] = (
    CaseAction(
        slug="statement",
        address="do/statement",
        permission=TEAM,
        title="Write the statement of complaint",
        form=_statement_form,
        do=_write_statement,
        leaves=(events.STATEMENT_WRITTEN,),
        button="Keep this version",
        told="The version is kept.",
        explains="Each version is kept, with who wrote it and when.",
        does={NextAction.AGREE_STATEMENT: "Write the statement of complaint"},
        offered_at="stage-2",
        link="Write the statement",
        is_offered=_no_statement,
    ),
    CaseAction(
        slug="send-statement",
        address="do/send-statement",
        permission=TEAM,
        title="Send the statement of complaint",
        form=plain(ConfirmForm),
        do=lambda case, made, place, who: statement.send_statement(case.id, council=council(), **who),
        leaves=(events.STATEMENT_SENT,),
        button="Read the letter",
        told="The statement is on its way to them.",
        explains="The person agrees what they have read. Each version goes to them before it is agreed.",
        letter=lambda case, made, place: statement.statement_letter(case, council()),
        does={NextAction.AGREE_STATEMENT: "Send the statement"},
        offered_at="stage-2",
        link="Send the statement",
        is_offered=_not_sent,
    ),
    CaseAction(
        slug="attempt",
        address="do/attempt",
        permission=TEAM,
        title="Record an attempt to agree the statement",
        form=plain(forms.AttemptForm),
        do=lambda case, made, place, who: statement.note_attempt(
            case.id, on=made.on.data, how=made.how.data, offered_advocate=made.offered_advocate.data, **who
        ),
        leaves=(events.STATEMENT_ATTEMPTED,),
        button="Keep it",
        told="The attempt is written down.",
        does={NextAction.AGREE_STATEMENT: "Record an attempt to agree it"},
        offered_at="stage-2",
        link="Record an attempt to agree it",
        is_offered=_no_statement,
    ),
    CaseAction(
        slug="agreed",
        address="do/agreed",
        permission=TEAM,
        title="The person agreed the statement",
        form=plain(forms.AgreedForm),
        do=lambda case, made, place, who: statement.agree_statement(case.id, on=made.on.data, how=made.how.data, **who),
        leaves=(events.STATEMENT_AGREED,),
        told="The statement is agreed.",
        explains="One clock starts on this day. The one from the request runs on, and the earlier date counts.",
        does={NextAction.AGREE_STATEMENT: "The person agreed the statement"},
        offered_at="stage-2",
        link="They agreed it",
        is_offered=_no_statement,
    ),
    CaseAction(
        slug="amend-statement",
        address="do/amend-statement",
        permission=TEAM,
        title="Something new after the statement was agreed",
        form=plain(forms.AmendForm),
        do=_amend,
        leaves=(events.STATEMENT_AMENDED,),
        told="The statement is changed, and both counts are shown under Dates.",
        explains="A decision with reasons. The clock from the request runs on in any case.",
        offered_at="stage-2",
        link="Something new came up",
        is_offered=_can_be_amended,
    ),
    CaseAction(
        slug="on-the-record",
        address="do/on-the-record",
        permission=TEAM,
        title="Go on with the written record",
        form=plain(ReasonsForm),
        do=lambda case, made, place, who: statement.go_on_with_the_record(case.id, reasons=made.reasons.data, **who),
        leaves=(events.STATEMENT_AGREED,),
        button="Go on",
        told="The investigation goes on.",
        explains="After two recorded attempts the investigation need not wait any longer.",
        offered_at="stage-2",
        link="Go on with the written record",
        is_offered=_no_statement,
    ),
    appoint_action(Seat.INVESTIGATING_OFFICER),
    appoint_action(Seat.INDEPENDENT_PERSON),
    decide_action(2),
    decider_action(2),
    find_action(2),
    CaseAction(
        slug="investigation-report",
        address="investigate/report",
        permission=Permission.INVESTIGATE,
        title="Hand in the report",
        form=plain(forms.ReportForm),
        do=lambda case, made, place, who: investigation.hand_in_report(case.id, made.text.data, **who),
        leaves=(events.REPORT_HANDED_IN,),
        button="Hand it in",
        told="The report is handed in.",
        explains="Every part has its finding. The council's own 10 working days to answer start today.",
        only_for=in_seat(Seat.INVESTIGATING_OFFICER),
        does={NextAction.INVESTIGATE: "Hand in the report"},
    ),
    CaseAction(
        slug="interview",
        address="investigate/interview",
        permission=Permission.INVESTIGATE,
        title="Record an interview",
        form=plain(forms.InterviewForm),
        do=_interview,
        leaves=(events.INTERVIEW_HELD,),
        button="Keep it",
        told="The interview is written down.",
        explains="The independent person takes part in every interview.",
        only_for=in_seat(Seat.INVESTIGATING_OFFICER),
        does={NextAction.INVESTIGATE: "Record an interview now"},
        offered_at="stage-2",
        link="Record an interview",
    ),
    CaseAction(
        slug="extend-2",
        address="do/extend-2",
        permission=TEAM,
        title="Extend stage 2",
        form=plain(forms.UntilForm),
        do=lambda case, made, place, who: investigation.extend_stage_2(
            case.id, until_on=made.until_on.data, reasons=made.reasons.data, council=council(), **who
        ),
        leaves=(events.STAGE_2_EXTENDED,),
        button="Read the letter",
        told="Stage 2 is extended, and a letter says why.",
        explains="More than 25 working days takes reasons in writing. 65 in all is the longest.",
        letter=_extension_letter,
        offered_at="stage-2",
        link="Extend stage 2",
    ),
    answer_action(2),
    end_action(2),
    CaseAction(
        slug="end-appointment",
        address=f"do/end-appointment/{PLACE}",
        permission=TEAM,
        title="End an appointment",
        form=plain(ReasonsForm),
        do=lambda case, made, place, who: appointments.end_appointment(case.id, place, reasons=made.reasons.data, **who),
        leaves=(events.APPOINTMENT_ENDED,),
        button="End it",
        told="The appointment has ended.",
    ),
    CaseAction(
        slug="comment",
        address=f"independent/comment/{PLACE}",
        permission=Permission.COMMENT,
        title="The independent person on part {place}",
        form=plain(forms.CommentForm),
        do=lambda case, made, place, who: investigation.comment_on_element(
            case.id, place, agrees=made.agrees.data == "yes", comment=made.comment.data or "", **who
        ),
        leaves=(events.ELEMENT_COMMENTED,),
        button="Keep it",
        told="The comment is kept.",
        only_for=in_seat(Seat.INDEPENDENT_PERSON),
    ),
    CaseAction(
        slug="independent-report",
        address="independent/report",
        permission=Permission.COMMENT,
        title="Hand in the independent person's report",
        form=plain(forms.ReportForm),
        do=lambda case, made, place, who: investigation.hand_in_independent_report(case.id, made.text.data, **who),
        leaves=(events.REPORT_HANDED_IN,),
        button="Hand it in",
        told="The report is handed in.",
        explains="Was the investigation open, fair and thorough?",
        only_for=in_seat(Seat.INDEPENDENT_PERSON),
        does={NextAction.COMMENT: "Hand in the independent person's report"},
    ),
)
