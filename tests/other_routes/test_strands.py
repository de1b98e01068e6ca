"""Parts that go their own way, held parts, linked, split and merged cases, time that follows events."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.audit.queries import entries_about, verify_chain
from portal.cases.confirmation import Confirmation, ToldBy, ToldHow
from portal.cases.errors import NotComplete
from portal.cases.models import Case, Disposition, WallReason
from portal.cases.queries import access_to, wall_for
from portal.cases.services import walls
from portal.cases.visibility import Viewer
from portal.closing.services import closing
from portal.config import DEMO_COUNCIL
from portal.correspondence.services import waiting
from portal.correspondence.services.late_letters import late_letters
from portal.database import db
from portal.desk.forecast import expected_late, stage_2_late, target_so_far
from portal.desk.services import handing_over
from portal.desk.services.reminders import remind
from portal.later_stages.services import later_stages
from portal.other_routes.services import proceedings, strands
from portal.outbox.models import OutgoingEmail
from portal.people.roles import Role
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.findings import Finding
from portal.procedure.independence import Seat
from portal.procedure.letter_check import Edited
from portal.procedure.routes import Route
from portal.procedure.stages import ClosingReason, StageEnding
from portal.stage_1.services import stage_1
from portal.triage.services import linking, second_looks, telling, triage
from portal.working_days.services import add_holiday
from tests.factories.cases import a_case, checked, decided, in_stage_1, ready_to_answer, their_word
from tests.factories.people import a_person
from tests.factories.stages import answered, appoint, at, in_stage_2, listed, on_day, who

COUNCIL = {"council": DEMO_COUNCIL}
DAY = date(2026, 7, 6)


def sent(team, *routes):
    """A case whose parts go these ways, told on a day."""
    case = a_case(at=at(DAY))
    checked(case, team["officer"], at=at(DAY))
    decided(case, team["officer"], route=routes[0], at=at(DAY))
    for route in routes[1:]:
        said = triage.PartFacts(words=f"A part for {route}", matter="other_council_service", still_going_on=True)
        position = triage.describe_part(case.id, None, said, **who(team["officer"], DAY))
        decided(case, team["officer"], position, route=route, said=said, at=at(DAY))
    for part in case.parts:
        if part.needs_signature:
            triage.sign_part(case.id, part.position, **who(team["lead"], DAY))
    telling.tell_decision(case.id, **COUNCIL, **who(team["officer"], DAY))
    return case


def viewer(person_id, on):
    return Viewer(person_id, True, frozenset({person_id}), on)


def test_each_part_has_its_own_clock_and_the_nearest_is_next(team):
    case = sent(team, Route.STATUTORY, Route.CORPORATE, Route.DATA_PROTECTION, Route.ANOTHER_BODY)
    due = {strand.route: strand.due_on for strand in case.open_strands}
    assert due == {
        "corporate": date(2026, 7, 13),
        "data_protection": date(2026, 7, 31),
        "another_body": date(2026, 7, 8),
    }
    assert (case.status, case.next_due_on) == ("stage_1", date(2026, 7, 8))


def test_a_part_is_answered_while_another_still_runs_and_the_case_ends_with_the_last(team):
    case = sent(team, Route.CORPORATE, Route.ANOTHER_BODY)
    assert case.status == "other_routes"
    said = {"text": "We looked.", "finding": Finding.NOT_UPHELD}
    with pytest.raises(MoveNotAllowed, match="Acknowledge this part first"):
        strands.answer_strand(case.id, 1, **said, **COUNCIL, **who(team["officer"], DAY))
    strands.acknowledge_strand(case.id, 1, **COUNCIL, **who(team["officer"], DAY))
    strands.answer_strand(case.id, 1, **said, **COUNCIL, **who(team["officer"], DAY))
    assert (case.status, case.next_action) == ("other_routes", "pass_on")
    assert (case.parts[0].finding, case.strands[0].outcome) == (Finding.NOT_UPHELD, Finding.NOT_UPHELD)
    strands.pass_on(case.id, 2, to_whom="The school, 01632 960 300", **COUNCIL, **who(team["officer"], DAY))
    assert (case.status, case.is_open, case.closed_on) == ("closed", False, DAY)


def test_an_upheld_part_is_not_answered_without_sorry(team):
    case = sent(team, Route.CORPORATE)
    strands.acknowledge_strand(case.id, 1, **COUNCIL, **who(team["officer"], DAY))
    with pytest.raises(MoveNotAllowed, match="does not say sorry"):
        strands.answer_strand(
            case.id,
            1,
            text="x",
            finding=Finding.UPHELD,
            letter=Edited("The Ombudsman"),
            **COUNCIL,
            **who(team["officer"], DAY),
        )


def test_a_hold_is_reviewed_and_ends_without_being_taken_up_only_by_the_persons_own_word(team):
    case = sent(team, Route.COURT_OR_TRIBUNAL)
    later = date(2026, 9, 1)
    said = {"reasons": "The hearing moved", "review_on": date(2026, 12, 1)}
    proceedings.review_hold(case.id, 1, **said, **COUNCIL, **who(team["officer"], later))
    assert case.next_due_on == date(2026, 12, 1)
    by_worker = Confirmation(ToldBy.WORKER, ToldHow.PHONE, later)
    with pytest.raises(MoveNotAllowed, match="Only the person"):
        proceedings.end_hold(case.id, 1, confirmed=by_worker, **who(team["officer"], later))
    proceedings.end_hold(case.id, 1, confirmed=replace(by_worker, by=ToldBy.THE_PERSON), **who(team["officer"], later))
    assert case.status == "closed"


def test_a_held_part_comes_back_by_itself_on_the_day_after_the_proceedings_end(team):
    case = sent(team, Route.COURT_OR_TRIBUNAL)
    ended = date(2026, 12, 31)
    proceedings.end_proceedings(case.id, 1, ended_on=ended, **COUNCIL, **who(team["officer"], ended))
    letter = case.messages[-1].words
    assert "ended on Thursday 31 December 2026" in letter
    assert "from Friday 1 January 2027. You do not have to ask us again." in letter
    assert (case.next_action, case.next_due_on, case.is_open) == ("take_up_again", date(2027, 1, 1), True)
    for _ in range(2):
        remind(DEMO_COUNCIL, at=at(date(2027, 1, 1)))
    again = db.session.query(Case).filter(Case.id != case.id).one()
    assert (again.received_on, again.status, case.status) == (date(2027, 1, 1), "to_read", "closed")
    assert again.first_told_on == case.received_on


def test_a_case_is_split_before_the_person_is_told_and_keeps_its_day_and_walls(team):
    case = a_case(at=at(DAY))
    walls.put_up_wall(case.id, team["manager"], WallReason.COMPLAINED_ABOUT, **who(team["officer"], DAY))
    checked(case, team["officer"], at=at(DAY))
    said = triage.PartFacts(words="The bus", matter="service_for_a_child", still_going_on=True, proceedings="court")
    triage.describe_part(case.id, None, said, **who(team["officer"], DAY))
    case.interest = {"weighed": ["childs_views"]}
    db.session.commit()
    reference = linking.split_case(case.id, [2], **who(team["officer"], DAY))
    new = db.session.scalars(select(Case).where(Case.reference == reference)).one()
    assert (new.received_on, new.parts[0].words, len(case.parts)) == (DAY, "The bus", 1)
    assert (new.parts[0].proceedings, new.interest, new.first_told_on) == ("court", {"weighed": ["childs_views"]}, None)
    assert wall_for(new.id, team["manager"]) is not None
    assert linking.links_of(case.id) == [(new.id, "split_from", False)]
    with pytest.raises(NotComplete, match="leave at least one"):
        linking.split_case(case.id, [1], **who(team["officer"], DAY))


def test_the_parts_that_stay_after_a_split_are_numbered_without_a_gap(team):
    case = a_case(at=at(DAY))
    checked(case, team["officer"], at=at(DAY))
    for words in ("The bus", "The school"):
        said = triage.PartFacts(words=words, matter="service_for_a_child", still_going_on=True)
        triage.describe_part(case.id, None, said, **who(team["officer"], DAY))
    linking.split_case(case.id, [1], **who(team["officer"], DAY))
    assert [(part.position, part.words) for part in case.parts] == [(1, "The bus"), (2, "The school")]


def test_both_senders_of_merged_cases_get_an_answer(team):
    first = ready_to_answer(team["officer"], team["senior"], team["manager"], at=at(DAY))
    second = in_stage_1(team["officer"], at=at(DAY), person={"is_adult": True, "name": "Sky Second"})
    with pytest.raises(NotComplete, match="Choose another case"):
        linking.link_cases(first.id, first.id, **who(team["officer"], DAY))
    linking.merge_into(second.id, first.id, "The same visit", **who(team["officer"], DAY))
    stage_1.write_answer(first.id, "The visit is on Friday.", **who(team["manager"], DAY))
    stage_1.check_answer_text(first.id, good=True, **who(team["officer"], DAY))
    stage_1.send_answer(first.id, {1: Finding.UPHELD}, **COUNCIL, **who(team["officer"], DAY))
    for case in (first, second):
        assert (case.status, case.messages[-1].kind, case.stages[0].responded_on) == ("answered", "answer", DAY)
        assert f"Our reference: {case.reference}" in case.messages[-1].words
        assert "The visit is on Friday." in case.messages[-1].words


def test_a_bank_holiday_that_is_added_moves_open_cases_and_each_move_is_in_the_audit(team):
    open_case, done = in_stage_1(team["officer"], at=at(DAY)), answered(team, received=at(DAY), on=DAY)
    before = open_case.stages[0].due_on
    add_holiday(date(2026, 7, 8), "A royal wedding", at=at(date(2026, 7, 7)), by_id=team["lead"])
    assert (open_case.stages[0].due_on, done.stages[0].due_on) == (before + timedelta(days=1), before)
    moved = [entry.facts for entry in entries_about(open_case.about) if entry.event == "date_counted_again"]
    assert [(facts["before"], facts["after"]) for facts in moved] == [("2026-07-20", "2026-07-21")]
    assert "A royal wedding" in moved[0]["why"]
    assert verify_chain().trouble == ""


def test_who_comes_back_goes_on_where_it_stopped(team):
    case = in_stage_1(team["officer"], at=at(DAY))
    due = case.stages[0].due_on
    said = their_word(at(date(2026, 7, 8)))
    closing.close_case(case.id, ClosingReason.WITHDRAWN, **said, **who(team["officer"], date(2026, 7, 8)))
    closing.reopen_case(case.id, "She changed her mind", **COUNCIL, **who(team["officer"], date(2026, 7, 15)))
    assert (case.status, case.stages[0].due_on) == ("stage_1", due)


def test_an_early_request_opens_by_itself_when_its_twenty_days_are_over(team):
    case = in_stage_1(team["officer"], at=at(DAY))
    asked = later_stages.ask_for_stage(case.id, 2, requested_on=DAY, **COUNCIL, **who(team["officer"], DAY))
    opens = on_day(DAY, 20)
    assert (asked, case.stages[0].opens_on) == (False, opens)
    assert "stage 2 begins by itself" in case.messages[-1].words
    remind(DEMO_COUNCIL, at=at(opens, 9))
    assert case.status == "stage_1"
    remind(DEMO_COUNCIL, at=at(opens, 18))
    assert (case.status, case.stages[1].requested_on) == ("stage_2", opens)
    assert "It starts now" in case.messages[-1].words


def test_an_early_request_that_the_answer_settles_is_asked_about_and_dropped(team):
    case = ready_to_answer(team["officer"], team["senior"], team["manager"], at=at(DAY))
    later_stages.ask_for_stage(case.id, 2, requested_on=DAY, **who(team["officer"], DAY))
    stage_1.write_answer(case.id, "We are sorry.", **who(team["manager"], DAY))
    stage_1.check_answer_text(case.id, good=True, **who(team["officer"], DAY))
    stage_1.send_answer(case.id, {1: Finding.UPHELD}, **COUNCIL, **who(team["officer"], DAY))
    assert (case.next_action, case.is_open) == ("open_stage", True)
    later_stages.drop_early_request(case.id, confirmed_by="The mother, by phone", **who(team["officer"], DAY))
    assert not case.is_open


def test_reminders_go_to_whoever_holds_the_next_step_in_one_email_a_day_without_a_word_of_the_case(team):
    cases = [ready_to_answer(team["officer"], team["senior"], team["manager"], at=at(DAY)) for _ in range(3)]
    for hour in (8, 9, 12):
        remind(DEMO_COUNCIL, at=at(on_day(DAY, 8), hour))
    (email,) = db.session.scalars(select(OutgoingEmail)).all()
    assert email.recipient.startswith("manager")
    assert all(case.reference in email.body for case in cases)
    assert "support" not in email.body
    remind(DEMO_COUNCIL, at=at(on_day(DAY, 11), 8))
    told = {mail.recipient.split("-")[0] for mail in db.session.scalars(select(OutgoingEmail))}
    assert told == {"manager", "senior", "lead"}


def test_nobody_is_reminded_at_a_weekend(team):
    in_stage_1(team["officer"], at=at(DAY))
    run = remind(DEMO_COUNCIL, at=at(date(2026, 7, 18)))
    assert (run.reminders, run.escalations) == (0, 0)


def test_everything_of_someone_who_leaves_is_handed_over_but_for_what_a_wall_keeps(team):
    cases = [in_stage_1(team["officer"], at=at(DAY)) for _ in range(3)]
    walls.put_up_wall(cases[0].id, team["senior"], WallReason.STEPPED_BACK, **who(team["officer"], DAY))
    walls.put_up_wall(cases[1].id, team["lead"], WallReason.STEPPED_BACK, **who(team["officer"], DAY))
    both = (team["officer"], team["senior"], handing_over.HeldAs.HANDLER)
    moved = handing_over.hand_over_all(*both, "I leave", **who(team["lead"], DAY))
    assert (moved.went, moved.kept) == (1, (cases[0].reference,))
    assert [case.assignee_id for case in cases] == [team["officer"], team["officer"], team["senior"]]


def test_a_second_look_is_taken_by_someone_who_took_no_part(team):
    case = sent(team, Route.NONE)
    assert case.disposition == Disposition.INELIGIBLE
    assert [found.id for found in second_looks.drawn_for(DAY, viewer(team["lead"], DAY))] == [case.id]
    with pytest.raises(MoveNotAllowed, match="took part"):
        second_looks.take_second_look(case.id, agrees=True, words="Right", **who(team["officer"], DAY))
    other = {"agrees": False, "words": "The year was not weighed"}
    with pytest.raises(MoveNotAllowed, match="took part"):
        second_looks.take_second_look(case.id, **other, **who(team["lead"], DAY))
    second_looks.take_second_look(case.id, **other, **who(team["director"], DAY))
    assert entries_about(case.about)[-1].facts["agrees"] is False


def test_a_new_date_and_an_agreed_wait_move_nothing_that_is_due(team):
    case = in_stage_1(team["officer"], at=at(DAY))
    due = case.stages[0].due_on
    why = {"reasons": "Two people are ill", **COUNCIL}
    waiting.give_new_date(case.id, expected_on=date(2026, 8, 3), **why, **who(team["officer"], DAY))
    assert "Why: Two people are ill" in case.messages[-1].words
    remind(DEMO_COUNCIL, at=at(due, 18))
    assert case.stages[0].due_on == due
    assert "We now expect to answer you by Monday 3 August 2026." in case.messages[-1].words


def test_the_forecast_names_what_is_short_of_time_and_follows_the_target(team):
    case = in_stage_1(team["officer"], at=at(DAY))
    on = on_day(DAY, 8)
    assert [row.case.id for row in expected_late(viewer(team["officer"], on))] == [case.id]
    assert expected_late(viewer(team["officer"], DAY)) == []
    answered(team, received=at(DAY), on=date(2026, 7, 30))
    answered(team, received=at(DAY), on=date(2026, 7, 9))
    target = target_so_far(viewer(team["officer"], on))
    assert (target.answered, target.in_time, target.waiting, target.percent) == (2, 1, 1, 50)
    late = in_stage_2(team, received=at(date(2026, 1, 5)))
    assert [one.id for one in stage_2_late(viewer(team["officer"], DAY))] == [late.id]


def test_a_held_part_beside_a_corporate_one_is_opened_and_held_again(team):
    case = sent(team, Route.COURT_OR_TRIBUNAL, Route.CORPORATE)
    closing.reopen_case(case.id, "The judge let us look at it", **COUNCIL, **who(team["officer"], date(2026, 7, 8)))
    assert [strand.route for strand in case.open_strands] == ["corporate"]
    decided(case, team["officer"], route=Route.COURT_OR_TRIBUNAL, at=at(date(2026, 7, 9)))
    if case.parts[0].needs_signature:
        triage.sign_part(case.id, 1, **who(team["lead"], date(2026, 7, 9)))
    telling.tell_decision(case.id, **COUNCIL, **who(team["officer"], date(2026, 7, 9)))
    assert sorted(strand.route for strand in case.open_strands) == ["corporate", "court_or_tribunal"]


def test_one_case_that_fails_keeps_no_other_waiting(team, monkeypatch, caplog):
    first, second = (in_stage_1(team["officer"], at=at(DAY)) for _ in range(2))

    def fails(case, on, sent=frozenset()):
        if case.id == first.id:
            raise RuntimeError("something that nobody thought of")
        return late_letters(case, on, sent)

    monkeypatch.setattr("portal.desk.services.reminders.late_letters", fails)
    run = remind(DEMO_COUNCIL, at=at(on_day(DAY, 21), 18))
    assert (run.failed, run.letters) == (1, 1)
    assert second.messages[-1].kind == "right_to_stage_2"
    assert "RuntimeError" in caplog.text
    assert "nobody thought" not in caplog.text


def test_whoever_was_appointed_reads_on_for_two_weeks_only(team):
    case = in_stage_2(team, received=at(DAY))
    day = case.stage(2).requested_on
    investigator = a_person(Role.INVESTIGATING_OFFICER, "Indra").id
    appoint(case, Seat.INVESTIGATING_OFFICER, listed("Indra", person_id=investigator), day, team)
    assert access_to(case.id)[0].until_on > day + timedelta(days=100)
    said = {"ending": StageEnding.WITHDRAWN, "confirmed": their_word(at(day))["said"], **COUNCIL}
    later_stages.end_stage(case.id, 2, **said, **who(team["officer"], day))
    assert access_to(case.id)[0].until_on == day + timedelta(days=14)


def test_who_withdrew_and_asks_early_for_stage_2_is_heard_at_stage_1_meanwhile(team):
    case = in_stage_1(team["officer"], at=at(DAY))
    said = their_word(at(date(2026, 7, 8)))
    closing.close_case(case.id, ClosingReason.WITHDRAWN, **said, **who(team["officer"], date(2026, 7, 8)))
    asked = date(2026, 7, 10)
    later_stages.ask_for_stage(case.id, 2, requested_on=asked, **COUNCIL, **who(team["officer"], asked))
    assert (case.status, case.disposition, case.is_open) == ("stage_1", "accepted", True)
    remind(DEMO_COUNCIL, at=at(on_day(DAY, 20), 18))
    assert case.status == "stage_2"


def test_the_target_is_counted_without_cases_that_a_viewer_is_shut_out_of(team):
    case = answered(team, received=at(DAY), on=date(2026, 7, 9))
    walls.put_up_wall(case.id, team["manager"], WallReason.COMPLAINED_ABOUT, **who(team["officer"], date(2026, 7, 9)))
    shut_out = Viewer(team["manager"], False, frozenset({team["manager"]}), date(2026, 7, 9))
    assert target_so_far(shut_out).answered == 0
    assert target_so_far(viewer(team["officer"], date(2026, 7, 9))).answered == 1
