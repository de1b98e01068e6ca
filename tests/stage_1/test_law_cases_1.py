"""The worked cases of the law, run through the services: days, routes and stage 1. A blocked move says by which rule."""

from datetime import UTC, date, datetime

import pytest

from portal.audit.queries import entries_about
from portal.cases.clocks import case_clocks
from portal.cases.confirmation import ToldBy
from portal.cases.models import Case
from portal.closing.services import closing
from portal.config import DEMO_COUNCIL
from portal.correspondence.services import waiting
from portal.database import db
from portal.desk.services.reminders import remind
from portal.doors.child.forms.told import to_submission
from portal.intake.services.receive import receive
from portal.later_stages.services import later_stages
from portal.other_routes.services import proceedings, strands
from portal.procedure.eligibility import Complainant, Proceedings, Standing
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.findings import Finding
from portal.procedure.grounds import Ground, Matter
from portal.procedure.letter_check import Edited
from portal.procedure.routes import Route
from portal.procedure.stages import ClosingReason
from portal.stage_1.services import stage_1
from portal.triage.services import telling, triage
from tests.factories.cases import a_case, checked, decided, in_stage_1, ready_to_answer, their_word
from tests.factories.stages import answered, at, on_day, who

COUNCIL = {"council": DEMO_COUNCIL}
PLAN = triage.PartFacts(words="The plan is wrong", matter=Matter.CONFERENCE_DECISION, still_going_on=True)
LATE_REPORT = triage.PartFacts(words="The report came late", matter=Matter.CHILD_PROTECTION_ENQUIRY, still_going_on=True)


def clock(case, limit_id):
    return next(clock for one in case_clocks(case) for clock in one.clocks if clock.limit_id == limit_id)


def kinds(case):
    return [message.kind for message in case.messages]


def test_tc01_stage_1_across_the_jubilee(team):
    case = in_stage_1(team["officer"], at=datetime(2022, 5, 23, 9, 5, tzinfo=UTC))
    stage_1.extend(case.id, ground="complex", reasons="Two teams", **COUNCIL, **who(team["officer"], date(2022, 6, 8)))
    moved = [entry.facts["due_on"] for entry in entries_about(case.about) if "due_on" in entry.facts]
    assert moved == ["2022-06-08", "2022-06-22"]
    with pytest.raises(MoveNotAllowed, match="20 working days is the longest"):
        stage_1.extend(case.id, ground="complex", reasons="More", **COUNCIL, **who(team["officer"], date(2022, 6, 20)))


def test_tc05_the_councils_own_closure_days_count(team):
    case = in_stage_1(team["officer"], at=datetime(2022, 12, 16, 10, tzinfo=UTC))
    assert case.stages[0].due_on == date(2023, 1, 4)
    passed_over = {day.why for day in clock(case, "statutory.stage_1.response").deadlines[0].not_counted}
    assert passed_over >= {"Saturday", "Sunday"}
    assert date(2022, 12, 28) not in {day.date for day in clock(case, "statutory.stage_1.response").deadlines[0].not_counted}


def test_tc06_a_card_on_a_saturday_night_is_received_that_day_in_london(team):
    moment = datetime(2022, 6, 4, 22, 50, tzinfo=UTC)
    receipt = receive(to_submission({"kind": "wrong", "words": "no one came", "by_card": True}, "once"), at=moment)
    case = db.session.get_one(Case, receipt.record_id)
    assert (case.received_on, case.method, receipt.answer_by) == (date(2022, 6, 4), "qr_card", date(2022, 6, 17))


def test_tc12_the_corporate_clocks_run_from_the_acknowledgement(team):
    case = a_case(at=at(date(2026, 4, 2)))
    checked(case, team["officer"], at=at(date(2026, 4, 2)))
    decided(case, team["officer"], route=Route.CORPORATE, said=LATE_REPORT, at=at(date(2026, 4, 2)))
    telling.tell_decision(case.id, **COUNCIL, **who(team["officer"], date(2026, 4, 2)))
    assert (case.status, case.next_due_on) == ("other_routes", date(2026, 4, 13))
    strands.acknowledge_strand(case.id, 1, **COUNCIL, **who(team["officer"], date(2026, 4, 8)))
    assert case.strands[0].due_on == date(2026, 4, 22)
    with pytest.raises(MoveNotAllowed, match="Ombudsman"):
        strands.extend_strand(
            case.id,
            1,
            reasons="Staff are away",
            letter=Edited("Thursday 7 May 2026"),
            **COUNCIL,
            **who(team["officer"], date(2026, 4, 20)),
        )
    strands.extend_strand(case.id, 1, reasons="Staff are away", **COUNCIL, **who(team["officer"], date(2026, 4, 20)))
    assert case.strands[0].due_on == date(2026, 5, 7)
    strands.answer_strand(
        case.id, 1, text="We are sorry.", finding=Finding.UPHELD, **COUNCIL, **who(team["officer"], date(2026, 5, 6))
    )
    assert case.status == "closed"
    strands.ask_for_corporate_stage_2(case.id, 1, requested_on=date(2026, 5, 12), **who(team["officer"], date(2026, 5, 12)))
    assert (case.status, case.strands[1].due_on) == ("other_routes", date(2026, 5, 19))
    strands.acknowledge_strand(case.id, 1, **COUNCIL, **who(team["officer"], date(2026, 5, 14)))
    assert case.strands[1].due_on == date(2026, 6, 12)
    strands.extend_strand(case.id, 1, reasons="More to read", **COUNCIL, **who(team["officer"], date(2026, 6, 11)))
    assert case.strands[1].due_on == date(2026, 7, 10)
    said = {"text": "We looked again.", "finding": Finding.NOT_UPHELD} | COUNCIL
    with pytest.raises(MoveNotAllowed, match="Someone who did not answer stage 1"):
        strands.answer_strand(case.id, 1, **said, **who(team["officer"], date(2026, 7, 1)))
    strands.answer_strand(case.id, 1, **said, **who(team["lead"], date(2026, 7, 1)))
    assert not case.is_open


