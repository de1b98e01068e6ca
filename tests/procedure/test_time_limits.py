"""Which date is operative, and what a limit refuses."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.procedure.calendar import bundled_calendar
from portal.procedure.errors import CannotBeExtended, UnknownLimit
from portal.procedure.limits import all_limits, limits_in_force
from portal.procedure.time_limits import deadline_for, deadlines_for, operative_deadline

CALENDAR = bundled_calendar()


@given(st.dates(date(2019, 1, 1), date(2028, 6, 30)), st.sampled_from(sorted({limit.id for limit in all_limits()})))
def test_no_local_limit_makes_a_lawful_one_longer(start, limit_id):
    try:
        found = deadlines_for(limit_id, start, CALENDAR)
    except UnknownLimit:
        return
    lawful = [deadline.due_on for deadline in found if not deadline.limit.local]
    assert not lawful or found[0].due_on <= min(lawful)


def test_the_earlier_of_two_clocks_is_operative():
    starts = {"agreement": date(2023, 3, 1), "request": date(2023, 2, 6)}
    assert operative_deadline("statutory.stage_2.response", starts, CALENDAR).limit.profile == "lgsco_strict"


def test_a_clock_whose_event_has_not_happened_gives_no_date():
    found = deadlines_for("statutory.stage_2.response", {"request": date(2023, 2, 6)}, CALENDAR)
    assert [deadline.limit.profile for deadline in found] == ["lgsco_strict"]


def test_every_day_not_counted_is_named():
    (limit,) = limits_in_force("statutory.stage_1.response", date(2022, 5, 23), "statute")
    reasons = [day.why for day in deadline_for(limit, date(2022, 5, 23), CALENDAR).not_counted]
    assert reasons.count("Saturday") == 2
    assert any("Platinum" in reason for reason in reasons)


def test_thirty_days_that_end_on_a_day_off_roll_forward_behind_our_own_safer_target():
    counted = deadlines_for("data_protection.acknowledge", date(2026, 11, 26), CALENDAR)
    assert [(one.limit.profile, one.due_on) for one in counted] == [
        ("council", date(2026, 12, 21)),
        ("data_protection_2025", date(2026, 12, 29)),
    ]


def test_from_april_to_september_2020_the_regulations_say_or_as_soon_as_practicable():
    in_the_window = deadlines_for("statutory.stage_1.response", date(2020, 4, 24), CALENDAR)
    assert [(one.limit.profile, one.limit.or_else) for one in in_the_window][:2] == [
        ("statute", ""),
        ("coronavirus_2020", "or as soon as is reasonably practicable"),
    ]
    assert len({one.due_on for one in in_the_window}) == 1
    for day in (date(2020, 4, 23), date(2020, 9, 28)):
        assert {one.limit.or_else for one in deadlines_for("statutory.stage_1.response", day, CALENDAR)} == {""}


def test_a_limit_without_an_extension_refuses_one():
    with pytest.raises(CannotBeExtended):
        operative_deadline("early_resolution", date(2023, 1, 10), CALENDAR, extended=True)


def test_an_unknown_limit_names_the_choices():
    with pytest.raises(UnknownLimit, match=r"statutory\.stage_1\.response"):
        limits_in_force("stage_one", date(2023, 1, 1))


def test_a_limit_not_yet_in_force_says_since_when():
    with pytest.raises(UnknownLimit, match="19 June 2026"):
        limits_in_force("data_protection.acknowledge", date(2023, 1, 1))
