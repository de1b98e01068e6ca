"""An advocate's own caseload, and what a child told a colleague that advocates may know."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.cases.models import Case
from portal.cases.services.advocates import caseload_of, knows_only_the_name
from portal.clock import today
from portal.desk.routes.blueprint import desk
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
