"""The register on the desk."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.clock import now
from portal.independent_people.forms import ListingForm
from portal.independent_people.models import IndependentPerson
from portal.independent_people.queries import listed_person, register
from portal.independent_people.services import list_person
from portal.keys.opening import those_that_open
from portal.people.access import me, needs
from portal.people.queries import people_with
from portal.people.roles import Permission, Role
from portal.web.forms import choices

independent_people = Blueprint("independent_people", __name__, url_prefix="/staff/independent-people")
SIGN_IN_ROLES = (Role.INVESTIGATING_OFFICER, Role.INDEPENDENT_PERSON, Role.PANEL_MEMBER)


@independent_people.get("/")
@needs(Permission.TRIAGE)
def all_listed() -> ResponseReturnValue:
    """Everyone on the register."""
    return render_template("independent_people/list.html", entries=those_that_open(register()))


@independent_people.route("/new", methods=["GET", "POST"])
@needs(Permission.TRIAGE)
def new_entry() -> ResponseReturnValue:
    """One more."""
    return _entry(None)


@independent_people.route("/<int(max=2147483647):key>", methods=["GET", "POST"])
@needs(Permission.TRIAGE)
def one_entry(key: int) -> ResponseReturnValue:
    """Change one."""
    return _entry(listed_person(key) or abort(404))


def _entry(entry: IndependentPerson | None) -> ResponseReturnValue:
    form = ListingForm(**ListingForm.shown(entry))
    can_sign_in = {str(person.id): person.name for person in people_with(*SIGN_IN_ROLES)}
    form.person_id.choices = choices({"0": "None"} | can_sign_in)
    if form.validate_on_submit():
        list_person(form.listing(), key=entry.id if entry else None, at=now(), by_id=me().id)
        flash("The register is up to date.")
        return redirect(url_for("independent_people.all_listed"))
    return render_template("independent_people/one.html", entry=entry, form=form)
