"""The count of working days, held against two independent calendars."""

from datetime import date, timedelta

import numpy
import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays
from hypothesis import given
from hypothesis import strategies as st

from portal.procedure.calendar import bundled_calendar
from portal.procedure.errors import CalendarTooShort

# Typed by hand from the proclamations and the Act, not taken from any package.
BY_HAND = """
2019-01-01 2019-04-19 2019-04-22 2019-05-06 2019-05-27 2019-08-26 2019-12-25 2019-12-26
2020-01-01 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-08-31 2020-12-25 2020-12-28
2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28
2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19 2022-12-26 2022-12-27
2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29 2023-08-28 2023-12-25 2023-12-26
2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-08-26 2024-12-25 2024-12-26
2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26
2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28
2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28
2028-01-03 2028-04-14 2028-04-17 2028-05-01 2028-05-29 2028-08-28 2028-12-25 2028-12-26
""".split()
starts = st.dates(date(2019, 1, 1), date(2028, 6, 30))
CALENDAR = bundled_calendar()


@given(starts, st.integers(1, 65))
def test_the_count_agrees_with_numpy_on_a_list_typed_by_hand(start, days):
    """Numpy rolls a start on a day off back to the working day before, so that day 1 is the next working day."""
    wanted = numpy.busday_offset(start, days, roll="backward", holidays=BY_HAND)
    assert CALENDAR.add_working_days(start, days) == wanted.astype(date)


@given(starts)
def test_every_day_agrees_with_the_government_calendar(day):
    government = BankHolidays(use_cached_holidays=True)
    assert CALENDAR.is_working_day(day) == government.is_work_day(day, division="england-and-wales")


@given(starts, st.integers(1, 65))
def test_counting_forward_and_counting_between_agree(start, days):
    end = CALENDAR.add_working_days(start, days)
    assert CALENDAR.working_days_between(start, end) == days
    assert CALENDAR.working_days_between(end, start) == -days


@given(starts, st.integers(1, 64))
def test_a_longer_limit_is_never_due_sooner(start, days):
    assert CALENDAR.add_working_days(start, days) < CALENDAR.add_working_days(start, days + 1)


def test_a_count_past_the_last_known_holiday_stops():
    with pytest.raises(CalendarTooShort, match="administrator can add later bank holidays"):
        CALENDAR.add_working_days(date(2028, 12, 20), 10)


def test_an_administrator_can_carry_the_calendar_further():
    longer = CALENDAR.extended({date(2029, 1, 1): "New Year's Day"}, date(2029, 12, 31))
    assert longer.add_working_days(date(2028, 12, 29), 1) == date(2029, 1, 2)


def test_a_late_proclamation_moves_a_date():
    plain = CALENDAR.add_working_days(date(2027, 6, 1), 3)
    assert CALENDAR.extended({date(2027, 6, 3): "Proclaimed"}).add_working_days(date(2027, 6, 1), 3) == plain + timedelta(
        days=3
    )
