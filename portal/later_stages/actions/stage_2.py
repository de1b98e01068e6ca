"""Stage 2, step by step."""

from typing import Any

from portal.cases.action import Step, Who, by_slug, plain
from portal.cases.forms import CaseForm, ReasonsForm
from portal.cases.models import Case
from portal.cases.stages import running_stage
from portal.clock import today
from portal.later_stages import forms as forms
from portal.later_stages.actions.shared import answer_step, appoint_step, decider_step, end_step, find_step
from portal.later_stages.services import appointments, investigation, statement
from portal.people.access import may
from portal.people.roles import Permission
from portal.procedure.independence import Seat
from portal.web.settings import council


def _write_statement(case: Case, made: Any, place: int, who: Who) -> None:
    elements = made.elements.data.split("\n")
    statement.write_statement(case.id, elements, made.desired.data or "", by_person=made.by_person.data, **who)


def _statement_form(case: Case, place: int) -> CaseForm:
    stage = case.stage(2)
    newest = stage.statements[-1] if stage and stage.statements else None
    elements = newest.elements if newest else [part.words for part in case.parts if part.route == "statutory"]
    desired = newest.desired if newest else ""
    return forms.StatementForm(version=case.version, elements="\n".join(elements), desired=desired)


def _interview(case: Case, made: Any, place: int, who: Who) -> None:
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


INTERVIEW = Step(
    "interview",
    "Record an interview",
    "Keep it",
    "The interview is written down.",
    plain(forms.InterviewForm),
    _interview,
    "The independent person takes part in every interview.",
)
TEAM = by_slug(
    Step(
        "statement",
        "Write the statement of complaint",
        "Keep this version",
        "The version is kept.",
        _statement_form,
        _write_statement,
        "Each version is kept, with who wrote it and when.",
    ),
    Step(
        "attempt",
        "Record an attempt to agree the statement",
        "Keep it",
        "The attempt is written down.",
        plain(forms.AttemptForm),
        lambda case, made, place, who: statement.note_attempt(
            case.id, on=made.on.data, how=made.how.data, offered_advocate=made.offered_advocate.data, **who
        ),
    ),
    Step(
        "agreed",
        "The person agreed the statement",
        "Save",
        "The statement is agreed.",
        plain(forms.AgreedForm),
        lambda case, made, place, who: statement.agree_statement(case.id, on=made.on.data, how=made.how.data, **who),
        "One clock starts on this day. The one from the request runs on, and the earlier date counts.",
    ),
    Step(
        "on-the-record",
        "Go on with the written record",
        "Go on",
        "The investigation goes on.",
        plain(ReasonsForm),
        lambda case, made, place, who: statement.go_on_with_the_record(case.id, reasons=made.reasons.data, **who),
        "After two recorded attempts the investigation need not wait any longer.",
    ),
    Step(
        "extend-2",
        "Extend stage 2",
        "Read the letter",
        "Stage 2 is extended, and a letter says why.",
        plain(forms.UntilForm),
        lambda case, made, place, who: investigation.extend_stage_2(
            case.id, until_on=made.until_on.data, reasons=made.reasons.data, council=council(), **who
        ),
        "More than 25 working days takes reasons in writing. 65 in all is the longest.",
        _extension_letter,
    ),
    Step(
        "end-appointment",
        "End an appointment",
        "End it",
        "The appointment has ended.",
        plain(ReasonsForm),
        lambda case, made, place, who: appointments.end_appointment(case.id, place, reasons=made.reasons.data, **who),
    ),
    appoint_step(Seat.INVESTIGATING_OFFICER),
    appoint_step(Seat.INDEPENDENT_PERSON),
    decider_step(2),
    answer_step(2),
    end_step(2),
)
INVESTIGATOR = by_slug(
    INTERVIEW,
    find_step(2),
    Step(
        "report",
        "Hand in the report",
        "Hand it in",
        "The report is handed in.",
        plain(forms.ReportForm),
        lambda case, made, place, who: investigation.hand_in_report(case.id, made.text.data, **who),
        "Every part has its finding. The council's own 10 working days to answer start today.",
    ),
)
INDEPENDENT = by_slug(
    Step(
        "comment",
        "The independent person on part {place}",
        "Keep it",
        "The comment is kept.",
        plain(forms.CommentForm),
        lambda case, made, place, who: investigation.comment_on_element(
            case.id, place, agrees=made.agrees.data == "yes", comment=made.comment.data or "", **who
        ),
    ),
    Step(
        "report",
        "Hand in the independent person's report",
        "Hand it in",
        "The report is handed in.",
        plain(forms.ReportForm),
        lambda case, made, place, who: investigation.hand_in_independent_report(case.id, made.text.data, **who),
        "Was the investigation open, fair and thorough?",
    ),
)
