"""The access table, cell by cell: every cell is a request that was made, by that role, on that kind of case."""

import re
from datetime import timedelta

import pytest

from portal.cases.models import Case, WallReason
from portal.cases.queries import access_to
from portal.cases.services import walls
from portal.clock import now, today
from portal.closing.services import closing
from portal.database import db
from portal.people.access import OPEN, access_of
from portal.people.access_table import AccessAnswer, Relation, expected, names_a_case
from portal.people.models import Person
from portal.people.roles import PERMISSIONS, Permission, Role
from portal.procedure.stages import ClosingReason
from portal.stage_1.services import stage_1
from portal.triage.services import triage
from tests.factories.cases import a_case, checked, in_stage_1, their_word
from tests.factories.people import a_person
from tests.factories.web import page_of
from tests.people.test_access import addresses

MANAGERS = {Role.SENIOR_MANAGER: "senior_manager_id", Role.TEAM_MANAGER: "team_manager_id"}


def of(role, relation, person_id, officer_id):
    """The reference of a case that stands so to a person of a role."""
    if Permission.READ_ALL_CASES in PERMISSIONS[role]:
        case = a_case()
        if relation is Relation.OTHER:
            triage.hand_to(case.id, officer_id, at=now(), by_id=officer_id)
        if relation is Relation.TIMED_OUT:
            closed(case, officer_id)
    elif role in MANAGERS:
        case = managed(role, person_id, officer_id) if relation is not Relation.OTHER else in_stage_1(officer_id, at=now())
        if relation is Relation.TIMED_OUT:
            db.session.get(Case, case.id).stages[0].closed_on = today() - timedelta(days=61)
            db.session.commit()
    else:
        case = a_case()
        if relation is not Relation.OTHER:
            walls.give_access(case.id, person_id, until_on=today(), reasons="To look", at=now(), by_id=officer_id)
        if relation is Relation.TIMED_OUT:
            access_to(case.id)[0].until_on = today() - timedelta(days=1)
            db.session.commit()
    if relation is Relation.WALLED:
        walls.put_up_wall(case.id, person_id, WallReason.COMPLAINED_ABOUT, at=now(), by_id=officer_id)
    return case.reference


def managed(role, person_id, officer_id):
    case = in_stage_1(officer_id, at=now())
    senior = person_id if role is Role.SENIOR_MANAGER else a_person(Role.SENIOR_MANAGER).id
    stage_1.choose_senior_manager(case.id, senior, at=now(), by_id=officer_id)
    if role is Role.TEAM_MANAGER:
        stage_1.appoint_team_manager(case.id, person_id, at=now(), by_id=senior)
    return case


def closed(case, officer_id):
    checked(case, officer_id, at=now())
    reason = ClosingReason.WITHDRAWN
    closing.close_case(case.id, reason, **their_word(now()), at=now(), by_id=officer_id)
    triage.hand_to(case.id, None, at=now(), by_id=officer_id)


def got(answer):
    """What an answer says, in the words of the table."""
    assert answer.status_code < 500
    if answer.mimetype in ("application/pdf", "application/zip"):
        return AccessAnswer.YES
    if answer.status_code == 403:
        return AccessAnswer.NO
    if answer.status_code == 404 and "We cannot find that case" in page_of(answer):
        return AccessAnswer.NOT_THERE
    is_asked = answer.status_code == 200 and "<title>Why do you open this case?" in page_of(answer)
    return AccessAnswer.REASON if is_asked else AccessAnswer.YES


@pytest.mark.parametrize("role", Role)
def test_every_cell_of_the_table_is_what_the_app_answers(app, staff, role):
    client, wrong = staff(role, f"Person {role}"), []
    with app.app_context():
        person_id = db.session.query(Person.id).filter(Person.name == f"Person {role}").scalar()
        officer_id = a_person(Role.CUSTOMER_RELATIONS).id
        readable = Permission.READ_CASES in PERMISSIONS[role]
        cases = {relation: of(role, relation, person_id, officer_id) for relation in Relation if readable}
    for method in ("GET", "POST"):
        for endpoint, address in addresses(app, method):
            if access_of(app, endpoint) == OPEN or endpoint in ("security.logout", "desk.say_why"):
                continue
            for relation in cases if readable and names_a_case(app, endpoint) else [Relation.OWN]:
                place = address.replace("/cases/1", f"/cases/{cases[relation]}") if cases else address
                answer, wanted = client.open(place, method=method), expected(app, role, endpoint, relation)
                if got(answer) != wanted:
                    wrong.append((method, endpoint, relation.value, got(answer).value, wanted.value))
    assert not wrong


@pytest.mark.parametrize("relation", Relation)
def test_the_reason_can_be_given_just_where_it_is_asked(app, staff, relation):
    client = staff(Role.CUSTOMER_RELATIONS, "Asked")
    with app.app_context():
        person_id = db.session.query(Person.id).filter(Person.name == "Asked").scalar()
        reference = of(Role.CUSTOMER_RELATIONS, relation, person_id, a_person(Role.CUSTOMER_RELATIONS).id)
    answer = client.post(f"/staff/cases/{reference}/why")
    assert answer.status_code == (404 if relation is Relation.WALLED else 422)


def test_a_case_that_is_walled_and_one_that_is_not_there_look_the_same(app, staff):
    client = staff(Role.CUSTOMER_RELATIONS, "Shut")
    with app.app_context():
        person_id = db.session.query(Person.id).filter(Person.name == "Shut").scalar()
        walled = of(Role.CUSTOMER_RELATIONS, Relation.WALLED, person_id, a_person(Role.CUSTOMER_RELATIONS).id)
    for method in ("GET", "POST"):
        for endpoint, address in addresses(app, method):
            if names_a_case(app, endpoint):
                there = client.open(address.replace("/cases/1", f"/cases/{walled}"), method=method)
                not_there = client.open(address.replace("/cases/1", "/cases/YS-2222222"), method=method)
                assert (there.status_code, without_token(there)) == (not_there.status_code, without_token(not_there)), (
                    endpoint
                )


def without_token(answer):
    """A page but for the token of its form to sign out, which holds the second of its making."""
    return re.sub(r'(name="csrf_token" value=")[^"]+', r"\1", page_of(answer))


def test_the_table_can_be_printed(in_app):
    printed = in_app.test_cli_runner().invoke(args=["people", "access-table"]).output.splitlines()
    assert printed[0].split("\t") == ["role", "endpoint", "own", "other", "timed out", "walled"]
    assert "administrator\tdesk.case\tno\tno\tno\tno" in printed
    assert "team_manager\tdesk.case\tyes\tnot there\tnot there\tnot there" in printed
    assert "customer_relations\tdesk.case\tyes\tasks why\tasks why\tnot there" in printed
