"""How someone may be reached: enforced on the page, in emails and on paper."""

import pytest
from sqlalchemy import select

from portal.cases.models import Case
from portal.cases.services.stock_of_words import draw_secret_words
from portal.clock import now
from portal.config import DEMO_COUNCIL
from portal.correspondence.on_paper import as_pdf
from portal.correspondence.reach import way, ways_to_reach
from portal.correspondence.services.messages import decide_contact, send_message
from portal.database import db
from portal.outbox.models import OutgoingEmail
from portal.people.roles import Role
from portal.procedure.eligibility import Complainant
from tests.factories.cases import MONDAY, a_case
from tests.factories.people import a_person
from tests.factories.web import fill_in, page_of

LEFT = {"email": "jay@example.org", "phone": "07700 900123", "post": "1 Elm Row\nTown"}


def a_childs_case(**person):
    return a_case(person=person, who=Complainant.CHILD_OR_YOUNG_PERSON, drawn=draw_secret_words())


def emails():
    return [one.recipient for one in db.session.scalars(select(OutgoingEmail))]


@pytest.mark.parametrize(("said", "is_safe"), [("yes", True), ("no", False), (None, False)])
def test_a_childs_ways_are_used_only_after_a_yes(in_app, said, is_safe):
    case = a_childs_case(**LEFT, **({"safe_to_write": said} if said else {}))
    assert {one.is_safe for one in ways_to_reach(case)} == {is_safe}
    assert bool(way(case, "phone")) is is_safe


@pytest.mark.parametrize(("said", "is_safe"), [("yes", True), ("no", False), (None, True)])
def test_an_adults_ways_are_used_unless_they_said_no(in_app, said, is_safe):
    case = a_case(person={"is_adult": True, **LEFT, **({"safe_to_write": said} if said else {})})
    assert {one.is_safe for one in ways_to_reach(case)} == {is_safe}


def test_a_grown_up_they_trust_may_always_be_told(in_app):
    assert way(a_childs_case(trusted_adult="my nan", safe_to_write="no"), "trusted_adult") == "my nan"


def test_no_email_goes_where_it_is_not_safe_and_a_safe_one_says_nothing(in_app):
    by_id = a_person(Role.CUSTOMER_RELATIONS).id
    send_message(a_childs_case(**LEFT, safe_to_write="no").id, "About your complaint", at=MONDAY, by_id=by_id)
    assert emails() == []
    send_message(a_childs_case(**LEFT, safe_to_write="yes").id, "About your complaint", at=MONDAY, by_id=by_id)
    told = db.session.scalars(select(OutgoingEmail)).one()
    assert told.recipient == "jay@example.org"
    assert not any(word in (told.subject + told.body).lower() for word in ("complaint", "council", "social"))


def test_paper_carries_no_address_that_is_not_safe(in_app):
    by_id = a_person(Role.CUSTOMER_RELATIONS).id
    case = a_childs_case(**LEFT, safe_to_write="no")
    send_message(case.id, "Hello", at=MONDAY, by_id=by_id)
    import io

    import pikepdf

    made = as_pdf(db.session.get_one(Case, case.id), case.messages[-1], DEMO_COUNCIL)
    assert pikepdf.open(io.BytesIO(made))
    assert way(case, "post") == ""


def test_staff_do_not_even_see_what_is_not_safe_until_the_lead_decides(app, staff):
    officer, lead = staff(), staff(Role.CUSTOMER_RELATIONS_LEAD, "Lead")
    with app.app_context():
        case = a_childs_case(**LEFT, safe_to_write="no")
        reference = case.reference
    page = page_of(officer.get(f"/staff/cases/{reference}"))
    assert "07700 900123" not in page
    assert "do not use it" in page
    assert officer.post(f"/staff/cases/{reference}/contact").status_code == 403
    fill_in(lead, f"/staff/cases/{reference}", f"/staff/cases/{reference}/contact", words="He may be hurt tonight")
    page = page_of(officer.get(f"/staff/cases/{reference}"))
    assert "07700 900123" in page
    assert "He may be hurt tonight" in page


def test_a_decision_takes_reasons(in_app):
    from portal.cases.errors import NotComplete

    case = a_childs_case(**LEFT, safe_to_write="no")
    with pytest.raises(NotComplete):
        decide_contact(case.id, " ", at=now(), by_id=a_person(Role.CUSTOMER_RELATIONS_LEAD).id)


def test_what_was_said_does_not_hold_what_is_not_safe_to_use(app, client):
    from tests.doors.test_saving import ANSWERS

    fill_in(client, "/complain/")
    unsafe = {"safe_to_write": "no", "phone": "07700 900999", "email": "pat@example.org", "post": "1 Elm Row"}
    for slug, typed in (ANSWERS | {"contact": unsafe}).items():
        fill_in(client, f"/complain/{slug}", **typed)
    assert "07700 900999" in page_of(client.get("/complain/check"))
    fill_in(client, "/complain/check")
    other = app.test_client()
    fill_in(other, "/y/")
    fill_in(other, "/y/ask-side", how_to_find="07700 900888", safe="no")
    fill_in(other, "/y/6")
    with app.app_context():
        told = " ".join(str(case.told) for case in db.session.scalars(select(Case)))
        assert not any(way in told for way in ("900999", "900888", "pat@", "Elm Row"))
