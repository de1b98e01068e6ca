"""The worked cases of the law, run through the services: stages 2 and 3, independence, thanks."""

from datetime import date

import pytest

from portal.audit.queries import entries_about
from portal.cases.clocks import case_clocks
from portal.cases.errors import NotComplete
from portal.cases.models import Case
from portal.cases.stages import in_post
from portal.compliments.models import Compliment
from portal.config import DEMO_COUNCIL
from portal.database import db
from portal.desk.services.reminders import remind
from portal.doors.child.forms.told import to_submission
from portal.intake.services.receive import receive
from portal.later_stages.services import answers, investigation, later_stages, panel, statement
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.findings import Finding
from portal.procedure.independence import Seat
from portal.procedure.letter_check import Edited
from portal.procedure.stages import StageEnding
from tests.factories.stages import (
    agreed,
    answered,
    appoint,
    at,
    in_stage_2,
    listed,
    on_day,
    panel_in_post,
    panel_reported,
    reported,
    stage_2_answered,
    who,
)

COUNCIL = {"council": DEMO_COUNCIL}


def clock(case, limit_id):
    return next(clock for one in case_clocks(case) for clock in one.clocks if clock.limit_id == limit_id)


def test_tc03_the_panels_full_five_days_make_both_profiles_agree(team):
    case = stage_2_answered(team, received=at(date(2023, 1, 3)), on=date(2023, 3, 20))
    later_stages.ask_for_stage(case.id, 3, requested_on=date(2023, 3, 24), **who(team["officer"], date(2023, 3, 24)))
    panel_in_post(case, team, date(2023, 3, 28))
    panel_reported(case, team, met=date(2023, 5, 2), on=date(2023, 5, 10))
    assert clock(case, "statutory.stage_3.panel_report").due_on == date(2023, 5, 10)
    answer = clock(case, "statutory.stage_3.council_response")
    assert {found.limit.profile: found.due_on for found in answer.deadlines} == {
        "statute": date(2023, 6, 1),
        "council": date(2023, 6, 1),
    }
    assert case.stages[2].due_on == date(2023, 6, 1)


def test_tc03_a_quick_report_makes_the_laws_date_the_earlier_one(team):
    case = stage_2_answered(team, received=at(date(2023, 1, 3)), on=date(2023, 3, 20))
    later_stages.ask_for_stage(case.id, 3, requested_on=date(2023, 3, 24), **who(team["officer"], date(2023, 3, 24)))
    panel_in_post(case, team, date(2023, 3, 28))
    panel_reported(case, team, met=date(2023, 5, 2), on=date(2023, 5, 3))
    answer = clock(case, "statutory.stage_3.council_response")
    assert [(found.limit.profile, found.due_on) for found in answer.deadlines] == [
        ("statute", date(2023, 5, 25)),
        ("council", date(2023, 6, 1)),
    ]


def test_tc07_both_clocks_of_stage_2_are_counted_and_the_earlier_counts(team):
    case = in_stage_2(team, received=at(date(2023, 1, 4)), asked=date(2023, 2, 6))
    agreed(case, team, on=date(2023, 3, 1))
    both = clock(case, "statutory.stage_2.response").deadlines
    assert [(found.limit.profile, found.due_on) for found in both] == [
        ("lgsco_strict", date(2023, 3, 13)),
        ("statute", date(2023, 4, 5)),
    ]
    with pytest.raises(MoveNotAllowed, match=r"65 working days in all.*12 May 2023"):
        investigation.extend_stage_2(
            case.id, until_on=date(2023, 5, 15), reasons="Records", **COUNCIL, **who(team["officer"], date(2023, 3, 10))
        )
    investigation.extend_stage_2(
        case.id, until_on=date(2023, 5, 12), reasons="Records", **COUNCIL, **who(team["officer"], date(2023, 3, 10))
    )
    both = clock(case, "statutory.stage_2.response").deadlines
    assert [found.due_on for found in both] == [date(2023, 5, 12), date(2023, 6, 7)]


