"""A full disk, or a database that is down: what was typed stays, people are told whom to call, and colleagues can read."""

import pytest
from sqlalchemy import event
from sqlalchemy.exc import InternalError, OperationalError

from portal.cases.models import Case
from portal.database import db
from portal.people.roles import Role
from tests.conftest import PASSWORD
from tests.factories.cases import a_case
from tests.factories.people import a_person
from tests.factories.web import errors_on, fill_in, form_on, page_of

WRITES = ("INSERT", "UPDATE", "DELETE")


class Trouble:
    """From `begins` until `ends` the database takes nothing; or, not `reads`, it does not answer at all."""

    def __init__(self, engine):
        self.engine, self.reads = engine, True

    def begins(self, *, reads=True, as_error=OperationalError):
        self.reads, self.as_error = reads, as_error
        event.listen(self.engine, "before_cursor_execute", self.refuse)

    def ends(self):
        if event.contains(self.engine, "before_cursor_execute", self.refuse):
            event.remove(self.engine, "before_cursor_execute", self.refuse)

    def refuse(self, connection, cursor, statement, parameters, context, many):
        if not self.reads or statement.lstrip().upper().startswith(WRITES):
            raise self.as_error(statement, {}, Exception("database or disk is full"))


@pytest.fixture
def trouble(app):
    with app.app_context():
        made = Trouble(db.engine)
    yield made
    made.ends()


@pytest.mark.parametrize("as_error", [OperationalError, InternalError])  # PostgreSQL that may only be read says the second
def test_a_childs_words_stay_on_the_page_with_whom_to_call(app, client, trouble, as_error):
    fill_in(client, "/y/")
    fields = form_on(page_of(client.get("/y/4")), "/y/4", None) | {"words": ["they hit me"]}
    trouble.begins(as_error=as_error)
    answer = client.post("/y/4", data=fields)
    page = page_of(answer)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "300")
    assert "Your words are not sent yet. They are still on this page." in page
    assert "999" in page
    assert "0800 1111" in page
    assert "Go to the first page" not in page
    assert 'value="they hit me"' in page


def test_trying_again_sends_what_was_kept_on_the_page(app, client, trouble):
    fill_in(client, "/y/")
    fields = form_on(page_of(client.get("/y/4")), "/y/4", None) | {"words": ["they hit me"]}
    trouble.begins()
    page = page_of(client.post("/y/4", data=fields))
    again = form_on(page, "/y/4", None)
    trouble.ends()
    assert client.post("/y/4", data=again).status_code == 302
    assert "they hit me" in page_of(client.get("/y/4"))


@pytest.mark.parametrize("address", ["/y/4", "/complain/what", "/staff/queue"])
def test_a_database_that_is_down_leads_nobody_in_a_circle(client, staff, trouble, address):
    fill_in(client, "/y/")
    fill_in(client, "/complain/")
    client = staff() if address.startswith("/staff") else client
    trouble.begins(reads=False)
    answer = client.get(address)
    assert answer.status_code == 503
    assert "Go to the first page" not in page_of(answer)
    assert "Come back in an hour" in page_of(answer)
    assert "999" in page_of(answer)


def test_a_colleague_signs_in_and_reads_while_nothing_can_be_kept(app, client, trouble, caplog):
    with app.app_context():
        person = a_person(Role.CUSTOMER_RELATIONS, "Rowan")
        email, reference = person.email, a_case().reference
        db.session.commit()
    token = page_of(client.get("/staff/sign-in")).split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    trouble.begins()
    answer = client.post("/staff/sign-in", data={"email": email, "password": PASSWORD, "csrf_token": token})
    assert answer.status_code == 302
    page = page_of(client.get(f"/staff/cases/{reference}"))
    assert "Nothing can be saved now" in page
    assert "What was said" in page
    assert "not kept in the audit (OperationalError): note_read" in caplog.text


def test_an_action_that_cannot_be_kept_is_never_said_to_be_done(app, staff, trouble):
    client = staff()
    with app.app_context():
        case = a_case()
        db.session.commit()
        case_id, address = case.id, f"/staff/cases/{case.reference}"
    fields = form_on(page_of(client.get(address)), address, f"{address}/safeguarding") | {"at_risk": ["no"]}
    trouble.begins()
    answer = client.post(f"{address}/safeguarding", data=fields)
    assert answer.status_code == 503
    assert "Safeguarding is checked" not in page_of(answer)
    with app.app_context():
        assert db.session.get_one(Case, case_id).safeguarding_checked_at is None


def test_a_file_far_too_large_loses_no_word(client):
    fill_in(client, "/y/")
    fields = form_on(page_of(client.get("/y/4")), "/y/4", None) | {"words": ["they hit me"]}
    parts = [f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{values[0]}' for name, values in fields.items()]
    parts.append('--b\r\nContent-Disposition: form-data; name="photo"; filename="big.jpg"\r\nContent-Type: image/jpeg\r\n')
    body = "\r\n".join(parts).encode() + b"\r\n\xff\xd8\xff" + b"x" * (30 * 1024 * 1024) + b"\r\n--b--\r\n"
    answer = client.post("/y/4", data=body, content_type="multipart/form-data; boundary=b")
    assert answer.status_code == 200
    assert "too big" in errors_on(page_of(answer)).lower()
    assert "they hit me" in page_of(answer)


def test_no_password_is_put_on_a_page_when_nothing_can_be_kept(client, trouble):
    fields = form_on(page_of(client.get("/staff/sign-in")), "/staff/sign-in") | {
        "email": ["a@b.example"],
        "password": ["hunter2"],
    }
    trouble.begins(reads=False)
    answer = client.post("/staff/sign-in", data=fields)
    assert answer.status_code == 503
    assert "hunter2" not in page_of(answer)
