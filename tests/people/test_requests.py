"""An administrator cannot read cases, also not by two clicks: letting somebody read them takes two people."""

import re
from io import BytesIO

import pytest

from portal.clock import now
from portal.database import db
from portal.outbox.account_news import tell_of_account_changes
from portal.outbox.models import OutgoingEmail
from portal.people.models import Person
from portal.people.requests import OPEN_FOR, open_requests
from portal.people.roles import Role
from tests.factories.people import a_person
from tests.factories.web import errors_on, fill_in, page_of

PEOPLE, REQUESTS = "/staff/people/", "/staff/people/requests"


@pytest.fixture
def admin(staff):
    return staff(Role.ADMINISTRATOR, "Lee")


@pytest.fixture
def second(staff):
    return staff(Role.ADMINISTRATOR, "Sasha")


@pytest.fixture
def kit(app):
    with app.app_context():
        return a_person(Role.ANY_STAFF, "Kit").id


@pytest.fixture
def officer(app):
    with app.app_context():
        return a_person(Role.CUSTOMER_RELATIONS, "Kim").id


def of(app, person_id):
    with app.app_context():
        person = db.session.get(Person, person_id)
        return [role.name for role in person.roles], person.password


def token_on(client, address):
    return re.search(r'name="csrf_token" type="hidden" value="([^"]+)"', page_of(client.get(address)))[1]


def code_on(page):
    return re.search(r"half of (?:their|the) first password is\s*<code>([^<]+)</code>", page)[1]


def answer(client, which="agree"):
    """Agree to what was asked last, or do not."""
    page = page_of(client.get(REQUESTS))
    address = re.findall(rf'action="({REQUESTS}/\d+/{which})"', page)[-1]
    return fill_in(client, REQUESTS, address, follow=True)


@pytest.mark.parametrize("role", ["customer_relations", "team_manager", "advocate", "director", "administrator"])
def test_a_role_that_reads_cases_or_changes_people_waits_for_a_second_person(app, admin, second, kit, role):
    done = page_of(fill_in(admin, f"{PEOPLE}{kit}", roles=[role], follow=True))
    assert "another administrator or the lead has to agree first" in done
    assert of(app, kit)[0] == ["any_staff"]
    assert "The second half of their first password is" in page_of(answer(second))
    assert of(app, kit)[0] == [role]


@pytest.mark.parametrize("role", ["any_staff", "report_reader"])
def test_a_role_that_reads_no_case_is_given_at_once(app, admin, kit, role):
    fill_in(admin, f"{PEOPLE}{kit}", roles=[role])
    assert of(app, kit)[0] == [role]


def test_taking_a_role_away_needs_nobody_else(app, admin, officer):
    fill_in(admin, f"{PEOPLE}{officer}", roles=["any_staff"])
    assert of(app, officer)[0] == ["any_staff"]


def test_nobody_agrees_to_what_they_asked_for_themselves(app, admin, kit):
    fill_in(admin, f"{PEOPLE}{kit}", roles=["customer_relations"])
    page = page_of(admin.get(REQUESTS))
    assert ("Someone else has to agree." in page, "Take it back" in page) == (True, True)
    fields = {"csrf_token": token_on(admin, PEOPLE)}
    refused = admin.post(f"{REQUESTS}/1/agree", data=fields, follow_redirects=True)
    assert "Someone else has to agree" in page_of(refused)
    assert of(app, kit)[0] == ["any_staff"]


def test_nobody_agrees_to_a_role_of_their_own(app, admin, second):
    with app.app_context():
        sasha = db.session.query(Person).filter_by(name="Sasha").one().id
    fill_in(admin, f"{PEOPLE}{sasha}", roles=["administrator", "customer_relations"])
    page = page_of(second.get(REQUESTS))
    assert "Someone else has to agree." in page
    fields = {"csrf_token": token_on(second, PEOPLE)}
    second.post(f"{REQUESTS}/1/agree", data=fields)
    assert of(app, sasha)[0] == ["administrator"]


def test_someone_who_joins_to_read_cases_has_no_role_until_a_second_person_agrees(app, admin, second):
    fill_in(admin, PEOPLE, email="new@example.org", name="Noor", roles=["customer_relations"])
    with app.app_context():
        noor = db.session.query(Person).filter_by(name="Noor").one()
        person_id, roles = noor.id, list(noor.roles)
    assert roles == []
    answer(second)
    assert of(app, person_id)[0] == ["customer_relations"]


def test_who_reads_cases_is_started_afresh_by_two_and_each_has_half_of_the_password(app, admin, second, officer):
    before = of(app, officer)[1]
    fill_in(admin, f"{PEOPLE}{officer}", change="afresh")
    assert of(app, officer)[1] == before
    first = code_on(page_of(admin.get(REQUESTS)))
    second_half = code_on(page_of(answer(second)))
    assert of(app, officer)[1] != before
    with app.app_context():
        email = db.session.get(Person, officer).email
    for password, status in ((first, 200), (second_half, 200), (first + second_half, 302)):
        assert fill_in(app.test_client(), "/staff/sign-in", email=email, password=password).status_code == status


def test_the_lead_can_be_the_second_and_finds_it_above_the_queue(app, admin, staff, kit):
    fill_in(admin, f"{PEOPLE}{kit}", roles=["team_manager"])
    lead = staff(Role.CUSTOMER_RELATIONS_LEAD, "Ash")
    assert "a second person has to agree" in page_of(lead.get("/staff/queue"))
    answer(lead)
    assert of(app, kit)[0] == ["team_manager"]
    assert "a second person has to agree" not in page_of(lead.get("/staff/queue"))


