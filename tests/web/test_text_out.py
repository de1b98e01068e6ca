"""Every way that typed text leaves, with every hostile text: page, letter, email, CSV, JSON, log. Nothing of it runs."""

import csv
import io
import json
import logging
import sys
from datetime import date
from email import message_from_string

import pytest
from flask import render_template_string

from portal import wording
from portal.config import DEMO_COUNCIL
from portal.correspondence.services import messages
from portal.database import db
from portal.outbox.commands import as_message
from portal.outbox.models import OutgoingEmail
from portal.outbox.services import queue_email
from portal.people.roles import Role
from portal.procedure.reporting_year import ReportingYear
from portal.reports.edition import Edition, annual_report, as_csv, as_json
from portal.reports.register_rows import FORMULA_STARTS, write_register
from portal.reports.services.years import counts_of_year, export_rows
from portal.triage.services import telling
from tests.factories.cases import MONDAY, a_case, checked, decided
from tests.factories.people import a_person
from tests.factories.web import page_of
from tests.hostile_texts import HOSTILE

EVERY = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
RUNS = ("<script", "<img src", "<b onmouseover", "</textarea><")


def hostile_case(text, by_id):
    """A case whose every text that an export or a letter shows is hostile."""
    case = a_case(
        words=text,
        person={"is_adult": True, "name": text[:100], "email": "pat@example.org"},
        service_area=text[:100],
        subject=text[:100],
        sub_subject=text[:100],
    )
    checked(case, by_id)
    decided(case, by_id, reasons=text)
    return case


def cells(sheet):
    return [cell for row in csv.reader(io.StringIO(sheet)) for cell in row]


@EVERY
def test_on_a_page(app, text):
    with app.test_request_context():
        page = render_template_string(
            '<p title="{{ text }}">{{ text }}</p><textarea>{{ text }}</textarea> {{ text | paragraphs }}', text=text
        )
    assert not any(mark in page for mark in RUNS)
    assert "49" not in page


@EVERY
def test_in_a_letter(in_app, text):
    by_id = a_person(Role.CUSTOMER_RELATIONS).id
    case = hostile_case(text, by_id)
    letter = telling.decision_letter(case, DEMO_COUNCIL, date(2026, 6, 2))
    assert "{{" not in letter.replace(text, "")
    assert "49" not in letter.replace(text, "").replace(case.reference, "")
    messages.post(case, "message", letter, at=MONDAY, by_id=by_id)
    assert db.session.query(OutgoingEmail).one().recipient == "pat@example.org"


@EVERY
def test_in_an_emails_header_and_body(in_app, text):
    queue_email("letter", "pat@example.org", at=MONDAY, reference=text[:200], words=text)
    email = db.session.query(OutgoingEmail).one()
    assert not {"\r", "\n"} & set(email.subject)
    headers = message_from_string(as_message(email).as_string())
    assert headers["Bcc"] is None
    assert headers["To"] == "pat@example.org"
    assert email.recipient == "pat@example.org"


@EVERY
def test_in_a_register_and_a_report_as_csv(in_app, text):
    hostile_case(text, a_person(Role.CUSTOMER_RELATIONS).id)
    year = ReportingYear.of(MONDAY.date())
    register = write_register(export_rows(year))
    report = as_csv(annual_report(year, counts_of_year, Edition.INTERNAL))
    for sheet in (register, report):
        assert not [cell for cell in cells(sheet) if cell.startswith(FORMULA_STARTS)]
        assert len({len(row) for row in csv.reader(io.StringIO(sheet)) if row}) == 1


@EVERY
def test_in_a_report_as_json(in_app, text):
    hostile_case(text, a_person(Role.CUSTOMER_RELATIONS).id)
    year = ReportingYear.of(MONDAY.date())
    told = json.loads(as_json(annual_report(year, counts_of_year, Edition.INTERNAL)))
    assert "admin" not in told


@EVERY
def test_nothing_typed_reaches_the_log_even_when_something_breaks(app, caplog, monkeypatch, text):
    caplog.set_level(logging.DEBUG)
    app.testing = False

    def broken(*args, **more):
        raise ValueError(text)

    monkeypatch.setattr(sys.modules["portal.doors.own_page.routes"], "case_by_secret_words", broken)
    client = app.test_client()
    page = page_of(client.get("/y/back"))
    token = page.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    answer = client.post("/y/back", data={"csrf_token": token, "words": "tiger spoon"})
    assert answer.status_code == 500
    assert text.strip()[:60] not in caplog.text
    assert "ValueError" in caplog.text


def test_a_letter_knows_no_web(in_app):
    assert wording.render("emails/letter/subject.txt", reference="YS-1", words="x")
