"""Thanks that came, and whether they were passed on."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.clock import now
from portal.compliments.queries import newest_compliments
from portal.compliments.services import CannotPassOn, pass_on
from portal.people.access import me, needs
from portal.people.roles import Deed
from portal.web.errors import error_page
from portal.web.forms import PortalForm, page_number

compliments = Blueprint("compliments", __name__, url_prefix="/staff/compliments")


@compliments.get("/")
@needs(Deed.READ_COMPLIMENTS)
def all_compliments() -> ResponseReturnValue:
    """The newest first."""
    page = page_number(request.args.get("page"))
    found, has_more = newest_compliments(page)
    return render_template("compliments/list.html", found=found, has_more=has_more, page=page, form=PortalForm())


@compliments.post("/<int(max=2147483647):compliment_id>/passed-on")
@needs(Deed.TRIAGE)
def passed_on(compliment_id: int) -> ResponseReturnValue:
    """The thanks reached whom they were for."""
    if PortalForm().validate_on_submit():
        try:
            pass_on(compliment_id, at=now(), by_id=me().id)
        except CannotPassOn:
            return error_page(
                404, "These thanks cannot be passed on", "Go back to the list: it shows what its sender wants."
            )
    return redirect(url_for("compliments.all_compliments"))
