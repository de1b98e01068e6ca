"""What can be done at stage 1."""

from collections.abc import Mapping
from typing import Any

from portal.actions.action import ON_ITS_PAGE, Stamp, fresh
from portal.cases.actions import TEAM, CaseAction, plain
from portal.cases.choosing import offer
from portal.cases.forms import CaseForm, ColleagueForm, ConfirmForm
from portal.cases.models import Case, NextAction
from portal.clock import today
from portal.correspondence.reading_ease import ease_of
from portal.correspondence.services.messages import in_easy_words
from portal.people.roles import Permission, Role
from portal.procedure.findings import Finding
from portal.procedure.stages import Status
from portal.stage_1 import events, forms
from portal.stage_1.services import stage_1
from portal.stage_1.services.stored_answers import stored_answers
from portal.web.settings import council


def _person_form(case: Case, role: Role) -> CaseForm:
    """The people who hold a role and are not shut out."""
    form = ColleagueForm(version=case.version)
    offer(form.person_id, case, role)
    return form


def _extend(case: Case, form: Any, place: int, who: Stamp) -> None:
    stage_1.extend(case.id, ground=form.ground.data, reasons=form.reasons.data, council=council(), **who)


def _answer_form(case: Case, place: int) -> CaseForm:
    """To an adult a letter; to a child three parts."""
    stage = case.stage(1)
    if in_easy_words(case):
        boxes = (stage.draft_boxes if stage else None) or {}
        return forms.ChildsAnswerForm(version=case.version, searched=stage.searched if stage else "", **boxes)
    draft, searched = (stage.draft, stage.searched) if stage else ("", "")
    return forms.AnswerForm(version=case.version, text=draft, searched=searched)


def _answer(case: Case, form: Any, place: int, who: Stamp) -> None:
    boxes = form.boxes() if in_easy_words(case) else None
    text = form.text.data if boxes is None else stage_1.text_of(boxes)
    stage_1.write_answer(case.id, text, boxes=boxes, searched=form.searched.data or "", **who)


def _answer_facts(case: Case, form: Any, place: int) -> Mapping[str, Any]:
    """What answers often need; and for a child's answer how easy each part is to read."""
    ease = {name: ease_of(form[name].data or "") for name in stage_1.HEADINGS} if in_easy_words(case) else {}
    return {"stored": stored_answers(), "ease": ease}


def _check(case: Case, form: Any, place: int, who: Stamp) -> None:
    stage_1.check_answer_text(case.id, good=form.good.data == "yes", reasons=form.reasons.data or "", **who)


def _positions(case: Case) -> list[int]:
    return [part.position for part in stage_1.heard_parts(case)]


def _findings(case: Case, form: Any) -> dict[int, Finding]:
    return {position: Finding(form[f"finding_{position}"].data) for position in _positions(case)}


def _answer_letter(case: Case, form: Any, place: int) -> str:
    if not form.validate_on_submit():
        return ""
    return stage_1.answer_letter(case, _findings(case, form), council(), today())


def _send(case: Case, form: Any, place: int, who: Stamp) -> None:
    stage_1.send_answer(case.id, _findings(case, form), council=council(), **who)


ACTIONS: tuple[CaseAction, ...] = (
    CaseAction(
        slug="acknowledge",
        permission=TEAM,
        form=fresh(ConfirmForm),
        shown_as="confirm",
        do=lambda case, form, place, who: stage_1.acknowledge(case.id, council=council(), **who),
        leaves=(events.CASE_ACKNOWLEDGED,),
        told="The acknowledgement is written.",
        page=ON_ITS_PAGE,
        does={NextAction.ACKNOWLEDGE: "Acknowledge now"},
    ),
    CaseAction(
        slug="allocate",
        permission=TEAM,
        title="Choose the senior manager",
        form=lambda case, place: _person_form(case, Role.SENIOR_MANAGER),
        do=lambda case, form, place, who: stage_1.choose_senior_manager(case.id, form.person_id.data, **who),
        leaves=(events.SENIOR_MANAGER_CHOSEN,),
        told="The senior manager is chosen.",
        page="desk/choose_person.html",
        does={NextAction.ALLOCATE: "Choose the senior manager"},
    ),
    CaseAction(
        slug="appoint",
        permission=Permission.ALLOCATE,
        title="Appoint the team manager",
        form=lambda case, place: _person_form(case, Role.TEAM_MANAGER),
        do=lambda case, form, place, who: stage_1.appoint_team_manager(case.id, form.person_id.data, **who),
        leaves=(events.TEAM_MANAGER_APPOINTED,),
        told="The team manager is appointed.",
        page="desk/choose_person.html",
        does={NextAction.APPOINT: "Appoint the team manager"},
    ),
    CaseAction(
        slug="extend",
        permission=TEAM,
        title="Extend stage 1",
        form=plain(forms.ExtendForm),
        do=_extend,
        leaves=(events.STAGE_1_EXTENDED,),
        told="Stage 1 is extended, and a letter says why.",
        page="stage_1/extend.html",
        offered_at="next",
        link="Extend stage 1 on a lawful ground",
        is_offered=lambda case, place: case.status is Status.STAGE_1 and not case.stages[0].extended_on,
    ),
    CaseAction(
        slug="check",
        permission=Permission.CHECK_ANSWERS,
        title="Check the answer",
        form=plain(forms.CheckAnswerForm),
        do=_check,
        leaves=(events.ANSWER_CHECKED, events.ANSWER_SENT_BACK),
        told="Your check is written down.",
        page="stage_1/check.html",
        does={NextAction.CHECK_ANSWER: "Check the answer"},
    ),
    CaseAction(
        slug="answer",
        permission=Permission.ANSWER,
        title="Write the answer",
        form=_answer_form,
        do=_answer,
        leaves=(events.ANSWER_WRITTEN,),
        told="The answer is kept.",
        preview=lambda case, form, place: "",  # the words are measured; nothing is kept
        page=lambda case: "stage_1/answer_child.html" if in_easy_words(case) else "stage_1/answer.html",
        facts=_answer_facts,
        does={NextAction.WRITE_ANSWER: "Write the answer", NextAction.CHECK_ANSWER: "Change the answer"},
    ),
    CaseAction(
        slug="send",
        permission=Permission.CHECK_ANSWERS,
        title="Send the answer",
        form=lambda case, place: forms.SendAnswerForm.with_findings(_positions(case))(version=case.version),
        do=_send,
        leaves=(events.ANSWER_SENT,),
        told="The answer is written as a letter.",
        preview=_answer_letter,
        page="stage_1/send.html",
        facts=lambda case, form, place: {"positions": _positions(case)},
        does={NextAction.SEND_ANSWER: "Send the answer"},
    ),
)
