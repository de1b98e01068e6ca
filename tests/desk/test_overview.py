"""Pages about many cases: what will be late, dates that moved, second looks, handing over, stored answers; the report."""

import re
from datetime import date, timedelta

import pytest
from flask import render_template
from sqlalchemy import select

from portal import clock
from portal.cases.confirmation import Confirmation, ToldBy, ToldHow
from portal.cases.models import Case, FollowUpKind, OmbudsmanCase, WallReason
from portal.cases.next_actions import NEXT
from portal.cases.queries import QueueFilter, queue
from portal.cases.services.walls import put_up_wall
from portal.clock import now, today
from portal.coming_back.services.coming_back import say_on_coming_back
from portal.config import DEMO_COUNCIL
from portal.correspondence.services.messages import send_message
from portal.database import db
from portal.desk.routes.queue import days_left
from portal.later_stages.services import ombudsman
from portal.people.models import Person
from portal.people.queries import people_with
from portal.people.roles import Role
from portal.procedure.calendar import bundled_calendar
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.ombudsman import Condition, DutyKind, OmbudsmanContact, OmbudsmanDecision
from portal.procedure.reporting_year import ReportingYear
from portal.procedure.second_person import SecondPersonNeeded
from portal.reports.annual import annual_tables, count_rows
from portal.reports.ombudsman import ombudsman_counts
from portal.reports.register_rows import RegisterRow
from portal.stage_1.services.stage_1 import acknowledge, choose_senior_manager, write_answer
from portal.working_days.services import add_holiday
from tests.factories.cases import a_case, in_stage_1, ready_to_answer
from tests.factories.people import a_person
from tests.factories.stages import on_day, stage_2_answered, who
from tests.factories.web import errors_on, fill_in, page_of


def test_what_is_late_is_the_same_on_its_page_and_in_the_queue_whatever_has_to_be_done(app, staff):
    client = staff()
    with app.app_context():
        long_ago = now() - timedelta(days=40)
        answered_late = a_case(at=long_ago)
        say_on_coming_back(answered_late.id, FollowUpKind.TREATED_BADLY, once_key="a", at=long_ago)
        by_phone = a_case(at=long_ago, person={"is_adult": True, "phone": "01632 960 100"})
        send_message(by_phone.id, "Hello", at=long_ago, by_id=a_person(Role.CUSTOMER_RELATIONS, "Ola").id)
        a_case(at=now())
        late = {answered_late.reference, by_phone.reference}
    pages = [page_of(client.get(address)) for address in ("/staff/forecast", "/staff/queue?due=late")]
    assert [set(re.findall(r">(YS-[A-Z0-9]{7})</a>", page)) for page in pages] == [late, late]


@pytest.mark.parametrize(("days", "is_late"), [(0, False), (1, True)])
def test_a_case_is_late_the_day_after_it_was_due_and_not_on_that_day(in_app, days, is_late):
    case = a_case(at=now())
    found = queue(QueueFilter(late_on=case.next_due_on + timedelta(days=days))).cases
    assert bool(found) is is_late


def test_at_a_weekend_what_was_due_before_it_is_late_and_not_today(in_app, monkeypatch):
    case = a_case(at=now())
    after = next(day for n in range(1, 9) if (day := case.next_due_on + timedelta(days=n)).weekday() == 5)
    case.next_due_on = after - timedelta(days=1)
    moment = clock.at_on(after)
    monkeypatch.setattr(clock, "now", lambda: moment)
    facts = {"cases": [case], "days": {case.id: days_left(case)}, "promised": {}, "names": {}, "NEXT": NEXT}
    with in_app.test_request_context():
        row = render_template("desk/queue_table.html", **facts)
    assert '<span class="late">Late</span>' in row


def test_the_forecast_shows_a_late_case_and_the_target(app, staff):
    officer = staff()
    with app.app_context():
        long_ago = now() - timedelta(days=40)
        reference = in_stage_1(people_with(Role.CUSTOMER_RELATIONS)[0].id, at=long_ago).reference
    page = page_of(officer.get("/staff/forecast"))
    assert reference in page
    assert "working days late" in page
    assert "No answer yet this year." in page


