"""An advocate's own caseload, and what a child told a colleague that advocates may know."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.cases.models import Case
from portal.cases.opened import done, opened, to_case
from portal.cases.services.advocates import MayKnow, caseload_of, choose_what_advocate_knows, knows_only_the_name
from portal.clock import now, today
from portal.correspondence.forms import ConsentForm
from portal.desk.routes.blueprint import desk
from portal.desk.routes.case import show
from portal.people.access import me, needs
from portal.people.roles import Permission


@desk.get("/caseload")
@needs(Permission.STAND_BY)
def caseload() -> ResponseReturnValue:
    """Whom this advocate stands by, what happens next on each, and until when they may read it."""
    rows = caseload_of(me().id, today())
    return render_template("desk/caseload.html", rows=rows, knows_only_the_name=knows_only_the_name, whom=whom)


def whom(case: Case) -> str:
    """The child of a case as an advocate knows them."""
    return str(case.person.get("child_name") or case.person.get("name") or "They gave no name")


@desk.post("/cases/<reference>/advocate-may-know")
@needs(Permission.TRIAGE)
def note_consent(reference: str) -> ResponseReturnValue:
    """The child told a colleague what an advocate may know."""
    found, form = opened(reference), ConsentForm()

    def action() -> None:
        choose_what_advocate_knows(found.id, MayKnow(form.may_know.data), at=now(), by_id=me().id)

    if done(form, action, "What an advocate may know is written down."):
        return to_case(reference)
    return show(opened(reference), consent=form)
