"""Which limits run in a stage, and the one that counts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.procedure.calendar import bundled_calendar
from portal.procedure.clocks import Day, clocks, next_due
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.findings import Finding
from portal.procedure.forecast import forecast
from portal.procedure.independence import Candidate, Seat, conflicts, panel_is_complete
from portal.procedure.letter_check import Needs, missing_from
from portal.procedure.ombudsman import Condition, Stage2Facts, check_early_referral
from portal.procedure.panel import Recipient, check_recipients
from portal.procedure.routes import Route
from portal.procedure.searched import check_searched
from portal.procedure.stages import StageEnding, check_ending

CALENDAR = bundled_calendar()
DAYS = st.dates(date(2021, 1, 4), date(2027, 6, 1))


@given(request=DAYS, later=st.integers(0, 60), report=st.integers(0, 60), extended=st.booleans())
def test_stage_2_is_never_due_later_than_65_working_days_from_the_request(request, later, report, extended):
    agreement = CALENDAR.add_working_days(request, later) if later else request
    reported = CALENDAR.add_working_days(agreement, report) if report else agreement
    days = {Day.REQUEST: request, Day.AGREEMENT: agreement, Day.REPORT: reported}
    due = next_due(clocks(Route.STATUTORY, 2, days, CALENDAR, extended=extended))
    assert due <= CALENDAR.add_working_days(request, 65 if extended else 25)
    assert due <= CALENDAR.add_working_days(reported, 10)


@given(met=DAYS, took=st.integers(0, 10))
def test_the_answer_to_the_panel_is_due_by_the_earlier_of_law_and_council(met, took):
    reported = CALENDAR.add_working_days(met, took) if took else met
    days = {Day.REQUEST: met, Day.PANEL: met, Day.PANEL_REPORT: reported, Day.RECOMMENDATIONS: reported}
    due = next_due(clocks(Route.STATUTORY, 3, days, CALENDAR))
    assert due == min(CALENDAR.add_working_days(reported, 15), CALENDAR.add_working_days(met, 20))


def test_a_limit_that_was_not_in_force_is_not_counted():
    assert clocks(Route.DATA_PROTECTION, 1, {Day.RECEIPT: date(2026, 6, 18)}, CALENDAR) == ()
    (clock,) = clocks(Route.DATA_PROTECTION, 1, {Day.RECEIPT: date(2026, 6, 19)}, CALENDAR)
    assert [one.due_on for one in clock.deadlines] == [date(2026, 7, 14), date(2026, 7, 20)]


def test_an_acknowledgement_counts_only_where_nothing_else_does():
    before = clocks(Route.CORPORATE, 1, {Day.RECEIPT: date(2026, 4, 2)}, CALENDAR)
    assert next_due(before) == date(2026, 4, 13)
    days = {Day.RECEIPT: date(2026, 4, 2), Day.ACKNOWLEDGEMENT: date(2026, 4, 8)}
    assert next_due(clocks(Route.CORPORATE, 1, days, CALENDAR)) == date(2026, 4, 22)
    assert next_due(clocks(Route.STATUTORY, 1, {Day.RECEIPT: date(2026, 6, 1)}, CALENDAR)) == date(2026, 6, 15)


def test_nothing_is_counted_past_the_known_calendar():
    assert clocks(Route.STATUTORY, 1, {Day.RECEIPT: date(2090, 1, 1)}, CALENDAR) == ()
    assert clocks(Route.ANOTHER_BODY, 1, {Day.RECEIPT: date(2026, 1, 5)}, CALENDAR) == ()


def test_someone_without_a_conflict_can_take_any_seat():
    for seat in Seat:
        assert conflicts(seat, Candidate(1), [], date(2026, 6, 1)) == ()


@pytest.mark.parametrize("fact", ["works_for_council", "is_member", "household_works_for_council"])
def test_a_panel_and_an_independent_person_have_nothing_to_do_with_the_council(fact):
    for seat in (Seat.INDEPENDENT_PERSON, Seat.PANEL_CHAIR, Seat.PANEL_MEMBER):
        assert conflicts(seat, Candidate(1, **{fact: True}), [], date(2026, 6, 1))


def test_an_officer_outside_the_line_may_investigate_and_one_who_is_away_may_not():
    assert conflicts(Seat.INVESTIGATING_OFFICER, Candidate(1, works_for_council=True), [], date(2026, 6, 1)) == ()
    away = Candidate(1, available_from=date(2026, 7, 1))
    assert "not available" in conflicts(Seat.INVESTIGATING_OFFICER, away, [], date(2026, 6, 1))[0]


def test_nobody_holds_two_seats():
    held = [(Seat.INVESTIGATING_OFFICER, 1), (Seat.PANEL_CHAIR, 2)]
    assert "two people" in conflicts(Seat.INDEPENDENT_PERSON, Candidate(1), held, date(2026, 6, 1))[0]
    assert "already sit" in conflicts(Seat.PANEL_MEMBER, Candidate(2), held, date(2026, 6, 1))[0]
    assert "investigated" in conflicts(Seat.PANEL_MEMBER, Candidate(1), held, date(2026, 6, 1))[0]


def test_a_panel_is_three_with_one_chair():
    assert panel_is_complete([Seat.PANEL_CHAIR, Seat.PANEL_MEMBER, Seat.PANEL_MEMBER])
    assert not panel_is_complete([Seat.PANEL_CHAIR, Seat.PANEL_CHAIR, Seat.PANEL_MEMBER])
    assert not panel_is_complete([Seat.PANEL_CHAIR, Seat.PANEL_MEMBER])


def test_a_letter_says_what_it_lacks():
    needs = Needs(parts=[1, 12], sorry=True, ombudsman=True, next_stage=3, dates=[date(2026, 6, 1)])
    lacks = missing_from("Part 12 and stage 30 and the sorrywort", needs)
    assert len(lacks) == 5
    whole = "Part 1. Part 12. We apologise. Stage 3 by Monday 1 June 2026, or the Ombudsman, 0300 061 0614."
    assert missing_from(whole, needs) == ()


def test_early_referral_takes_every_condition():
    held = Stage2Facts(True, (Finding.UPHELD,), 1, went_on_without_agreement=False, interviews_alone=0)
    for left_out in Condition:
        met = [condition for condition in Condition if condition is not left_out]
        with pytest.raises(MoveNotAllowed, match=left_out.replace("_", " ")):
            check_early_referral(met, held, person_agreed=True)


def test_an_answer_counts_from_the_day_on_which_it_should_have_been_acknowledged_too():
    days = {Day.RECEIPT: date(2026, 3, 2), Day.ACKNOWLEDGEMENT: date(2026, 3, 20)}
    acknowledged, answer = clocks(Route.CORPORATE, 1, days, bundled_calendar())
    assert (acknowledged.due_on, acknowledged.was_met_late) == (date(2026, 3, 9), True)
    assert [(one.starts_on, one.due_on) for one in answer.deadlines] == [
        (date(2026, 3, 9), date(2026, 3, 23)),
        (date(2026, 3, 20), date(2026, 4, 7)),
    ]
    in_time = {**days, Day.ACKNOWLEDGEMENT: date(2026, 3, 9)}
    assert len(clocks(Route.CORPORATE, 1, in_time, bundled_calendar())[1].deadlines) == 1


@pytest.mark.parametrize(
    "text",
    [
        "We could not find any records of it.",
        "There are no case notes from that year.",
        "They moved: missing records",
    ],
)
def test_that_there_are_no_records_is_said_only_with_what_was_searched(text):
    with pytest.raises(MoveNotAllowed, match="what was searched"):
        check_searched(text, " ")
    assert check_searched(text, "The record system and the archive, 2019 to 2021, by two people") is None


def test_records_that_are_there_need_nothing_said_of_a_search():
    assert check_searched("The records show that nobody rang. We noted it.", "") is None


def test_the_panels_report_goes_to_everyone():
    with pytest.raises(MoveNotAllowed, match="advocate if any"):
        check_recipients([one for one in Recipient if one is not Recipient.ADVOCATE_IF_ANY])
    check_recipients(list(Recipient))


def test_only_stage_2_has_a_statement_and_a_stage_is_not_ended_by_the_council():
    said = {"confirmed_by": "", "words": "No", "attempts": 3, "advocate_offered": True}
    with pytest.raises(MoveNotAllowed, match="Only stage 2"):
        check_ending(StageEnding.STATEMENT_NOT_AGREED, 3, **said)
    for ending in (StageEnding.WITHDRAWN, StageEnding.RESOLVED_INFORMALLY):
        with pytest.raises(MoveNotAllowed, match="Only the person"):
            check_ending(ending, 2, **said)
    check_ending(StageEnding.STATEMENT_NOT_AGREED, 2, **said)


def test_the_outlook_knows_what_is_short_of_time():
    monday, friday = date(2026, 6, 1), date(2026, 6, 5)
    assert forecast(6, friday, monday, CALENDAR).will_be_late
    assert not forecast(1, friday, monday, CALENDAR).will_be_late
    assert forecast(1, monday, friday, CALENDAR).is_late
    assert Finding("upheld")
