"""Stage 1 on the desk."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.cases import forms as forms
from portal.cases.choosing import offer
from portal.cases.models import Case
from portal.cases.opened import doing, done, opened, to_case
from portal.correspondence.reading_ease import ease_of
from portal.correspondence.services.messages import in_easy_words
from portal.desk.routes.blueprint import desk
from portal.desk.routes.case import show
from portal.people.access import needs
from portal.people.roles import Permission, Role
from portal.procedure.findings import Finding
from portal.stage_1.forms import AnswerForm, CheckForm, ChildsAnswerForm, EaseForm, ExtendForm, SendForm
from portal.stage_1.services import stage_1
from portal.stage_1.services.stored_answers import stored_answers
from portal.web.settings import council


@desk.post("/cases/<reference>/acknowledge")
@needs(Permission.TRIAGE)
def acknowledge(reference: str) -> ResponseReturnValue:
    """Tell the person that it runs, and by when it is answered."""
    found, form = opened(reference), forms.ConfirmForm()
    if done(
        form, lambda: stage_1.acknowledge(found.id, council=council(), **doing(form)), "The acknowledgement is written."
    ):
        return to_case(reference)
    return show(opened(reference), confirm=form)


@desk.route("/cases/<reference>/allocate", methods=["GET", "POST"])
@needs(Permission.TRIAGE)
def allocate(reference: str) -> ResponseReturnValue:
    """Choose the senior manager."""
    found = opened(reference)
    form = person_form(found, Role.SENIOR_MANAGER)
    if done(
        form,
        lambda: stage_1.choose_senior_manager(found.id, form.person_id.data, **doing(form)),
        "The senior manager is chosen.",
    ):
        return to_case(reference)
    return render_template("desk/choose_person.html", case=found, form=form, heading="Choose the senior manager")


@desk.route("/cases/<reference>/appoint", methods=["GET", "POST"])
@needs(Permission.ALLOCATE)
def appoint(reference: str) -> ResponseReturnValue:
    """Appoint the team manager."""
    found = opened(reference)
    form = person_form(found, Role.TEAM_MANAGER)
    if done(
        form,
        lambda: stage_1.appoint_team_manager(found.id, form.person_id.data, **doing(form)),
        "The team manager is appointed.",
    ):
        return to_case(reference)
    return render_template("desk/choose_person.html", case=found, form=form, heading="Appoint the team manager")


@desk.route("/cases/<reference>/extend", methods=["GET", "POST"])
@needs(Permission.TRIAGE)
def extend(reference: str) -> ResponseReturnValue:
    """A lawful extension."""
    found = opened(reference)
    form = ExtendForm(version=found.version)

    def lengthen() -> None:
        stage_1.extend(found.id, ground=form.ground.data, reasons=form.reasons.data, council=council(), **doing(form))

    if done(form, lengthen, "Stage 1 is extended, and a letter says why."):
        return to_case(reference)
    return render_template("stage_1/extend.html", case=found, form=form)


@desk.route("/cases/<reference>/answer", methods=["GET", "POST"])
@needs(Permission.ANSWER)
def answer(reference: str) -> ResponseReturnValue:
    """Write the answer: to an adult as a letter, to a child in three parts, with a measure of how easy it is to read."""
    found = opened(reference)
    stage = found.stage(1)
    if in_easy_words(found):
        return _answer_child(found, (stage.draft_boxes if stage else None) or {})
    form = AnswerForm(version=found.version, text=stage.draft if stage else "")
    if done(form, lambda: stage_1.write_answer(found.id, form.text.data, **doing(form)), "The answer is kept."):
        return to_case(reference)
    return render_template("stage_1/answer.html", case=found, form=form, stored=stored_answers())


def _answer_child(found: Case, kept: dict[str, str]) -> ResponseReturnValue:
    form = ChildsAnswerForm(version=found.version, **kept)
    text = stage_1.text_of(form.boxes())

    def keep() -> None:
        stage_1.write_answer(found.id, text, boxes=form.boxes(), **doing(form))

    if "show" not in request.form and done(form, keep, "The answer is kept."):
        return to_case(found.reference)
    shown = {name: ease_of(form[name].data or "") for name in stage_1.HEADINGS}
    page = "stage_1/answer_child.html"
    return render_template(page, case=found, form=form, stored=stored_answers(), ease=shown)


@desk.post("/reading-ease")
@needs(Permission.ANSWER)
def reading_ease() -> ResponseReturnValue:
    """How easy some words are to read, for the measure beside the box they are typed into. Nothing is kept."""
    form = EaseForm()
    measured = ease_of(form.words.data or "") if form.validate_on_submit() else None
    return render_template("stage_1/ease.html", ease=measured)


@desk.route("/cases/<reference>/check", methods=["GET", "POST"])
@needs(Permission.CHECK_ANSWERS)
def check(reference: str) -> ResponseReturnValue:
    """The team's quality check."""
    found = opened(reference)
    form = CheckForm(version=found.version)

    def verdict() -> None:
        good, reasons = form.good.data == "yes", form.reasons.data or ""
        stage_1.check_answer_text(found.id, good=good, reasons=reasons, **doing(form))

    if done(form, verdict, "Your check is written down."):
        return to_case(reference)
    return render_template("stage_1/check.html", case=found, form=form)


@desk.route("/cases/<reference>/send", methods=["GET", "POST"])
@needs(Permission.CHECK_ANSWERS)
def send(reference: str) -> ResponseReturnValue:
    """Read the whole letter, then send it, with a finding on each part."""
    found = opened(reference)
    positions = [part.position for part in stage_1.heard_parts(found)]
    form = SendForm.with_findings(positions)(version=found.version)
    only_show, letter = "show" in request.form, ""

    def go() -> None:
        nonlocal letter
        findings = {position: Finding(form[f"finding_{position}"].data) for position in positions}
        letter = stage_1.answer_letter(found, findings, council())
        if not only_show:
            stage_1.send_answer(found.id, findings, council=council(), **doing(form))

    if done(form, go, "" if only_show else "The answer is written as a letter.") and not only_show:
        return to_case(reference)
    return render_template("stage_1/send.html", case=found, form=form, positions=positions, letter=letter)


def person_form(found: Case, role: Role) -> forms.PersonForm:
    """The people who hold a role and are not shut out."""
    form = forms.PersonForm(version=found.version)
    offer(form.person_id, found, role)
    return form
