"""Lessons: written down, proved, confirmed with the person, told without a name."""

from datetime import timedelta

import pytest

from portal.audit.queries import entries_about
from portal.cases.errors import NotComplete
from portal.cases.models import Case
from portal.clock import now, today
from portal.config import DEMO_COUNCIL
from portal.database import db
from portal.learning.queries import lessons_of, open_lessons
from portal.learning.services import confirm_with_person, prove_done, tell_you_said, write_lesson
from portal.people.roles import Role
from tests.factories.cases import a_case, checked
from tests.factories.people import a_person
from tests.factories.web import fill_in, page_of


@pytest.fixture
def officer(in_app):
    return a_person(Role.CUSTOMER_RELATIONS).id


@pytest.fixture
def case(officer):
    made = a_case(at=now(), person={"is_adult": True, "name": "Pat Example", "child_name": "Robin"})
    checked(made, officer, at=now())
    return made


def lesson_on(case, officer, *, days=7):
    said = {"lesson": "Visits were cancelled by text", "action": "Ring before a visit is cancelled"}
    return write_lesson(
        case.id,
        **said,
        owner_id=officer,
        due_on=today() + timedelta(days=days),
        is_recommendation=True,
        at=now(),
        by_id=officer,
    )


def test_nothing_is_done_without_proof_and_nothing_confirmed_before_it_is_done(case, officer):
    key, action = lesson_on(case, officer), {"at": now(), "by_id": officer}
    with pytest.raises(NotComplete, match="First say that it is done"):
        confirm_with_person(case.id, key, words="They see it", **action)
    with pytest.raises(NotComplete, match="what shows"):
        prove_done(case.id, key, evidence=" ", done_on=today(), **action)
    prove_done(case.id, key, evidence="The new rule, page 3", done_on=today(), **action)
    confirm_with_person(case.id, key, words="They see it", **action)
    (row,) = lessons_of(case.id)
    assert (row.done_on, row.confirmed_words, open_lessons()) == (today(), "They see it", [])
    assert [entry.event for entry in entries_about(case.about)][-2:] == ["lesson_done", "lesson_confirmed"]


def test_what_everyone_reads_holds_no_name_and_no_reference(case, officer, client):
    key, action = lesson_on(case, officer), {"council": DEMO_COUNCIL, "at": now(), "by_id": officer}
    prove_done(case.id, key, evidence="The rule", done_on=today(), at=now(), by_id=officer)
    for names in ("Pat said so", "for robin.", f"see {case.reference}"):
        with pytest.raises(NotComplete, match="Take out what could say who this was"):
            tell_you_said(case.id, key, you_said=names, we_did="We ring first", is_public=True, **action)
    tell_you_said(case.id, key, you_said="You are told too late", we_did="We ring first", is_public=True, **action)
    assert "We ring first" in case.messages[-1].words


def test_a_lesson_cannot_be_due_in_the_past(case, officer):
    with pytest.raises(NotComplete, match="has not passed"):
        lesson_on(case, officer, days=-1)


def test_the_review_shows_what_is_late_and_the_public_page_what_changed(app, staff, client):
    officer = staff(Role.CUSTOMER_RELATIONS_LEAD)
    with app.app_context():
        made = a_case(at=now())
        checked(made, 1, at=now())
        reference = made.reference
    address = f"/staff/cases/{reference}/learning"
    typed = {"lesson": "Late", "action": "Ring first", "owner_id": "1", "due_on": (today() + timedelta(days=3)).isoformat()}
    fill_in(officer, address, **typed)
    with app.app_context():
        key = lessons_of(db.session.query(Case).one().id)[0].id
        lessons_of(1)[0].due_on = today() - timedelta(days=1)
        db.session.commit()
    review = page_of(officer.get("/staff/learning/"))
    assert review.index("Ring first") < review.index("Due within six weeks")
    fill_in(officer, f"{address}/{key}/done", evidence="The rule")
    fill_in(officer, f"{address}/{key}/you-said", you_said="Too late", we_did="We ring first", is_public="y")
    assert "We ring first" in page_of(client.get("/you-said"))
    assert reference not in page_of(client.get("/you-said"))
    assert "There is no such lesson" in page_of(officer.get(f"{address}/99/done"))