def test_tc14_settled_by_the_next_day_needs_the_young_persons_own_word(team):
    case = a_case(at=datetime(2023, 1, 10, 15, tzinfo=UTC), who=Complainant.CARE_LEAVER)
    checked(case, team["officer"], at=datetime(2023, 1, 10, 15, 5, tzinfo=UTC))
    day = date(2023, 1, 11)
    for by, is_closed in ((ToldBy.WORKER, False), (ToldBy.THE_PERSON, True)):
        told = their_word(at(day), by) | who(team["officer"], day, 16)
        assert closing.close_case(case.id, ClosingReason.RESOLVED_NEXT_DAY, **told) is is_closed
    assert (case.disposition, case.status) == ("resolved_next_day", "closed")


def test_tc16_the_following_day_is_the_next_working_day(team):
    for day, passes in ((date(2022, 6, 6), True), (date(2022, 6, 7), False)):
        case = a_case(at=datetime(2022, 6, 1, 15, tzinfo=UTC))
        checked(case, team["officer"], at=datetime(2022, 6, 1, 15, tzinfo=UTC))
        said = their_word(at(day)) | who(team["officer"], day)
        if passes:
            closing.close_case(case.id, ClosingReason.RESOLVED_NEXT_DAY, **said)
            assert case.status == "closed"
        else:
            with pytest.raises(MoveNotAllowed, match="next working day has passed"):
                closing.close_case(case.id, ClosingReason.RESOLVED_NEXT_DAY, **said)


def test_tc17_a_child_who_gives_a_first_name_is_heard(team):
    words = "my social worker keeps cancelling mum. want it sorted. Jay"
    receipt = receive(to_submission({"kind": "wrong", "words": words, "by_card": True}, "once"), at=at(date(2026, 6, 1)))
    case = db.session.get_one(Case, receipt.record_id)
    assert receipt.secret_words
    checked(case, team["officer"], at=at(date(2026, 6, 1)))
    decided(case, team["officer"], at=at(date(2026, 6, 1)))
    telling.tell_decision(case.id, **COUNCIL, **who(team["officer"], date(2026, 6, 1)))
    assert case.status == "stage_1"
    assert "An advocate can help you. It is free." in case.messages[0].words
    assert not any("parent" in message.words for message in case.messages)


def test_tc18_an_advocate_is_a_ground_and_never_takes_it_past_twenty_days(team):
    case = in_stage_1(team["officer"], at=at(date(2022, 9, 5)))
    waiting.note_advocate(case.id, "asked_for", date(2022, 9, 7), **who(team["officer"], date(2022, 9, 7)))
    stage_1.extend(
        case.id, ground="advocate", reasons="You asked for one", **COUNCIL, **who(team["officer"], date(2022, 9, 8))
    )
    waiting.note_advocate(case.id, "in_place", date(2022, 9, 22), **who(team["officer"], date(2022, 9, 22)))
    assert case.stages[0].due_on == date(2022, 10, 4)
    remind(DEMO_COUNCIL, at=at(date(2022, 10, 4), 18))
    assert "right_to_stage_2" in kinds(case)
    assert later_stages.ask_for_stage(case.id, 2, requested_on=date(2022, 10, 5), **who(team["officer"], date(2022, 10, 5)))


def test_tc22_each_part_of_a_mixed_complaint_goes_its_own_way(team):
    day = date(2026, 6, 1)
    case = a_case(at=at(day))
    checked(case, team["officer"], at=at(day))
    decided(case, team["officer"], at=at(day))
    for said, route in ((PLAN, Route.CONFERENCE_APPEAL), (LATE_REPORT, Route.CORPORATE)):
        position = triage.describe_part(case.id, None, said, **who(team["officer"], day))
        decided(case, team["officer"], position, route=route, said=said, at=at(day))
    telling.tell_decision(case.id, **COUNCIL, **who(team["officer"], day))
    assert (case.status, [strand.route for strand in case.open_strands]) == ("stage_1", ["conference_appeal", "corporate"])
    letter = case.messages[0].words
    assert all(f"Part {number}:" in letter for number in (1, 2, 3))
    strands.pass_on(case.id, 2, to_whom="The partnership, 01632 960 100", **COUNCIL, **who(team["officer"], day))
    assert "may not be able to change it" in case.messages[-1].words


