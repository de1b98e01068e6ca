"""Joiners and leavers: the administrator's pages."""

import secrets
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.clock import now
from portal.people.access import me, needs
from portal.people.forms import ChangePersonForm, NewPersonForm
from portal.people.models import Person
from portal.people.queries import everyone, names_of, person_by_id
from portal.people.roles import Deed
from portal.people.services import (
    AlreadyHere,
    LastAdministrator,
    OwnManager,
    add_person,
    change_manager,
    change_roles,
    let_leave,
    start_afresh,
)

people = Blueprint("people_pages", __name__, url_prefix="/staff/people")
LAST = "This is the last administrator. Take in another one first."


@people.route("/", methods=["GET", "POST"])
@needs(Deed.CHANGE_PEOPLE)
def all_people() -> ResponseReturnValue:
    """Everyone, and a form for someone who joins."""
    form, password = NewPersonForm(), ""
    if form.validate_on_submit():
        password = secrets.token_urlsafe(15)
        try:
            team, manager = form.team.data or "", form.manager_id.data or None
            roles = form.chosen_roles()
            add_person(form.email.data, form.name.data, roles, password=password, team=team, manager_id=manager)
        except AlreadyHere:
            form.email.errors, password = ["Someone with this address is here already"], ""
    found = everyone()
    names = names_of({person.manager_id for person in found if person.manager_id})
    return render_template("people/list.html", people=found, names=names, form=form, password=password)


@people.route("/<int(max=2147483647):person_id>", methods=["GET", "POST"])
@needs(Deed.CHANGE_PEOPLE)
def one_person(person_id: int) -> ResponseReturnValue:
    """One colleague."""
    person = person_by_id(person_id)
    if person is None:
        abort(404)
    form, password = ChangePersonForm.of(person), ""
    if form.validate_on_submit():
        try:
            password = _change(person, form)
        except LastAdministrator:
            form.change.errors = [LAST]
        except OwnManager:
            form.manager_id.errors = ["Nobody can be above themselves. Choose someone else"]
        else:
            if not password:
                flash(f"{person.name}: done.")
                return redirect(url_for("people_pages.all_people"))
    return render_template("people/one.html", person=person, form=form, password=password)


def _change(person: Person, form: ChangePersonForm) -> str:
    """Do what was chosen; gives a new first password when there is one."""
    facts: dict[str, Any] = {"at": now(), "by_id": me().id}
    if form.change.data == "leave":
        let_leave(person.id, **facts)
    elif form.change.data == "afresh":
        return start_afresh(person.id, **facts)
    else:
        change_manager(person.id, form.manager_id.data or None, **facts)
        change_roles(person.id, form.chosen_roles(), **facts)
    return ""