def test_dates_that_moved_are_listed_for_the_team(app, staff):
    officer = staff()
    with app.app_context():
        case = in_stage_1(people_with(Role.CUSTOMER_RELATIONS)[0].id, at=now())
        soon = next(day for n in range(1, 9) if bundled_calendar().is_working_day(day := today() + timedelta(days=n)))
        add_holiday(soon, "A day for the King", at=now(), by_id=None)
        reference = case.reference
    page = page_of(officer.get("/staff/counted-again"))
    assert reference in page
    assert "A day for the King" in page


def test_what_someone_holds_is_shown_goes_only_to_who_may_have_it_and_can_be_undone(app, staff):
    lead = staff(Role.CUSTOMER_RELATIONS_LEAD, "Alex")
    with app.app_context():
        leaves, takes = a_person(Role.CUSTOMER_RELATIONS, "Leaves").id, a_person(Role.CUSTOMER_RELATIONS, "Takes").id
        manager = a_person(Role.TEAM_MANAGER, "Sam").id
        case = in_stage_1(leaves, at=now())
        case_id, reference = case.id, case.reference
    [name] = re.findall(r'<select id="\w+" name="(\w+)"', page_of(lead.get("/staff/hand-over")))
    address = f"/staff/hand-over?{name}={leaves}"
    page = page_of(lead.get(address))
    assert f"{reference}: acknowledge, by" in page
    assert f'value="{takes}"' in page.split('<form method="post"')[2]
    refused = fill_in(lead, address, to_id=str(manager), note="I leave")
    assert "Choose one of the answers on the page" in errors_on(page_of(refused))
    fill_in(lead, address, to_id=str(takes), note="I leave")
    page = page_of(lead.get(address))
    assert "1 case was handed over." in page
    with app.app_context():
        assert db.session.get_one(Case, case_id).assignee_id == takes
    undo = page.split('action="/staff/hand-over/')[1].split('"')[0]
    fill_in(lead, address, f"/staff/hand-over/{undo}")
    with app.app_context():
        assert db.session.get_one(Case, case_id).assignee_id == leaves
    assert "1 case was given back." in page_of(lead.get(address))


def test_a_list_of_managers_that_is_empty_says_why_and_who_can_help(app, staff):
    officer = staff(name="Rowan")
    with app.app_context():
        mine = people_with(Role.CUSTOMER_RELATIONS)[0].id
        a_person(Role.ADMINISTRATOR, "Lee Admin")
        case = in_stage_1(mine, at=now())
        acknowledge(case.id, council=DEMO_COUNCIL, at=now(), by_id=mine)
        reference, case_id = case.reference, case.id
    address = f"/staff/cases/{reference}/allocate"
    page = page_of(officer.get(address))
    assert "Nobody at work is a senior manager yet. Lee Admin can give somebody the role, under People." in page
    with app.app_context():
        senior = a_person(Role.SENIOR_MANAGER, "Morgan").id
        put_up_wall(case_id, senior, WallReason.STEPPED_BACK, at=now(), by_id=mine)
    assert "is shut out of this case by a wall" in page_of(officer.get(address))


def test_after_an_action_the_page_says_what_was_done_where_the_letter_is_and_what_is_next(app, staff):
    officer = staff(name="Rowan")
    with app.app_context():
        mine = people_with(Role.CUSTOMER_RELATIONS)[0].id
        case = in_stage_1(mine, at=now(), person={"is_adult": True, "name": "Pat", "phone": "0123"})
        reference = case.reference
    address = f"/staff/cases/{reference}"
    fill_in(officer, address, f"{address}/message", letter="We rang the team.")
    page = page_of(officer.get(address))
    told = page.split('role="status"')[1].split("</div>")[0]
    assert "Your message is written." in told
    assert "The letter has not left yet: post it or read it to them" in told
    assert "Next: See that a letter leaves, by" in told


