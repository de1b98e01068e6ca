"""The pages of the steps: one view for each kind of colleague, and one page for all."""

from typing import Any, cast

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.cases.action import Step
from portal.cases.errors import NotComplete
from portal.cases.models import Case
from portal.cases.opened import REFUSALS, doing, done, opened, to_case
from portal.cases.stages import in_post
from portal.correspondence import actions as letters
from portal.desk import team_actions
from portal.desk.routes.blueprint import desk
from portal.independent_people.queries import listed_people
from portal.later_stages.actions import stage_2, stage_3
from portal.other_routes import actions as strands
from portal.people.access import may, me, needs
from portal.people.roles import Permission
from portal.procedure.independence import ON_THE_PANEL, Seat

OF_THE_TEAM = team_actions.TEAM | letters.TEAM | strands.TEAM | stage_2.TEAM | stage_3.TEAM


@desk.route("/cases/<reference>/do/<step>", methods=["GET", "POST"])
@desk.route("/cases/<reference>/do/<step>/<int(max=2147483647):place>", methods=["GET", "POST"])
@needs(Permission.TRIAGE)
def team_step(reference: str, step: str, place: int = 0) -> ResponseReturnValue:
    """What the team does."""
    return take(opened(reference), OF_THE_TEAM, step, place)


@desk.route("/cases/<reference>/investigate/<step>", methods=["GET", "POST"])
@desk.route("/cases/<reference>/investigate/<step>/<int(max=2147483647):place>", methods=["GET", "POST"])
@needs(Permission.INVESTIGATE)
def investigation_step(reference: str, step: str, place: int = 0) -> ResponseReturnValue:
    """What the investigating officer does, or the team for them."""
    return take(mine(opened(reference), Seat.INVESTIGATING_OFFICER), stage_2.INVESTIGATOR, step, place)


@desk.route("/cases/<reference>/independent/<step>", methods=["GET", "POST"])
@desk.route("/cases/<reference>/independent/<step>/<int(max=2147483647):place>", methods=["GET", "POST"])
@needs(Permission.COMMENT)
def independent_step(reference: str, step: str, place: int = 0) -> ResponseReturnValue:
    """What the independent person does, or the team for them."""
    return take(mine(opened(reference), Seat.INDEPENDENT_PERSON), stage_2.INDEPENDENT, step, place)


@desk.route("/cases/<reference>/panel/<step>", methods=["GET", "POST"])
@desk.route("/cases/<reference>/panel/<step>/<int(max=2147483647):place>", methods=["GET", "POST"])
@needs(Permission.SIT_ON_PANEL)
def panel_step(reference: str, step: str, place: int = 0) -> ResponseReturnValue:
    """What the panel does, or the team for it."""
    return take(mine(opened(reference), *ON_THE_PANEL), stage_3.PANEL, step, place)


@desk.route("/cases/<reference>/decide/<step>", methods=["GET", "POST"])
@needs(Permission.ADJUDICATE)
def decision_step(reference: str, step: str, place: int = 0) -> ResponseReturnValue:
    """What the senior manager or the director decides."""
    return take(opened(reference), stage_3.DECIDER, step, place)


def mine(found: Case, *seats: Seat) -> Case:
    """The case, if this person is of the team or holds one of these seats on it now. Raises NotComplete."""
    if may(Permission.TRIAGE):
        return found
    held = [one.independent_person_id for stage in found.stages for one in in_post(stage, *seats)]
    if me().id not in {entry.person_id for entry in listed_people(held).values()}:
        raise NotComplete("You are not appointed to this on this case.")
    return found


def take(found: Case, steps: dict[str, Step], slug: str, place: int) -> ResponseReturnValue:
    """Show a step's page, or do its action; a letter is shown first, and sent as it then stands in the box."""
    step = steps.get(slug)
    if step is None:
        raise NotComplete("There is no such step. Go back to the case.")
    form: Any = step.form(found, place)
    letter = request.form.get("letter", "").strip()
    if step.letter is not None and request.method == "POST" and not letter:
        letter = _written(found, step, form, place)
        return page(found, step, form, place, letter)
    more = {"letter": letter.replace("\r\n", "\n")} if step.letter is not None else {}
    if done(form, lambda: step.do(found, form, place, cast(Any, doing(form) | more)), step.told):
        return to_case(found.reference)
    return page(opened(found.reference), step, form, place, letter)


def _written(found: Case, step: Step, form: Any, place: int) -> str:
    """The letter as it would go; empty when the form or a rule holds it back, which the form then says."""
    if step.letter is None or not form.validate_on_submit():
        return ""
    try:
        return step.letter(found, form, place)
    except REFUSALS as refusal:
        form.form_errors.append(str(refusal))
        return ""


def page(found: Case, step: Step, form: Any, place: int, letter: str) -> ResponseReturnValue:
    """The page of a step."""
    title = step.title.format(place=place)
    shown = [field for field in form if field.name not in ("csrf_token", "once", "version")]
    facts = {"case": found, "step": step, "form": form, "title": title, "letter": letter, "shown": shown}
    return render_template("desk/action.html", **facts)
