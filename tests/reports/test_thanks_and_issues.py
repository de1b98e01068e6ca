"""An issue that was sorted, and was not after all: it became a complaint, and is still counted as an issue."""

import pytest
from sqlalchemy import select

from portal.cases.errors import NotComplete
from portal.cases.models import Case, Kind, RaisedThrough
from portal.cases.representation import PersonDetails, Representation, answered
from portal.cases.services.opening import open_case
from portal.cases.visibility import Viewer
from portal.clock import london_day
from portal.database import db
from portal.people.roles import Role
from portal.procedure.eligibility import Complainant
from portal.procedure.receipt import Method, PointOfReceipt
from portal.procedure.reporting_year import ReportingYear
from portal.reports.thanks import as_pack, year_of_thanks
from portal.triage.services.linking import became_complaint, links_of
from tests.factories.cases import MONDAY, a_case
from tests.factories.people import a_person
from tests.factories.web import fill_in, page_of


def an_issue(through=RaisedThrough.ADVOCATE):
    told = Representation(
        method=Method.TELEPHONE,
        point_of_receipt=PointOfReceipt.SERVICE_AREA,
        complainant=Complainant.ADVOCACY_SERVICE,
        told=answered([("What was it?", "The bus pass was late")]),
        person=PersonDetails.of(is_adult=True, name="Pat"),
        raised_through=through,
    )
    return open_case(Kind.ISSUE, told, at=MONDAY)


def test_the_complaint_is_new_linked_and_runs_from_the_day_they_said_so(in_app):
    issue, officer = an_issue(), a_person(Role.CUSTOMER_RELATIONS)
    later = MONDAY.replace(day=10)
    became_complaint(issue.id, "It stopped again", london_day(later), at=later, by_id=officer.id)
    complaint = db.session.scalars(select(Case).where(Case.kind == Kind.COMPLAINT)).one()
    assert str(complaint.received_on) == "2026-06-10"
    assert [answer for _, answer in complaint.told] == ["The bus pass was late", "It stopped again"]
    assert [(other, kind) for other, kind, _ in links_of(issue.id)] == [(complaint.id, "complaint_from")]
    assert db.session.get(Case, issue.id).kind is Kind.ISSUE


def test_a_complaint_does_not_become_one(in_app):
    case = a_case()
    with pytest.raises(NotComplete):
        became_complaint(case.id, "x", london_day(MONDAY), at=MONDAY, by_id=a_person(Role.CUSTOMER_RELATIONS).id)


def test_it_is_said_on_the_page_of_the_issue(app, staff):
    with app.app_context():
        reference = an_issue().reference
    officer, address = staff(), f"/staff/cases/{reference}"
    officer.get(address)
    fill_in(officer, f"{address}/do/became-complaint", said="They rang again")
    page = page_of(officer.get(address))
    assert "Became the complaint" in page
    assert "They rang again" in page


def test_issues_are_reported_by_who_told_us_and_small_numbers_stay_inside(in_app):
    issues = [an_issue() for _ in range(2)] + [an_issue(RaisedThrough.STAFF) for _ in range(6)]
    officer = a_person(Role.CUSTOMER_RELATIONS)
    became_complaint(issues[0].id, "again", london_day(MONDAY), at=MONDAY, by_id=officer.id)
    viewer = Viewer(officer.id, True, frozenset({officer.id}), london_day(MONDAY))
    found = year_of_thanks(ReportingYear(2026), viewer)
    assert [(row.name, row.count) for row in found.tables[2].rows] == [("Advocate", 2), ("Staff", 6), ("Total", 8)]
    assert found.sentences[2] == "Issues that were sorted without a complaint: 8. Of them, became one later: 1."
    rows = dict(as_pack(found, "The council")["tables"][2]["rows"])
    assert rows == {"Advocate": "fewer than 5", "Staff": "withheld", "Total": "8"}


def test_the_page_and_its_paper(app, staff):
    client = staff()
    assert "Thanks and sorted issues 2026-27" in page_of(client.get("/staff/reports/thanks?year=2026-27"))
    assert client.get("/staff/reports/thanks?year=2026-27&format=pdf").mimetype == "application/pdf"
    assert client.get("/staff/reports/thanks?year=soon").status_code == 400