def test_stored_answers_are_kept_shown_where_answers_are_written_and_removed(app, staff):
    officer = staff()
    with app.app_context():
        reference = in_stage_1(people_with(Role.CUSTOMER_RELATIONS)[0].id, at=now()).reference
    fill_in(officer, "/staff/stored-answers", title="A payment", words="We will pay £150 for your time.")
    fill_in(officer, "/staff/stored-answers", title="A payment", words="We will pay £200 for your time.")
    page = page_of(officer.get(f"/staff/cases/{reference}/answer"))
    assert "£200" in page
    assert "£150" not in page
    fill_in(officer, "/staff/stored-answers", "/staff/stored-answers/1/remove")
    assert "£200" not in page_of(officer.get("/staff/stored-answers"))


def test_the_ombudsmans_dates_are_hard_and_its_section_is_counted(team):
    case = stage_2_answered(team)
    day = on_day(case.stage(2).responded_on, 5)
    action, where = who(team["officer"], day), {"their_reference": "26 001", "received_on": day, "council": DEMO_COUNCIL}
    with pytest.raises(MoveNotAllowed, match="cannot be left out"):
        ombudsman.note_contact(case.id, OmbudsmanContact.EARLY_REFERRAL, conditions=(), words="x", **where, **action)
    every: dict[str, object] = {"conditions": list(Condition), "words": "Both want it"}
    with pytest.raises(MoveNotAllowed, match="in their own word"):
        ombudsman.note_contact(case.id, OmbudsmanContact.EARLY_REFERRAL, **every, **where, **action)
    every |= {"agreed": Confirmation(ToldBy.THE_PERSON, ToldHow.LETTER, day)}
    with pytest.raises(SecondPersonNeeded, match="without a panel"):
        ombudsman.note_contact(case.id, OmbudsmanContact.EARLY_REFERRAL, **every, **where, **action)
    by_two = action | {"asked_by": team["lead"]}
    ombudsman.note_contact(case.id, OmbudsmanContact.EARLY_REFERRAL, **every, **where, **by_two)
    assert case.messages[-1].kind == "early_referral"
    said = {"decided_on": day, "words": "Fault"}
    ombudsman.note_decision(case.id, OmbudsmanDecision.UPHELD, **said, **action)
    ombudsman.ask_duty(case.id, DutyKind.REMEDY, "Pay £200", day + timedelta(days=28), **action)
    assert (case.next_action, case.next_due_on, case.is_open) == ("do_remedy", day + timedelta(days=28), True)
    late = day + timedelta(days=29)
    ombudsman.do_duty(case.id, case.duties[0].id, evidence="The receipt", on=late, **who(team["officer"], late))
    counts = ombudsman_counts(ReportingYear.of(day))
    assert (counts.received, counts.decided, counts.upheld) == (1, 1, 1)
    assert (counts.remedies, counts.remedies_in_time) == (1, 0)
    assert db.session.query(OmbudsmanCase).one().conditions.keys() == {condition.value for condition in Condition}


def test_a_panel_that_was_asked_for_too_late_is_told_apart_in_the_report():
    day = date(2026, 5, 4)
    row = RegisterRow(
        reference="x",
        received_on=day,
        kind="complaint",
        method="email",
        point_of_receipt="other",
        complainant="parent",
        disposition="accepted",
        stage_2_requested_on=day,
        stage_2_outcome="upheld",
        stage_3_requested_on=day,
        stage_3_outcome="refused_as_late",
    )
    tables = {table.number: table for table in annual_tables(count_rows([row], bundled_calendar()))}
    named = {line.name: line.count for line in tables["3b"].rows}
    assert (named["Withdrawn"], named["of these: asked too late and not heard"], named["Total"]) == (1, 1, 1)
    assert "of these: asked too late and not heard" not in {line.name for line in tables["3a"].rows}


