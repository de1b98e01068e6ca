"""Who looked at what: reasons, and what is unusual."""

from datetime import UTC, datetime, timedelta

from portal.cases.models import WallReason
from portal.cases.services import walls
from portal.clock import now
from portal.database import db
from portal.desk.access_review import MANY_CASES, Look, is_out_of_hours, review_access
from portal.people.models import Person
from portal.people.roles import Role
from portal.triage.services import triage
from tests.factories.cases import a_case
from tests.factories.people import a_person
from tests.factories.web import errors_on, fill_in, open_with_reason, page_of

NOON = datetime(2026, 6, 3, 12, tzinfo=UTC)  # a Wednesday


def test_a_case_of_someone_else_asks_why_and_keeps_the_reason(app, staff):
    officer, lead = staff(Role.CUSTOMER_RELATIONS, "Rowan"), staff(Role.CUSTOMER_RELATIONS_LEAD, "Alex")
    with app.app_context():
        case, other = a_case(), a_person(Role.CUSTOMER_RELATIONS).id
        triage.hand_to(case.id, other, at=now(), by_id=other)
        reference = case.reference
    asked = page_of(officer.get(f"/staff/cases/{reference}"))
    assert "Why do you open this case?" in asked
    assert "promised has stopped" not in asked
    refused = fill_in(officer, f"/staff/cases/{reference}", f"/staff/cases/{reference}/why", why="something_else")
    assert "Say in a few words" in errors_on(page_of(refused))
    open_with_reason(officer, reference)
    assert "promised has stopped" in page_of(officer.get(f"/staff/cases/{reference}"))
    told = page_of(lead.get("/staff/unusual-access"))
    assert reference in told
    assert "Standing in" in told


def test_a_case_behind_a_wall_is_not_told_of_to_the_lead_it_shuts_out(app, staff):
    officer, lead = staff(Role.CUSTOMER_RELATIONS, "Rowan"), staff(Role.CUSTOMER_RELATIONS_LEAD, "Alex")
    with app.app_context():
        case, other = a_case(), a_person(Role.CUSTOMER_RELATIONS).id
        triage.hand_to(case.id, other, at=now(), by_id=other)
        reference, alex = case.reference, db.session.query(Person.id).filter(Person.name == "Alex").scalar()
        walls.put_up_wall(case.id, alex, WallReason.COMPLAINED_ABOUT, at=now(), by_id=other)
    open_with_reason(officer, reference)
    assert reference not in page_of(lead.get("/staff/unusual-access"))


def test_knocking_at_cases_that_are_not_there_shows(staff):
    officer, lead = staff(Role.CUSTOMER_RELATIONS, "Knocker"), staff(Role.CUSTOMER_RELATIONS_LEAD, "Alex")
    for number in range(3):
        officer.get(f"/staff/cases/YS-222222{number}")
    assert "Knocker" in page_of(lead.get("/staff/unusual-access"))


def test_night_and_weekend_in_london_are_out_of_hours():
    assert not is_out_of_hours(NOON)
    assert is_out_of_hours(NOON + timedelta(days=3))
    assert is_out_of_hours(NOON.replace(hour=19, minute=30))  # half past eight in summer time
    assert not is_out_of_hours(NOON.replace(hour=6, minute=30))


def test_very_many_cases_in_a_day_stand_out_and_one_fewer_does_not():
    looks = [Look("case_read", 7, NOON, f"case/{number}") for number in range(MANY_CASES)]
    assert [busy.count for busy in review_access(looks).many_cases] == [MANY_CASES]
    assert not review_access(looks[1:]).many_cases
    assert not review_access([looks[0]] * 100).many_cases


def test_searching_all_day_stands_out():
    found = review_access(Look("cases_searched", 7, NOON, "cases") for _ in range(40))
    assert [(busy.by_id, busy.count) for busy in found.searches] == [(7, 40)]
