"""A year's figures: kept until something of the year changes, and never for somebody from whom a case is hidden."""

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import update

from portal.cases.models import Case, Disposition, Kind, Stage, WallReason
from portal.cases.representation import PersonDetails, Representation
from portal.cases.services.opening import open_case
from portal.cases.services.walls import put_up_wall
from portal.cases.visibility import Viewer
from portal.clock import now, today
from portal.database import transaction
from portal.desk.forecast import TargetSoFar, target_so_far
from portal.people.roles import Role
from portal.procedure.eligibility import Complainant
from portal.procedure.receipt import Method, PointOfReceipt
from portal.procedure.reporting_year import ReportingYear
from portal.reports.services import years
from portal.reports.services.years import counts_for, counts_of_year, export_rows
from portal.reports.voices import voices_by_year
from tests.factories.cases import a_case, in_stage_1
from tests.factories.people import a_person
from tests.factories.web import queries_of

YEAR = ReportingYear.of(today())


@pytest.fixture
def counted(monkeypatch):
    """How often a year was read from the database."""
    reads = []

    def read(*what):
        reads.append(what)
        return export_rows(*what)

    monkeypatch.setattr(years, "export_rows", read)
    return reads


def reader(person_id=1):
    return Viewer(person_id, True, frozenset({person_id}), today())


def test_a_year_that_did_not_change_is_not_counted_again(in_app, counted):
    a_case(at=now())
    kept = {}
    first, second = (counts_for(reader(), kept)(YEAR) for _ in range(2))
    assert first.dispositions == second.dispositions == Counter(open=1)
    assert len(counted) == 1


def test_a_new_case_is_counted(any_app, counted):
    kept = {}
    for number in (1, 2):
        a_case(at=now())
        assert counts_for(reader(), kept)(YEAR).dispositions == Counter(open=number)


def test_a_change_to_a_case_or_a_stage_is_counted(any_app):
    officer, kept = a_person(Role.CUSTOMER_RELATIONS).id, {}
    case = in_stage_1(officer, at=now())
    assert counts_for(reader(), kept)(YEAR).accepted == 1
    assert counts_for(reader(), kept)(YEAR).answered == 0
    with transaction() as session:
        stage = session.get_one(Stage, case.stage(1).id)
        stage.responded_on, case.disposition_reason = today(), "told"
    assert counts_for(reader(), kept)(YEAR).answered == 1
    with transaction():
        case.disposition = Disposition.WITHDRAWN
    assert counts_for(reader(), kept)(YEAR).accepted == 0


def test_whoever_is_shut_out_of_a_case_gets_figures_without_it(any_app):
    officer, other = a_person(Role.CUSTOMER_RELATIONS).id, a_person(Role.CUSTOMER_RELATIONS).id
    case, kept = in_stage_1(officer, at=now(), who=Complainant.CHILD_OR_YOUNG_PERSON), {}
    a_case(at=now())
    put_up_wall(case.id, other, WallReason.COMPLAINED_ABOUT, at=now(), by_id=officer)
    assert counts_for(reader(officer), kept)(YEAR).dispositions.total() == 2
    assert counts_for(reader(other), kept)(YEAR).dispositions == Counter(open=1)
    assert target_so_far(reader(officer)).waiting == 1
    assert target_so_far(reader(other)) == TargetSoFar(0, 0, 0)


def test_voices_are_counted_without_what_is_hidden_from_a_viewer(any_app):
    officer, other = a_person(Role.CUSTOMER_RELATIONS).id, a_person(Role.CUSTOMER_RELATIONS).id
    told = [a_case(at=now(), who=Complainant.CHILD_OR_YOUNG_PERSON) for _ in range(5)]
    a_case(at=now())
    put_up_wall(told[0].id, other, WallReason.COMPLAINED_ABOUT, at=now(), by_id=officer)
    assert [(one.childrens, one.adults) for one in voices_by_year(reader(officer))] == [(5, None)]
    assert [(one.childrens, one.adults) for one in voices_by_year(reader(other))] == [(None, None)]


def test_a_case_in_the_register_has_the_part_that_stands_for_it(any_app):
    case = in_stage_1(a_person(Role.CUSTOMER_RELATIONS).id, at=now())
    with transaction():
        case.parts[0].service_area = "Early Help / Family Hubs"
    (row,) = export_rows(YEAR)
    assert (row.reference, row.service_area, row.stage_1_extended) == (case.reference, "Early Help / Family Hubs", "no")


@pytest.mark.parametrize("cases", [1, 40])
@pytest.mark.parametrize(
    ("address", "budget"),
    [("/staff/forecast", 12), ("/staff/reports/voices", 12), ("/staff/reports/thanks", 10), ("/staff/reports/annual", 30)],
)
def test_a_page_over_all_cases_asks_as_little_for_many_as_for_one(app, staff, address, budget, cases):
    lead = staff(role=Role.CUSTOMER_RELATIONS_LEAD)
    with app.app_context():
        for _ in range(cases):
            a_case(at=now())
    assert queries_of(app, lead, address) <= budget


def test_a_year_in_which_only_something_else_came_is_printed_as_nought(any_app):
    told = Representation(
        method=Method.EMAIL,
        point_of_receipt=PointOfReceipt.SERVICE_AREA,
        complainant=Complainant.PARENT,
        told=(),
        person=PersonDetails.of(is_adult=True),
    )
    open_case(Kind.COMMENT, told, at=now())
    assert counts_of_year(YEAR)
    assert not counts_of_year(YEAR.before())


def test_a_day_of_long_ago_takes_no_page_down(any_app):
    a_case(at=now())
    with transaction() as session:
        session.execute(update(Case).values(received_on=date(23, 5, 3)))
    assert voices_by_year(reader()) == []