def test_each_role_opens_on_what_waits_for_them(app, staff):
    manager, senior = staff(Role.TEAM_MANAGER, "Sam"), staff(Role.SENIOR_MANAGER, "Morgan")
    with app.app_context():
        officer = a_person(Role.CUSTOMER_RELATIONS, "Rowan").id
        team = {"officer": officer, "senior": people_with(Role.SENIOR_MANAGER)[0].id}
        team["manager"] = people_with(Role.TEAM_MANAGER)[0].id
        to_write, written = (ready_to_answer(**team, at=now()) for _ in range(2))
        write_answer(written.id, "We looked into it.", at=now(), by_id=team["manager"])
        to_appoint = in_stage_1(officer, at=now())
        acknowledge(to_appoint.id, council=DEMO_COUNCIL, at=now(), by_id=officer)
        choose_senior_manager(to_appoint.id, team["senior"], at=now(), by_id=officer)
        references = [case.reference for case in (to_write, written, to_appoint)]
    for client, mine in ((manager, references[0]), (senior, references[2])):
        page = page_of(client.get("/staff/queue"))
        waits, others = page.split("Waits for you")[1].split("Others that you may read")
        assert mine in waits
        assert all(other not in waits for other in references if other != mine)
        assert mine not in others
        assert references[1] in others
    with app.app_context():
        last = db.session.scalars(select(Case).where(Case.reference == references[0])).one()
        write_answer(last.id, "It is so.", at=now(), by_id=team["manager"])
    assert "Nothing waits for you now." in page_of(manager.get("/staff/queue"))


def test_no_case_that_waits_for_someone_is_out_of_their_sight(app, staff):
    manager = staff(Role.TEAM_MANAGER, "Sam")
    with app.app_context():
        officer, senior = a_person(Role.CUSTOMER_RELATIONS, "Rowan").id, a_person(Role.SENIOR_MANAGER, "Morgan").id
        team = {"officer": officer, "senior": senior, "manager": people_with(Role.TEAM_MANAGER)[0].id}
        made = {ready_to_answer(**team, at=now()).reference for _ in range(27)}
    pages = [page_of(manager.get(f"/staff/queue?page={number}")) for number in (1, 2)]
    assert "Next page" in pages[0]
    assert {reference for page in pages for reference in re.findall(r"/staff/cases/(YS-\w+)", page)} == made


def test_only_those_who_hold_something_are_offered_for_a_hand_over(app, staff):
    lead = staff(Role.CUSTOMER_RELATIONS_LEAD, "Alex")
    assert "No one has an open case." in page_of(lead.get("/staff/hand-over"))
    with app.app_context():
        holds = a_person(Role.CUSTOMER_RELATIONS, "Holds a case").id
        a_person(Role.CUSTOMER_RELATIONS, "Holds nothing")
        in_stage_1(holds, at=now())
    page = page_of(lead.get("/staff/hand-over"))
    assert "Holds a case" in page
    assert "Holds nothing" not in page


def test_nothing_is_given_back_to_somebody_who_has_left(app, staff):
    lead = staff(Role.CUSTOMER_RELATIONS_LEAD, "Alex")
    with app.app_context():
        leaves, takes = a_person(Role.CUSTOMER_RELATIONS, "Leaves"), a_person(Role.CUSTOMER_RELATIONS, "Takes").id
        leaver, case_id = leaves.id, in_stage_1(leaves.id, at=now()).id
    address = f"/staff/hand-over?from_id={leaver}"
    fill_in(lead, address, to_id=str(takes), note="I leave")
    with app.app_context():
        db.session.get_one(Person, leaver).active = False
        db.session.commit()
    undo = page_of(lead.get(address)).split('action="/staff/hand-over/')[1].split('"')[0]
    assert "They have left" in page_of(fill_in(lead, address, f"/staff/hand-over/{undo}"))
    with app.app_context():
        assert db.session.get_one(Case, case_id).assignee_id == takes
