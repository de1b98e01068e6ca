"""A bank holiday that is none after all, or that moves: open cases are counted again, closed ones stay and are told."""

from datetime import date

import pytest

from portal.audit.queries import entries_since
from portal.cases.events import CLOSED_LEFT
from portal.people.roles import Role
from portal.working_days.queries import working_calendar
from portal.working_days.services import NotAHoliday, add_holiday, take_back_holiday
from tests.factories.cases import in_stage_1
from tests.factories.stages import answered, at, who
from tests.factories.web import errors_on, fill_in, page_of

WEDDING, LATER = date(2026, 7, 8), date(2026, 7, 9)
SPRING_HOLIDAY = date(2026, 5, 25)


def test_an_added_holiday_is_taken_back_and_open_cases_are_counted_again(team):
    case = in_stage_1(team["officer"], at=at(date(2026, 7, 1)))
    assert case.stages[0].due_on == date(2026, 7, 15)
    add_holiday(WEDDING, "A royal wedding", **who(team["lead"], date(2026, 7, 2)))
    assert case.stages[0].due_on == date(2026, 7, 16)
    take_back_holiday(WEDDING, "Only a rumour", **who(team["lead"], date(2026, 7, 3)))
    assert case.stages[0].due_on == date(2026, 7, 15)


def test_a_holiday_that_comes_with_the_portal_moves_and_nothing_else_does(team):
    case = in_stage_1(team["officer"], at=at(date(2026, 5, 13)))
    assert case.stages[0].due_on == date(2026, 5, 28)
    moved_to = date(2026, 6, 4)
    take_back_holiday(SPRING_HOLIDAY, "Proclaimed", moved_to=moved_to, **who(team["lead"], date(2026, 5, 14)))
    assert case.stages[0].due_on == date(2026, 5, 27)
    calendar = working_calendar()
    assert (calendar.is_working_day(SPRING_HOLIDAY), calendar.is_working_day(moved_to)) == (True, False)
    add_holiday(SPRING_HOLIDAY, "Spring bank holiday", **who(team["lead"], date(2026, 5, 15)))
    assert not working_calendar().is_working_day(SPRING_HOLIDAY)


def test_what_had_ended_stays_as_it_was_counted_and_is_told(team):
    case = answered(team, received=at(date(2026, 7, 1)), on=date(2026, 7, 15))
    take_back_day = who(team["lead"], date(2026, 7, 20))
    add_holiday(WEDDING, "A royal wedding", **take_back_day)
    assert (case.stages[0].due_on, case.stages[0].responded_on) == (date(2026, 7, 15), date(2026, 7, 15))
    told = entries_since((CLOSED_LEFT,), at(date(2026, 7, 19)))[0].facts
    assert (told["day"], told["stages"]) == ("2026-07-08", 1)


def test_what_is_no_bank_holiday_cannot_be_taken_back(team):
    with pytest.raises(NotAHoliday, match="not in the list"):
        take_back_holiday(LATER, "x", **who(team["lead"], LATER))


def test_an_administrator_takes_one_back_on_its_page_with_reasons(staff):
    admin, address = staff(Role.ADMINISTRATOR), "/staff/bank-holidays/"
    fill_in(admin, address, day="2027-06-09", name="A jubilee")
    assert "A jubilee" in page_of(admin.get(address))
    page = page_of(admin.get(address))
    token = page.split('id="csrf-back"')[1].split('value="')[1].split('"')[0]
    given = {"csrf_token": token, "taken": "2027-06-09", "moved_to": "", "reasons": ""}
    assert "Say why" in errors_on(page_of(admin.post(address, data=given)))
    not_one = given | {"taken": "2027-06-10", "reasons": "x"}
    assert "not in the list" in errors_on(page_of(admin.post(address, data=not_one)))
    assert admin.post(address, data=given | {"reasons": "Proclamation withdrawn"}).status_code == 302
    assert "A jubilee" not in page_of(admin.get(address))


def test_a_year_that_was_cut_short_is_refused_wherever_a_day_is_typed(staff):
    admin, address = staff(Role.ADMINISTRATOR), "/staff/bank-holidays/"
    page = page_of(fill_in(admin, address, day="0022-03-01", name="A slip"))
    assert "Write the year with all its numbers, like 2026" in errors_on(page)
    officer = staff(Role.CUSTOMER_RELATIONS, "Alex")
    page = page_of(fill_in(officer, "/staff/log", words="They rang.", kind="complaint", received_on="0022-03-01"))
    assert "within the last five years" in page