def test_the_councils_ten_days_after_the_report_never_lengthen_stage_2(team):
    case = in_stage_2(team, received=at(date(2023, 1, 4)), asked=date(2023, 2, 6))
    agreed(case, team, on=date(2023, 2, 8))
    reported(case, team, on=date(2023, 2, 10))
    assert case.stages[1].due_on == date(2023, 2, 24)
    later = in_stage_2(team, received=at(date(2023, 1, 4)), asked=date(2023, 2, 6))
    agreed(later, team, on=date(2023, 2, 8))
    reported(later, team, on=date(2023, 3, 10))
    assert later.stages[1].due_on == date(2023, 3, 13)


def test_tc10_a_request_one_day_late_is_taken_and_only_its_lateness_decided(team):
    case = stage_2_answered(team, received=at(date(2023, 1, 4)), on=date(2023, 3, 30))
    later_stages.ask_for_stage(case.id, 3, requested_on=date(2023, 5, 3), **who(team["officer"], date(2023, 5, 3)))
    assert (case.status, case.stages[2].asked_late, case.next_action) == ("stage_3", True, "decide_lateness")
    with pytest.raises(MoveNotAllowed, match="Lateness and early referral have steps of their own"):
        later_stages.end_stage(
            case.id, 3, ending=StageEnding.REFUSED_AS_LATE, words="No", **COUNCIL, **who(team["officer"], date(2023, 5, 4))
        )
    panel.decide_lateness(
        case.id, take_it=True, reasons="A death in the family", **COUNCIL, **who(team["officer"], date(2023, 5, 4))
    )
    assert case.next_action == "appoint_panel"


def test_tc10_a_request_on_the_last_day_leaves_nothing_to_decide(team):
    case = stage_2_answered(team, received=at(date(2023, 1, 4)), on=date(2023, 3, 30))
    later_stages.ask_for_stage(case.id, 3, requested_on=date(2023, 5, 2), **who(team["officer"], date(2023, 5, 2)))
    with pytest.raises(MoveNotAllowed, match="came in time"):
        panel.decide_lateness(case.id, take_it=False, reasons="No", **COUNCIL, **who(team["officer"], date(2023, 5, 3)))


def test_tc33_a_statement_that_is_not_agreed_is_no_withdrawal(team):
    case = in_stage_2(team)
    start = case.stages[1].requested_on
    unagreed = {"ending": StageEnding.STATEMENT_NOT_AGREED, "words": "Nothing to look into", **COUNCIL}
    with pytest.raises(MoveNotAllowed, match="not a withdrawal"):
        later_stages.end_stage(case.id, 2, **unagreed, **who(team["officer"], on_day(start, 1)))
    with pytest.raises(MoveNotAllowed, match="Only the person"):
        later_stages.end_stage(case.id, 2, ending=StageEnding.WITHDRAWN, **COUNCIL, **who(team["officer"], on_day(start, 1)))
    tried = {"on": on_day(start, 1), "how": "By phone"}
    statement.note_attempt(case.id, **tried, offered_advocate=False, **who(team["officer"], on_day(start, 1)))
    with pytest.raises(MoveNotAllowed, match="at least two attempts"):
        statement.go_on_with_the_record(case.id, reasons="They are silent", **who(team["officer"], on_day(start, 2)))
    statement.note_attempt(case.id, **tried, offered_advocate=False, **who(team["officer"], on_day(start, 2)))
    with pytest.raises(MoveNotAllowed, match="Offer an advocate"):
        later_stages.end_stage(case.id, 2, **unagreed, **who(team["officer"], on_day(start, 3)))
    statement.note_attempt(case.id, **tried, offered_advocate=True, **who(team["officer"], on_day(start, 3)))
    later_stages.end_stage(case.id, 2, **unagreed, **who(team["officer"], on_day(start, 4)))
    assert case.stages[1].ending == "statement_not_agreed"
    assert "You can come back to this at any time" in case.messages[-1].words
    later_stages.ask_for_stage(case.id, 2, requested_on=on_day(start, 9), **who(team["officer"], on_day(start, 9)))
    assert (case.status, case.stages[1].requested_on) == ("stage_2", start)


