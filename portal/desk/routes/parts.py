"""The parts of a complaint: described, decided, signed; then one letter that tells the person."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.cases import forms as forms
from portal.cases.opened import doing, done, opened, to_case
from portal.clock import today
from portal.correspondence.forms import LetterWordsForm
from portal.desk.routes.blueprint import desk
from portal.desk.routes.case import show
from portal.people.access import needs
from portal.people.directory import team_names
from portal.people.roles import Permission
from portal.procedure.eligibility import Ground, Standing
from portal.procedure.report_words import sub_subject_names, subject_names
from portal.procedure.routes import Route
from portal.triage.forms import DecidePartForm, PartForm
from portal.triage.services import telling, triage
from portal.triage.services.triage import assess_part, part_at
from portal.web.settings import council


def lists() -> dict[str, list[str]]:
    """What the boxes of a part offer: the teams of the directory, and the subjects of the annual report."""
    return {"service_area": team_names(), "subject": subject_names(), "sub_subject": sub_subject_names()}


@desk.route("/cases/<reference>/parts/new", methods=["GET", "POST"])
@needs(Permission.TRIAGE)
def add_part(reference: str) -> ResponseReturnValue:
    """One more part."""
    found = opened(reference)
    form = PartForm(version=found.version)
    if done(form, lambda: triage.describe_part(found.id, None, form.facts(), **doing(form)), "The part is written down."):
        return to_case(reference)
    return render_template("triage/part.html", case=found, form=form, part=None, lists=lists())


@desk.route("/cases/<reference>/parts/<int(max=2147483647):position>", methods=["GET", "POST"])
@needs(Permission.TRIAGE)
def describe_part(reference: str, position: int) -> ResponseReturnValue:
    """What one part is about."""
    found = opened(reference)
    part = part_at(found, position)
    form = PartForm(version=found.version, **PartForm.from_part(part))
    if done(
        form, lambda: triage.describe_part(found.id, position, form.facts(), **doing(form)), "The part is written down."
    ):
        return to_case(reference)
    return render_template("triage/part.html", case=found, form=form, part=part, lists=lists())


@desk.route("/cases/<reference>/parts/<int(max=2147483647):position>/decide", methods=["GET", "POST"])
@needs(Permission.TRIAGE)
def decide_part(reference: str, position: int) -> ResponseReturnValue:
    """Whether it can be heard, and where it goes."""
    found = opened(reference)
    part = part_at(found, position)
    assessed = assess_part(found, part)
    route = part.route or (assessed.route if assessed else None)
    refused = assessed is not None and assessed.standing in (Standing.NOT_ELIGIBLE, Standing.HELD)
    ground = part.ground or (assessed.grounds[0] if assessed and refused else None)
    form = DecidePartForm(
        version=found.version,
        decision=part.decision.value if part.decision else None,
        route=route.value if route else "",
        ground=ground.value if ground else "",
        reasons=part.reasons,
        review_on=part.review_on,
    )

    def decide() -> None:
        triage.decide_part(
            found.id,
            position,
            decision=Standing(form.decision.data),
            route=Route(form.route.data),
            ground=Ground(form.ground.data) if form.ground.data else None,
            reasons=form.reasons.data or "",
            review_on=form.review_on.data,
            **doing(form),
        )

    if done(form, decide, "The part is decided."):
        return to_case(reference)
    return render_template("triage/decide_part.html", case=found, form=form, part=part, assessed=assessed)


@desk.post("/cases/<reference>/parts/<int(max=2147483647):position>/sign")
@needs(Permission.TRIAGE)
def sign_part(reference: str, position: int) -> ResponseReturnValue:
    """The second signature."""
    found, form = opened(reference), forms.ConfirmForm()
    if done(form, lambda: triage.sign_part(found.id, position, **doing(form)), "The second signature is given."):
        return to_case(reference)
    return show(opened(reference), confirm=form)


@desk.route("/cases/<reference>/tell", methods=["GET", "POST"])
@needs(Permission.TRIAGE)
def tell(reference: str) -> ResponseReturnValue:
    """One letter that says what happens to each part."""
    found = opened(reference)
    form = LetterWordsForm(version=found.version, letter=telling.decision_letter(found, council(), today()))
    letter, seen = form.letter.data, form.version.data

    def send() -> None:
        telling.tell_decision(found.id, council=council(), letter=letter, **doing(form))

    if done(form, send, "The person is told of the decision."):
        return to_case(reference)
    changed = seen != found.version
    if changed:
        form.letter.data = telling.decision_letter(found, council(), today())
    return render_template("triage/tell.html", case=found, form=form, typed=letter if changed else "")
