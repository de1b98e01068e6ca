"""Whoever comes back sees what is due, and how it was counted; and a lost or late date is told with sorry."""

from datetime import timedelta

import pytest

from portal.cases.models import Case
from portal.cases.services.stock_of_words import draw_secret_words
from portal.clock import now, today
from portal.config import DEMO_COUNCIL
from portal.database import db
from portal.doors.child.forms.told import to_submission
from portal.intake.services.receive import receive
from portal.people.roles import Role
from portal.procedure.routes import Route
from portal.triage.services.telling import tell_decision
from tests.factories.cases import a_case, checked, decided, in_stage_1
from tests.factories.people import a_person
from tests.factories.web import fill_in, page_of
from tests.house_rules.test_reading import check_child


def answer_page(client, words):
    fill_in(client, "/y/back", words=words)
    return page_of(client.get("/y/answer"))


def in_stage(app, **more):
    with app.app_context():
        drawn = draw_secret_words()
        officer = a_person(Role.CUSTOMER_RELATIONS).id
        case = in_stage_1(officer, drawn=drawn, at=more.pop("at", now()), **more)
        return drawn.words, case.id


def test_an_adult_sees_the_limit_the_days_and_where_they_come_from(app, client):
    words, _ = in_stage(app)
    page = answer_page(client, words)
    assert "How do we count the days?" in page
    assert "Answer at stage 1: 10 working days, counted from" in page
    assert "This limit comes from: The 2006 Regulations and guidance." in page


def test_a_child_sees_it_in_easy_words(app, client, record_property):
    record_property("bar 31, dates shown to a child", "each is a working day counted by the calendar")
    words, _ = in_stage(app, person={"is_adult": False})
    page = answer_page(client, words)
    assert "We count 10 days." in page
    assert "Regulations" not in page
    check_child(page.replace("Ombudsman", "Name"))


def test_a_date_that_has_passed_is_told_with_sorry(app, client):
    words, case_id = in_stage(app)
    with app.app_context():
        for one in db.session.get_one(Case, case_id).promises:
            one.by_on = today() - timedelta(days=1)
        db.session.commit()
    assert "We are late. We are sorry." in answer_page(client, words)


def test_parts_that_other_teams_answer_are_not_told_as_done(app, client):
    with app.app_context():
        drawn = draw_secret_words()
        officer = a_person(Role.CUSTOMER_RELATIONS).id
        case = a_case(drawn=drawn, at=now())
        checked(case, officer, at=now())
        decided(case, officer, route=Route.CORPORATE, at=now())
        if case.parts[0].needs_signature:
            case.parts[0].signed_by_id = a_person(Role.CUSTOMER_RELATIONS).id
            db.session.commit()
        tell_decision(case.id, council=DEMO_COUNCIL, at=now(), by_id=officer)
    page = answer_page(client, drawn.words)
    assert "Other teams are looking into it" in page
    assert "We are done" not in page


def log(client, **more):
    typed = {"kind": "complaint", "words": "The bus never came", "name": "Quentin Quillfeather"} | more
    return fill_in(client, "/staff/log", **typed)


def test_a_complaint_of_the_same_name_is_shown_before_another_is_logged(app, staff):
    officer = staff()
    assert log(officer).status_code == 302
    page = page_of(log(officer))
    assert "Is it one of these?" in page
    assert "The bus never came" in page
    with app.app_context():
        assert db.session.query(Case).count() == 1
    assert log(officer, is_new="y").status_code == 302
    with app.app_context():
        assert db.session.query(Case).count() == 2


@pytest.mark.parametrize("changed", [{"kind": "compliment", "about": "Asha"}, {"name": ""}, {"kind": "issue"}])
def test_logging_anything_else_is_as_quick_as_before(staff, changed):
    officer = staff()
    log(officer)
    assert log(officer, **changed).status_code == 302


def test_who_cannot_read_all_cases_is_not_told_of_one(app, staff):
    log(staff())
    assert log(staff(Role.ANY_STAFF, "Kit")).status_code == 302


def test_a_child_is_never_asked_whether_it_was_here_before(app):
    with app.app_context():
        for once in ("one", "two"):
            receive(to_submission({"kind": "wrong", "words": "same words"}, once), at=now())
        assert db.session.query(Case).count() == 2