def test_tc33_the_investigation_goes_on_with_the_written_record(team):
    case = in_stage_2(team)
    start = case.stages[1].requested_on
    statement.write_statement(case.id, ["The visits stopped"], "", by_person=True, **who(team["officer"], on_day(start, 1)))
    for number in (1, 2):
        statement.note_attempt(
            case.id, on=start, how="By letter", offered_advocate=True, **who(team["officer"], on_day(start, number))
        )
    statement.go_on_with_the_record(case.id, reasons="Two letters", **who(team["officer"], on_day(start, 6)))
    assert (case.stages[1].on_the_record, case.stages[1].elements[0].words) == (True, "The visits stopped")


def test_tc35_people_who_are_not_independent_are_not_appointed(team):
    case = stage_2_answered(team)
    day = on_day(case.stages[1].responded_on, 2)
    later_stages.ask_for_stage(case.id, 3, requested_on=day, **who(team["officer"], day))
    independent = next(one for one in case.stages[1].appointments if one.seat == "independent_person")
    refused = {
        "reg 19": independent.independent_person_id,
        "member of this council": listed("Val Councillor", is_member=True),
        "spouse or civil partner": listed("Sky Partner", household_works_for_council=True),
        "officer of this council": listed("Kit Officer", works_for_council=True),
    }
    for rule, key in refused.items():
        with pytest.raises(MoveNotAllowed, match=rule):
            appoint(case, Seat.PANEL_MEMBER, key, day, team)
    appoint(case, Seat.PANEL_MEMBER, listed("A retired head teacher"), day, team)
    with pytest.raises(MoveNotAllowed, match="three independent people, one of whom chairs"):
        panel.note_panel_met(case.id, on=day, **who(team["officer"], day))


def test_tc35_a_partner_of_an_officer_is_not_an_independent_person_at_stage_2_either(team):
    case = in_stage_2(team)
    day = case.stages[1].requested_on
    with pytest.raises(MoveNotAllowed, match="spouse or civil partner"):
        appoint(case, Seat.INDEPENDENT_PERSON, listed("Sky Partner", household_works_for_council=True), day, team)
    with pytest.raises(MoveNotAllowed, match="manage the service"):
        appoint(case, Seat.INVESTIGATING_OFFICER, listed("A manager"), day, team, in_line_of_management=True)


def test_tc36_no_interview_without_the_independent_person(team):
    case = in_stage_2(team)
    start = case.stages[1].requested_on
    appoint(case, Seat.INVESTIGATING_OFFICER, listed("Indra"), on_day(start, 3), team)
    remind(DEMO_COUNCIL, at=at(on_day(start, 4), 9))
    told = [entry.facts["kind"] for entry in entries_about(case.about) if entry.event == "reminded"]
    assert "no_independent_person" in told
    interview = {"on": on_day(start, 6), "whom": "The mother", **who(team["officer"], on_day(start, 6))}
    with pytest.raises(MoveNotAllowed, match="not in post"):
        investigation.note_interview(case.id, independent_person_was_there=True, **interview)
    with pytest.raises(MoveNotAllowed, match="not in post"):
        investigation.note_interview(
            case.id, independent_person_was_there=False, override_words="No time", may_override=False, **interview
        )
    investigation.note_interview(
        case.id, independent_person_was_there=False, override_words="The child leaves", may_override=True, **interview
    )
    appoint(case, Seat.INDEPENDENT_PERSON, listed("Robin"), on_day(start, 22), team)
    later = {"on": on_day(start, 22), "whom": "The worker", **who(team["officer"], on_day(start, 22))}
    investigation.note_interview(case.id, independent_person_was_there=True, **later)
    days = {one.seat: one.appointed_on for one in case.stages[1].appointments}
    assert days == {"investigating_officer": on_day(start, 3), "independent_person": on_day(start, 22)}