def test_what_is_refused_changes_nothing(app, admin, second, kit):
    fill_in(admin, f"{PEOPLE}{kit}", roles=["team_manager"])
    assert "It was not agreed to" in page_of(answer(second, "refuse"))
    assert of(app, kit)[0] == ["any_staff"]
    assert "Nothing is waiting." in page_of(second.get(REQUESTS))


def test_two_who_answer_at_once_are_told_apart(app, admin, second, staff, kit):
    fill_in(admin, f"{PEOPLE}{kit}", roles=["team_manager"])
    page = page_of(staff(Role.CUSTOMER_RELATIONS_LEAD, "Ash").get(REQUESTS))
    assert "Kit" in page
    answer(second)
    fields = {
        "csrf_token": re.search(r'name="csrf_token" type="hidden" value="([^"]+)"', page_of(second.get("/staff/password")))[
            1
        ]
    }
    late = second.post(f"{REQUESTS}/1/agree", data=fields, follow_redirects=True)
    assert "Someone has already answered this" in page_of(late)


def test_asking_twice_leaves_one_request(app, admin, kit):
    for role in ("team_manager", "advocate"):
        fill_in(admin, f"{PEOPLE}{kit}", roles=[role])
    with app.app_context():
        assert [one.roles for one in open_requests()] == ["advocate"]


def test_whoever_could_agree_and_the_person_are_told_by_email(app, admin, second, staff, kit):
    staff(Role.CUSTOMER_RELATIONS_LEAD, "Ash")
    fill_in(admin, f"{PEOPLE}{kit}", roles=["team_manager"])
    answer(second)
    with app.app_context():
        tell_of_account_changes(at=now())
        told = [(mail.recipient.partition("-")[0], mail.body) for mail in db.session.query(OutgoingEmail)]
    assert sorted(who for who, body in told if "waits for a second person" in body) == ["ash", "sasha"]
    assert sorted(who for who, body in told if "A second person agreed" in body) == ["ash", "lee"]
    assert [who for who, body in told if "What you may do in the portal was changed" in body] == ["kit"]


def test_a_table_that_an_administrator_brings_in_gives_no_such_role_either(app, admin, second):
    table = b"email,name,roles\nnew@example.org,Noor,team_manager\n"
    looked = fill_in(admin, f"{PEOPLE}import", file=(BytesIO(table), "people.csv"))
    assert errors_on(page_of(looked)) == ""
    assert "1 wait for a second person" in page_of(looked)


def test_a_request_that_was_taken_back_is_never_another_ones(app, admin, second, kit, officer):
    fill_in(admin, f"{PEOPLE}{kit}", roles=["advocate"])
    seen = re.findall(rf'action="({REQUESTS}/\d+/agree)"', page_of(second.get(REQUESTS)))[0]
    answer(admin, "refuse")
    fill_in(admin, f"{PEOPLE}{officer}", roles=["customer_relations", "administrator"])
    fields = {"csrf_token": token_on(second, PEOPLE)}
    assert "Someone has already answered this" in page_of(second.post(seen, data=fields, follow_redirects=True))
    assert of(app, officer)[0] == ["customer_relations"]


@pytest.mark.parametrize(
    ("has", "gets"),
    [(Role.DIRECTOR, "customer_relations"), (Role.ADVOCATE, "senior_manager"), (Role.INDEPENDENT_PERSON, "team_manager")],
)
def test_another_role_that_reads_cases_waits_too_for_whoever_reads_some(app, admin, has, gets):
    with app.app_context():
        person_id = a_person(has, "Pat").id
    fill_in(admin, f"{PEOPLE}{person_id}", roles=[has.value, gets])
    assert of(app, person_id)[0] == [has.value]


def test_a_first_password_that_an_administrator_saw_is_worth_nothing_once_the_role_is_given(app, admin, second, kit):
    made = page_of(fill_in(admin, f"{PEOPLE}{kit}", change="afresh"))
    password = re.search(r"first password is <code>([^<]+)</code>", made)[1]
    fill_in(admin, f"{PEOPLE}{kit}", roles=["customer_relations"])
    answer(second)
    with app.app_context():
        email = db.session.get(Person, kit).email
    assert fill_in(app.test_client(), "/staff/sign-in", email=email, password=password).status_code == 200


def test_whoever_joins_to_read_cases_has_no_password_that_one_administrator_knows(admin):
    done = page_of(fill_in(admin, PEOPLE, email="new@example.org", name="Noor", roles=["customer_relations"]))
    assert "can sign in with the first password" not in done


@pytest.mark.parametrize("change", [{"change": "leave"}, {"roles": ["report_reader"]}])
def test_a_request_ends_when_the_account_changes(app, admin, officer, change):
    fill_in(admin, f"{PEOPLE}{officer}", change="afresh")
    fill_in(admin, f"{PEOPLE}{officer}", **change)
    with app.app_context():
        assert open_requests() == []


def test_a_request_runs_out(app, admin, second, kit, monkeypatch):
    fill_in(admin, f"{PEOPLE}{kit}", roles=["team_manager"])
    later = now() + OPEN_FOR
    monkeypatch.setattr("portal.people.requests.now", lambda: later)
    assert "Nothing is waiting." in page_of(second.get(REQUESTS))
