"""The staff directory: joiners, leavers, names and teams; the administrator's pages."""

import secrets
from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.audit.queries import entries_since
from portal.clock import now
from portal.keys.opening import those_that_open
from portal.people.access import me, needs
from portal.people.directory import all_teams, find_people, team_by_id, team_names
from portal.people.forms import ChangePersonForm, ChangeTeamForm, NewPersonForm, TeamForm
from portal.people.models import Asked, Person
from portal.people.queries import names_of, people_by_ids, person_by_id
from portal.people.requests import (
    OF_REQUESTS,
    AnsweredAlready,
    NotTheSecond,
    agree,
    ask,
    needs_a_second,
    open_requests,
    refuse,
)
from portal.people.roles import Permission, Role
from portal.people.services import (
    OF_SIGN_IN,
    AlreadyHere,
    LastAdministrator,
    OwnManager,
    add_person,
    change_listing,
    change_manager,
    change_roles,
    deactivate,
    start_afresh,
)
from portal.people.staff_import import COLUMNS, NEEDED_COLUMNS, StaffImport, import_staff, read_roster
from portal.people.teams import NameTaken, close_team, rename_team, team_called
from portal.web.forms import PortalForm, page_number
from portal.web.sheet_form import SheetForm
from portal.web.sheets import SheetRefused, write_sheet

people = Blueprint("people_pages", __name__, url_prefix="/staff/people")
WAITS = (
    "another administrator or the lead has to agree first. They see it on their page of requests; on yours stands your "
    "half of the first password that the person then signs in with."
)
LAST = "This is the last administrator. Take in another one first."
SHOWN = OF_SIGN_IN | OF_REQUESTS
SAID = {event.name: words for event, words in SHOWN.items()}
SHOWN_FOR, MAX_SHOWN = timedelta(days=30), 500
ABOVE = "Nobody can be above themselves. Choose someone else"


@people.route("/", methods=["GET", "POST"])
@needs(Permission.CHANGE_PEOPLE)
def all_people() -> ResponseReturnValue:
    """Everyone, a search by any of their names, and a form for someone who joins."""
    form, password = NewPersonForm(), ""
    if form.validate_on_submit():
        password = _take_in(form)
    words, page = request.args.get("q", "")[:100], page_number(request.args.get("page"))
    found, has_more = find_people(words, page)
    names = names_of({person.manager_id for person in found if person.manager_id})
    shown = {"people": found, "names": names, "words": words, "page": page, "has_more": has_more}
    return render_template("people/list.html", form=form, password=password, teams=team_names(), **shown)


def _take_in(form: NewPersonForm) -> str:
    """Take someone in; gives their first password, or nothing when they are here already."""
    password, listing = secrets.token_urlsafe(15), form.listing()
    facts: dict[str, Any] = {"password": password, "team": listing.team, "manager_id": form.manager_id.data or None}
    try:
        person = add_person(form.email.data, listing.name, [], **facts)
    except AlreadyHere:
        form.email.errors = ["Someone with this address is here already"]
        return ""
    change_listing(person.id, listing, at=now(), by_id=me().id)
    return "" if _give_roles(person, form.chosen_roles()) else password


def _give_roles(person: Person, roles: list[Role]) -> bool:
    """Give someone roles, or ask for a second person where one is needed; says whether one is."""
    waits = needs_a_second(person, roles)
    if waits:
        ask(person.id, Asked.ROLES, roles, at=now(), by_id=me().id)
        flash(f"{person.name}: {WAITS}")
    else:
        change_roles(person.id, roles, at=now(), by_id=me().id)
    return waits


@people.route("/<int(max=2147483647):person_id>", methods=["GET", "POST"])
@needs(Permission.CHANGE_PEOPLE)
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
            form.manager_id.errors = [ABOVE]
        else:
            if not password:
                flash(f"{person.name}: done.")
                return redirect(url_for("people_pages.all_people"))
    return render_template("people/one.html", person=person, form=form, password=password, teams=team_names())


def _change(person: Person, form: ChangePersonForm) -> str:
    """Do what was chosen; gives a new first password when there is one."""
    facts: dict[str, Any] = {"at": now(), "by_id": me().id}
    if form.change.data == "leave":
        deactivate(person.id, **facts)
    elif form.change.data == "afresh" and needs_a_second(person):
        ask(person.id, Asked.AFRESH, **facts)
        flash(f"{person.name}: {WAITS}")
    elif form.change.data == "afresh":
        return start_afresh(person.id, **facts)
    else:
        change_manager(person.id, form.manager_id.data or None, **facts)
        _give_roles(person, form.chosen_roles())
        change_listing(person.id, form.listing(), **facts)
    return ""


