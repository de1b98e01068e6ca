"""Joiners and leavers, by the administrator."""

import re

import pytest

from portal.database import db
from portal.people.models import Person
from portal.people.roles import Role
from tests.factories.people import a_person
from tests.factories.web import errors_on, fill_in, page_of

PEOPLE = "/staff/people/"


@pytest.fixture
def admin(staff):
    return staff(Role.ADMINISTRATOR, "Lee")


def person(app, name):
    with app.app_context():
        return db.session.query(Person).filter_by(name=name).one()


def test_someone_joins_with_a_password_that_is_shown_once(app, admin):
    done = page_of(fill_in(admin, PEOPLE, email="New@Example.org", name="Noor", team="Quality", roles=["report_reader"]))
    assert "Noor can sign in with the first password" in done
    password = re.search("first password <code>(.+?)</code>", done)[1]
    assert password not in page_of(admin.get(PEOPLE))
    visitor = app.test_client()
    fill_in(visitor, "/staff/sign-in", email="new@example.org", password=password)
    assert visitor.get("/staff/").location.startswith("/staff/password")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"email": "nobody"}, "Write an email address"),
        ({"name": ""}, "Write their name"),
        ({"roles": []}, "Choose one role or more"),
        ({"roles": ["king"]}, "Choose from the answers"),
    ],
)
def test_what_is_missing_is_said(admin, changed, sentence):
    given = {"email": "a@example.org", "name": "A", "roles": ["any_staff"]} | changed
    assert sentence in errors_on(page_of(fill_in(admin, PEOPLE, **given)))


def test_an_address_that_is_here_is_not_taken_twice(app, admin):
    with app.app_context():
        email = a_person(Role.ANY_STAFF, "Kit").email
    again = page_of(fill_in(admin, PEOPLE, email=email, name="Kit", roles=["any_staff"]))
    assert "is here already" in errors_on(again)
    assert "first password" not in again


def test_roles_and_manager_change_and_a_ring_is_refused(app, admin):
    with app.app_context():
        kit, sam = a_person(Role.ANY_STAFF, "Kit").id, a_person(Role.TEAM_MANAGER, "Sam").id
    fill_in(admin, f"{PEOPLE}{kit}", roles=["any_staff", "report_reader"], manager_id=str(sam))
    found = person(app, "Kit")
    assert (found.manager_id, [role.name for role in found.roles]) == (sam, ["any_staff", "report_reader"])
    refused = fill_in(admin, f"{PEOPLE}{sam}", manager_id=str(kit))
    assert "above themselves" in errors_on(page_of(refused))


def test_someone_leaves_and_the_last_administrator_cannot(app, admin):
    with app.app_context():
        kit = a_person(Role.ANY_STAFF, "Kit").id
    assert "Kit: done." in page_of(fill_in(admin, f"{PEOPLE}{kit}", change="leave", follow=True))
    assert not person(app, "Kit").active
    lee = person(app, "Lee").id
    assert "last administrator" in errors_on(page_of(fill_in(admin, f"{PEOPLE}{lee}", change="leave")))


def test_someone_starts_afresh(app, admin):
    with app.app_context():
        kit = a_person(Role.ANY_STAFF, "Kit").id
    assert "The new first password is" in page_of(fill_in(admin, f"{PEOPLE}{kit}", change="afresh"))
    assert person(app, "Kit").must_change_password


def test_nobody_there_is_said(admin):
    assert admin.get(f"{PEOPLE}99999").status_code == 404
