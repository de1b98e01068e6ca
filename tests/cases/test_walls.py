"""Whoever a wall shuts out, and those who manage them, find the case nowhere."""

from datetime import timedelta

import pytest

from portal.audit.queries import entries_about
from portal.cases.errors import CaseNotFound, NotComplete
from portal.cases.models import Case, WallReason
from portal.cases.queries import QueueFilter, case_by_reference, queue, shut_out_of, walls_of
from portal.cases.services import walls
from portal.cases.visibility import Viewer
from portal.clock import now, today
from portal.database import db
from portal.people.models import Person
from portal.people.queries import with_everyone_below
from portal.people.roles import PERMISSIONS, Permission, Role
from portal.people.services import OwnManager, change_manager
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.reporting_year import ReportingYear
from portal.reports.services.years import export_rows
from portal.stage_1.services import stage_1
from portal.triage.services import triage
from tests.factories.cases import a_case, in_stage_1
from tests.factories.people import a_person
from tests.factories.web import errors_on, fill_in, page_of


@pytest.fixture
def line(in_app):
    """A worker, the team manager above them, the senior manager above both, and an officer and a lead of the team."""
    people = {
        "worker": a_person(Role.ANY_STAFF, "Kit Worker").id,
        "manager": a_person(Role.TEAM_MANAGER, "Sam Manager").id,
        "senior": a_person(Role.SENIOR_MANAGER, "Morgan Senior").id,
        "officer": a_person(Role.CUSTOMER_RELATIONS, "Rowan Officer").id,
        "lead": a_person(Role.CUSTOMER_RELATIONS_LEAD, "Alex Lead").id,
    }
    change_manager(people["worker"], people["manager"], at=now())
    change_manager(people["manager"], people["senior"], at=now())
    return people


def viewer(person_id, *, reads_all=False, on=None):
    return Viewer(person_id, reads_all, with_everyone_below(person_id), on or today())


def sees(case, person_id, **more):
    try:
        return case_by_reference(case.reference, viewer(person_id, **more)) is not None
    except CaseNotFound:
        return False


def walled(case, person_id, by_id):
    walls.put_up_wall(case.id, person_id, WallReason.COMPLAINED_ABOUT, at=now(), by_id=by_id)


def running(line):
    case = in_stage_1(line["officer"], at=now())
    stage_1.choose_senior_manager(case.id, line["senior"], at=now(), by_id=line["officer"])
    stage_1.appoint_team_manager(case.id, line["manager"], at=now(), by_id=line["senior"])
    return case


def test_a_manager_sees_what_they_were_given_until_60_days_after_it_ended(line):
    case = running(line)
    assert sees(case, line["manager"])
    assert not sees(case, line["worker"])
    db.session.get(Case, case.id).stages[0].closed_on = today()
    db.session.commit()
    assert sees(case, line["manager"], on=today() + timedelta(days=60))
    assert not sees(case, line["manager"], on=today() + timedelta(days=61))


def test_a_wall_shuts_out_the_person_and_all_who_manage_them(line):
    case = running(line)
    walled(case, line["worker"], line["officer"])
    assert not sees(case, line["manager"])
    assert not sees(case, line["senior"])
    assert sees(case, line["officer"], reads_all=True)
    assert shut_out_of(case.id) == {line["worker"], line["manager"], line["senior"]}


def test_a_wall_takes_the_case_out_of_their_hands(line):
    case = running(line)
    triage.hand_to(case.id, line["officer"], at=now(), by_id=line["lead"])
    walled(case, line["officer"], line["lead"])
    walled(case, line["manager"], line["lead"])
    kept = db.session.get(Case, case.id)
    assert (kept.assignee_id, kept.stages[0].senior_manager_id, kept.stages[0].team_manager_id) == (None, None, None)
    assert kept.next_action == "acknowledge"


@pytest.mark.parametrize("who", ["worker", "manager", "senior"])
def test_nobody_behind_a_wall_can_be_given_the_case(line, who):
    case = in_stage_1(line["officer"], at=now())
    walled(case, line["worker"], line["officer"])
    for give in (triage.hand_to, stage_1.choose_senior_manager):
        with pytest.raises(MoveNotAllowed, match="shut out"):
            give(case.id, line[who], at=now(), by_id=line["officer"])
    with pytest.raises(MoveNotAllowed, match="shut out"):
        walls.give_access(case.id, line[who], until_on=today(), reasons="x", at=now(), by_id=line["officer"])


def test_the_lead_can_let_a_manager_through_but_never_the_person_meant(line):
    case = in_stage_1(line["officer"], at=now())
    walled(case, line["worker"], line["officer"])
    given = {"until_on": today(), "reasons": "To answer", "despite_wall": True, "at": now(), "by_id": line["lead"]}
    walls.give_access(case.id, line["senior"], **given)
    assert sees(case, line["senior"])
    assert not sees(case, line["senior"], on=today() + timedelta(days=1))
    assert not sees(case, line["manager"])
    with pytest.raises(MoveNotAllowed):
        walls.give_access(case.id, line["worker"], **given)