def test_tc39_thanks_with_a_sting_are_thanks_and_a_judges_praise_is_counted_once(team):
    words = "Asha was brilliant, she got me my bike. the one before her never came."
    for _ in range(2):
        receive(to_submission({"kind": "good", "words": words, "by_card": True}, "one card"), at=at(date(2026, 6, 1)))
    thanks = db.session.query(Compliment).all()
    assert [row.words for row in thanks] == [words]
    assert db.session.query(Case).count() == 0


def test_an_answer_without_an_apology_for_what_was_upheld_does_not_go(team):
    case = in_stage_2(team)
    start = case.stages[1].requested_on
    agreed(case, team, on=on_day(start, 1))
    reported(case, team, on=on_day(start, 3))
    investigation.decide_stage(case.id, 2, {1: (Finding.UPHELD, "")}, **who(team["senior"], on_day(start, 4)))
    action = COUNCIL | who(team["officer"], on_day(start, 5))
    whole = answers.stage_letter(case, 2, DEMO_COUNCIL, on_day(start, 5))
    for lacks, letter in (
        ("does not say sorry", whole.replace("sorry", "glad")),
        ("does not speak of part 1", whole.replace("Part 1", "It")),
        ("stage 3", whole.replace("stage 3", "more")),
        ("Ombudsman", whole.replace("Ombudsman", "court")),
    ):
        with pytest.raises(MoveNotAllowed, match=lacks):
            answers.answer_stage(case.id, 2, letter=Edited(letter), **action)
    answers.answer_stage(case.id, 2, letter=Edited(whole), **action)
    assert (case.status, case.stages[1].outcome) == ("answered", "upheld")
    assert in_post(case.stages[1]) == []


def test_a_request_is_confirmed_with_the_date_that_is_counted(team):
    case = answered(team, received=at(date(2026, 1, 5)))
    day = date(2026, 1, 20)
    later_stages.ask_for_stage(case.id, 2, requested_on=day, **COUNCIL, **who(team["officer"], day))
    told = next(entry.facts for entry in entries_about(case.about) if entry.event == "stage_requested")
    assert (told["due_on"], case.stages[1].due_on) == ("2026-02-24", date(2026, 2, 24))
    assert case.messages[-1].kind == "stage_requested"
    assert "by Tuesday 24 February 2026" in case.messages[-1].words
    assert "until Thursday 23 April 2026" in case.messages[-1].words


def test_a_panel_is_confirmed_with_the_day_by_which_it_meets_and_a_late_request_with_none(team):
    for asked, words in ((date(2026, 3, 20), "They meet by Wednesday 6 May 2026"), (date(2026, 6, 1), "why it was late")):
        case = stage_2_answered(team, received=at(date(2026, 1, 5)), on=date(2026, 3, 16))
        later_stages.ask_for_stage(case.id, 3, requested_on=asked, **COUNCIL, **who(team["officer"], asked))
        assert words in case.messages[-1].words


def test_a_panel_on_its_last_lawful_day_needs_no_reason_and_a_day_later_it_does(team):
    case = stage_2_answered(team)
    asked = on_day(case.stage(2).responded_on, 1)
    later_stages.ask_for_stage(case.id, 3, requested_on=asked, **COUNCIL, **who(team["officer"], asked))
    panel_in_post(case, team, asked)
    last = case.stage(3).due_on
    with pytest.raises(NotComplete, match="The panel must meet by"):
        panel.call_panel(case.id, meets_on=on_day(last, 1), where="County Hall", **COUNCIL, **who(team["officer"], asked))
    panel.call_panel(case.id, meets_on=last, where="County Hall", **COUNCIL, **who(team["officer"], asked))
    assert case.messages[-1].kind == "panel_notice"