@people.get("/requests")
@needs(Permission.AGREE_TO_ACCESS)
def requests() -> ResponseReturnValue:
    """What waits for a second person."""
    return _show_requests("")


@people.post("/requests/<int(max=2147483647):request_id>/<answer>")
@needs(Permission.AGREE_TO_ACCESS)
def answer_request(request_id: int, answer: str) -> ResponseReturnValue:
    """Agree, or say no."""
    password = ""
    if answer not in ("agree", "refuse"):
        abort(404)
    if PortalForm().validate_on_submit():
        try:
            if answer == "agree":
                password = agree(request_id, at=now(), by_id=me().id)
            else:
                refuse(request_id, at=now(), by_id=me().id)
        except NotTheSecond:
            flash("You asked for this, or it is about you. Someone else has to agree.")
        except AnsweredAlready:
            flash("Someone has already answered this.")
        except LastAdministrator:
            flash(LAST)
        else:
            flash("Done." if answer == "agree" else "It was not agreed to. Nothing has changed.")
    return _show_requests(password) if password else redirect(url_for("people_pages.requests"))


def _show_requests(password: str) -> ResponseReturnValue:
    waiting = open_requests()
    people = {person.id: person for person in people_by_ids({one.person_id for one in waiting})}
    names = names_of({one.asked_by_id for one in waiting})
    shown = {"waiting": waiting, "names": names, "people": people, "password": password, "my_id": me().id}
    return render_template("people/requests.html", form=PortalForm(), **shown)


@people.get("/me")
def my_sign_in() -> ResponseReturnValue:
    """How one signs in: the ways there are, and where each is changed."""
    return render_template("people/my_sign_in.html", me=me())


@people.get("/sign-ins")
@needs(Permission.CHANGE_PEOPLE)
def sign_ins() -> ResponseReturnValue:
    """What happened lately with accounts: failed sign-ins, new second factors and passwords, new roles."""
    entries = those_that_open(entries_since(list(SHOWN), now() - SHOWN_FOR)[:MAX_SHOWN])
    ids = {int(entry.about.partition("/")[2]) for entry in entries} | {entry.by_id for entry in entries if entry.by_id}
    return render_template("people/sign_ins.html", entries=entries, names=names_of(ids), days=SHOWN_FOR.days, SAID=SAID)


@people.route("/teams", methods=["GET", "POST"])
@needs(Permission.CHANGE_PEOPLE)
def teams() -> ResponseReturnValue:
    """The council's teams, and a form for a new one."""
    form = TeamForm()
    if form.validate_on_submit():
        team_called(form.name.data or "")
        return redirect(url_for("people_pages.teams"))
    return render_template("people/teams.html", teams=all_teams(), form=form)


@people.route("/teams/<int(max=2147483647):team_id>", methods=["GET", "POST"])
@needs(Permission.CHANGE_PEOPLE)
def one_team(team_id: int) -> ResponseReturnValue:
    """One team: another name, or its end."""
    team = team_by_id(team_id)
    if team is None:
        abort(404)
    form = ChangeTeamForm(name=team.name)
    if form.validate_on_submit():
        try:
            if form.change.data == "close":
                close_team(team_id, at=now(), by_id=me().id)
            else:
                rename_team(team_id, form.name.data or "", at=now(), by_id=me().id)
        except NameTaken:
            form.name.errors = ["Another team has this name. Choose another one"]
        else:
            return redirect(url_for("people_pages.teams"))
    return render_template("people/team.html", team=team, form=form)


@people.route("/import", methods=["GET", "POST"])
@needs(Permission.CHANGE_PEOPLE)
def bring_in() -> ResponseReturnValue:
    """A table of people: first what it would change, then the change."""
    form, change, sheet = SheetForm(), None, ""
    if form.validate_on_submit():
        try:
            rows, read = read_roster(form.content())
            change, sheet = _keep(form, rows), write_sheet(read, COLUMNS)
        except SheetRefused as refusal:
            form.file.errors = [str(refusal)]
        except LastAdministrator:
            form.file.errors = [LAST]
        except OwnManager:
            form.file.errors = ["Someone in the table would stand above themselves. Nothing was kept"]
        else:
            if form.is_to_keep:
                flash(f"The directory is up to date: {change}")
                return redirect(url_for("people_pages.all_people"))
    shown = {"change": change, "sheet": sheet, "COLUMNS": COLUMNS, "NEEDED_COLUMNS": NEEDED_COLUMNS}
    return render_template("people/import.html", form=form, **shown)


def _keep(form: SheetForm, rows: Any) -> StaffImport:
    return import_staff(rows, keep=form.is_to_keep, at=now(), by_id=me().id)