def test_a_walled_case_is_in_no_list_search_count_or_export(line):
    case, other = a_case(words="A giraffe on the stairs", at=now()), a_case(at=now())
    walled(case, line["lead"], line["officer"])
    me, year = viewer(line["lead"], reads_all=True), ReportingYear.of(today())
    assert [found.id for found in queue(QueueFilter(viewer=me)).cases] == [other.id]
    assert not queue(QueueFilter(viewer=me, words="giraffe")).cases
    assert not queue(QueueFilter(viewer=me, words=case.reference)).cases
    assert len(export_rows(year)) == 2
    assert [row.reference for row in export_rows(year, me)] == [other.reference]


def test_who_must_not_see_it_builds_the_wall_before_anyone_reads(line):
    case = a_case(must_not_see="please not KIT, and not Rówan Officer")
    assert {wall.person_id for wall in walls_of(case.id)} == {line["worker"], line["officer"]}
    assert not sees(case, line["officer"], reads_all=True)
    assert sees(case, line["lead"], reads_all=True)


def test_one_name_alone_does_not_shut_out_the_team_that_must_read_it(line):
    case = a_case(must_not_see="Rowan")
    assert not walls_of(case.id)
    assert case.person["must_not_see"] == "Rowan"


def test_a_case_is_never_lost_to_everyone_of_the_team(line):
    case = a_case(must_not_see="Rowan Officer and Alex Lead")
    assert [wall.person_id for wall in walls_of(case.id)] == [line["officer"]]
    with pytest.raises(NotComplete, match="No one on the team"):
        walled(case, line["lead"], line["lead"])


def test_a_wall_comes_down_with_reasons_and_not_by_the_one_behind_it(line):
    case = in_stage_1(line["officer"], at=now())
    walled(case, line["worker"], line["officer"])
    with pytest.raises(NotComplete):
        walls.take_down_wall(case.id, line["worker"], " ", at=now(), by_id=line["lead"])
    walls.take_down_wall(case.id, line["worker"], "Another Kit", at=now(), by_id=line["lead"])
    assert not shut_out_of(case.id)
    walled(case, line["lead"], line["officer"])
    with pytest.raises(MoveNotAllowed):
        walls.take_down_wall(case.id, line["lead"], "It is me", at=now(), by_id=line["lead"])


def test_nobody_is_above_themselves(line):
    with pytest.raises(OwnManager):
        change_manager(line["senior"], line["worker"], at=now())


def test_the_page_of_who_may_see_a_case_does_its_work(app, staff):
    lead = staff(Role.CUSTOMER_RELATIONS_LEAD, "Alex")
    with app.app_context():
        a_person(Role.CUSTOMER_RELATIONS)
        kit, robin = a_person(Role.ANY_STAFF, "Kit").id, a_person(Role.INDEPENDENT_PERSON, "Robin").id
        case = a_case(must_not_see="Nobody we know")
        where, reference = f"/staff/cases/{case.reference}/who", case.reference
    base = f"/staff/cases/{reference}"
    assert "Nobody we know" in page_of(lead.get(where))
    shut = fill_in(lead, where, f"{base}/walls", person_id=str(kit), follow=True)
    assert "Let Kit in" in page_of(shut)
    empty = fill_in(lead, where, f"{base}/access", person_id=str(robin))
    assert "Write the last day" in errors_on(page_of(empty))
    day = (today() + timedelta(days=30)).isoformat()
    given = fill_in(lead, where, f"{base}/access", person_id=str(robin), until_on=day, reasons="Stage 2", follow=True)
    assert "End it for Robin" in page_of(given)
    assert (
        "Robin"
        not in page_of(fill_in(lead, where, f"{base}/access/end", follow=True)).split("Given to")[1].split("<form")[0]
    )
    assert "Say why" in errors_on(page_of(fill_in(lead, where, f"{base}/walls/down")))
    assert "Let Kit in" not in page_of(fill_in(lead, where, f"{base}/walls/down", reasons="Another Kit", follow=True))
    with app.app_context():
        told = [entry.event for entry in entries_about(db.session.query(Case).one().about)]
    assert {"wall_put_up", "access_given", "access_ended", "wall_taken_down"} <= set(told)
    assert "Kit is no longer shut out" in page_of(lead.get(base))


def test_whoever_steps_back_leaves_the_case(app, staff):
    officer = staff(Role.CUSTOMER_RELATIONS, "Rowan")
    with app.app_context():
        a_person(Role.CUSTOMER_RELATIONS)
        me = db.session.query(Person.id).filter(Person.name == "Rowan").order_by(Person.id).first()[0]
        reference = a_case().reference
    base = f"/staff/cases/{reference}"
    done = fill_in(officer, f"{base}/who", f"{base}/walls", person_id=str(me), reason="stepped_back")
    assert done.location.endswith("/staff/queue")
    assert officer.get(base).status_code == 404
    assert f"/cases/{reference}" not in page_of(officer.get(f"/staff/queue?find={reference}"))


def test_only_the_lead_opens_walls():
    assert [role for role in Role if Permission.LET_IN in PERMISSIONS[role]] == [Role.CUSTOMER_RELATIONS_LEAD]