def test_tc24_one_part_waits_for_the_court_and_the_other_goes_on(team):
    day = date(2024, 2, 20)
    case = a_case(at=at(day))
    checked(case, team["officer"], at=at(day))
    evidence = triage.PartFacts(
        words="The evidence is wrong",
        matter=Matter.CARE_OR_SUPERVISION,
        still_going_on=True,
        proceedings=Proceedings.COURT,
        would_prejudice=True,
    )
    triage.describe_part(case.id, 1, evidence, **who(team["officer"], day))
    held = {"decision": Standing.HELD, "route": Route.COURT_OR_TRIBUNAL, "ground": Ground.COURT_PROCEEDINGS}
    triage.decide_part(
        case.id, 1, **held, reasons="It would harm them", review_on=date(2024, 6, 10), **who(team["officer"], day)
    )
    calls = triage.PartFacts(words="Nobody rings back", matter=Matter.SERVICE_FOR_A_CHILD, still_going_on=True)
    triage.describe_part(case.id, None, calls, **who(team["officer"], day))
    decided(case, team["officer"], 2, said=calls, at=at(day))
    telling.tell_decision(case.id, **COUNCIL, **who(team["officer"], day))
    assert case.stages[0].due_on == date(2024, 3, 5)
    assert "We will look at this again on Monday 10 June 2024" in case.messages[0].words
    assert case.open_strands[0].due_on == date(2024, 6, 10)
    proceedings.end_proceedings(case.id, 1, ended_on=date(2024, 6, 17), **COUNCIL, **who(team["officer"], date(2024, 6, 18)))
    again = db.session.query(Case).filter(Case.id != case.id).one()
    assert (again.received_on, again.status, again.parts[0].words) == (date(2024, 6, 18), "to_read", "The evidence is wrong")
    assert case.open_strands == []


def test_tc27_the_year_ends_on_its_day_whether_or_not_that_is_a_holiday(team):
    grounds = triage.PartFacts(words="x", matter=Matter.SERVICE_FOR_A_CHILD, happened_on=date(2022, 5, 8))
    found = []
    for moment in (datetime(2023, 5, 8, 21, 10, tzinfo=UTC), datetime(2023, 5, 8, 23, 5, tzinfo=UTC)):
        case = a_case(at=moment)
        checked(case, team["officer"], at=moment)
        triage.describe_part(case.id, 1, grounds, at=moment, by_id=team["officer"])
        found.append(triage.assess_part(case, case.parts[0]))
    assert found[0].standing == Standing.ELIGIBLE
    assert (found[1].standing, found[1].questions) == (Standing.ELIGIBLE, ())
    assert "late_but_considered" in found[1].grounds


def test_tc31_who_is_content_to_wait_is_told_of_stage_2_and_counted_late(team):
    case = ready_to_answer(team["officer"], team["senior"], team["manager"], at=at(date(2022, 7, 4)))
    stage_1.extend(case.id, ground="complex", reasons="Two teams", **COUNCIL, **who(team["officer"], date(2022, 7, 15)))
    remind(DEMO_COUNCIL, at=at(date(2022, 8, 1), 9))
    assert "right_to_stage_2" not in kinds(case)
    remind(DEMO_COUNCIL, at=at(date(2022, 8, 1), 18))
    remind(DEMO_COUNCIL, at=at(date(2022, 8, 2), 9))
    assert kinds(case).count("right_to_stage_2") == 1
    waiting.agree_to_wait(
        case.id, until_on=date(2022, 8, 9), confirmed_by="The mother, by phone", **who(team["officer"], date(2022, 8, 2))
    )
    assert case.stages[0].due_on == date(2022, 8, 1)
    stage_1.write_answer(case.id, "We are sorry.", **who(team["manager"], date(2022, 8, 8)))
    stage_1.check_answer_text(case.id, good=True, **who(team["officer"], date(2022, 8, 8)))
    stage_1.send_answer(case.id, {1: Finding.UPHELD}, **COUNCIL, **who(team["officer"], date(2022, 8, 8)))
    assert entries_about(case.about)[-1].facts["in_time"] is False


def test_tc40_the_days_of_the_report_are_counted_from_receipt(team):
    days = []
    for working_days in (3, 20, 24):
        case = answered(team, received=at(date(2022, 4, 4)), on=on_day(date(2022, 4, 4), working_days))
        days.append(entries_about(case.about)[-1].facts["working_days"])
    assert days == [3, 20, 24]
