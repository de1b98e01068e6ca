"""An advocate knows what the child lets them know, and no more."""

from datetime import timedelta

import pytest

from portal.cases.services.advocates import MayKnow, choose_what_advocate_knows
from portal.cases.services.walls import give_access
from portal.clock import now, today
from portal.people.queries import people_with
from portal.people.roles import Role
from portal.procedure.eligibility import Complainant
from tests.factories.cases import a_case
from tests.factories.people import a_person
from tests.factories.web import fill_in, page_of


@pytest.fixture
def stand_by(app, staff):
    """An advocate who was let into a child's case on which the child agreed to something; gives the client and reference."""

    def let_in(may_know=None, until=30, **more):
        advocate = staff(Role.ADVOCATE, "Ade")
        with app.app_context():
            given = {"person": {"name": "Jay"}, "who": Complainant.CHILD_OR_YOUNG_PERSON, "at": now()} | more
            case = a_case(words="the bus", **given)
            if may_know:
                choose_what_advocate_knows(case.id, may_know, at=now())
            ade = next(one.id for one in people_with(Role.ADVOCATE))
            officer = a_person(Role.CUSTOMER_RELATIONS).id
            until_on = today() + timedelta(days=until)
            give_access(case.id, ade, until_on=until_on, reasons="their advocate", at=now(), by_id=officer)
            return advocate, case.reference

    return let_in


@pytest.mark.parametrize("agreed", [None, MayKnow.NAME])
def test_with_only_the_name_they_see_only_the_name(stand_by, agreed):
    advocate, reference = stand_by(agreed)
    page = page_of(advocate.get(f"/staff/cases/{reference}"))
    assert "Jay" in page
    assert "the bus" not in page
    assert advocate.get(f"/staff/cases/{reference}/letters/1.pdf").status_code == 404
    assert "Only the name" in page_of(advocate.get("/staff/caseload"))


def test_with_the_childs_yes_they_read_the_case(stand_by):
    advocate, reference = stand_by(MayKnow.ALL)
    assert "the bus" in page_of(advocate.get(f"/staff/cases/{reference}"))


def test_what_an_adult_sent_for_a_child_is_read_whole(stand_by):
    advocate, reference = stand_by(person={"is_adult": True, "child_name": "Ali", "child_knows": "cannot"})
    assert "the bus" in page_of(advocate.get(f"/staff/cases/{reference}"))
    caseload = page_of(advocate.get("/staff/caseload"))
    assert "Ali" in caseload
    assert "not instructed" in caseload


def test_signing_in_leads_to_the_caseload(stand_by):
    advocate, _ = stand_by(MayKnow.ALL)
    assert advocate.get("/staff/").location == "/staff/caseload"


def test_a_colleague_writes_down_what_the_child_said(app, stand_by, staff):
    advocate, reference = stand_by(MayKnow.NAME)
    officer = staff()
    fill_in(officer, f"/staff/cases/{reference}", f"/staff/cases/{reference}/advocate-may-know", may_know="all")
    assert "the bus" in page_of(advocate.get(f"/staff/cases/{reference}"))
    fill_in(officer, f"/staff/cases/{reference}", f"/staff/cases/{reference}/advocate-may-know", may_know="nothing")
    assert advocate.get(f"/staff/cases/{reference}").status_code == 404
    assert reference not in page_of(advocate.get("/staff/caseload"))


def test_the_queue_tells_an_advocate_nothing(stand_by):
    advocate, _ = stand_by(MayKnow.NAME)
    assert advocate.get("/staff/queue?find=bus").location == "/staff/caseload"


def test_a_way_that_is_not_safe_is_not_shown_to_them_either(stand_by):
    advocate, reference = stand_by(MayKnow.NAME, person={"how_to_find": "07700 900123", "safe_to_write": "no"})
    assert "07700 900123" not in page_of(advocate.get(f"/staff/cases/{reference}"))
