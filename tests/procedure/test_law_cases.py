"""Every date of the worked cases, counted by the rules that the case names."""

import json
from datetime import date
from pathlib import Path

import pytest

from portal.procedure.calendar import bundled_calendar
from portal.procedure.limits import Unit, limits_in_force
from portal.procedure.time_limits import anniversary, deadline_for, operative_deadline

CASES = json.loads((Path(__file__).parents[1] / "data" / "law-cases.json").read_text())["cases"]
COUNTED = [
    pytest.param(case["id"], name, wanted, id=f"{case['id']}-{name}")
    for case in CASES
    for name, wanted in case["dates"].items()
    if "working_days" in wanted
]
S1, S2 = "statutory.stage_1.response", "statutory.stage_2.response"
BY_LIMIT = {
    ("TC01", "stage1_due"): (S1, "statute", False),
    ("TC01", "stage1_max"): (S1, "statute", True),
    ("TC03", "panel_report_due"): ("statutory.stage_3.panel_report", "statute", False),
    ("TC03", "director_due_statute"): ("statutory.stage_3.council_response", "statute", False),
    ("TC03", "director_due_seed"): ("statutory.stage_3.council_response", "council", False),
    ("TC05", "stage1_due"): (S1, "statute", False),
    ("TC05", "stage1_max"): (S1, "council", True),
    ("TC06", "stage1_due"): (S1, "statute", False),
    ("TC07", "s2_25_from_agreed"): (S2, "statute", False),
    ("TC07", "s2_65_from_agreed"): (S2, "statute", True),
    ("TC07", "s2_25_from_request"): (S2, "lgsco_strict", False),
    ("TC07", "s2_65_from_request"): (S2, "lgsco_strict", True),
    ("TC10", "s3_request_by"): ("statutory.stage_3.request", "statute", False),
    ("TC12", "ack_by"): ("corporate.stage_1.acknowledge", "corporate_code_2024", False),
    ("TC12", "s1_due"): ("corporate.stage_1.response", "corporate_code_2024", False),
    ("TC12", "s1_ext_max"): ("corporate.stage_1.response", "corporate_code_2024", True),
    ("TC12", "s2_ack_by"): ("corporate.stage_2.acknowledge", "corporate_code_2024", False),
    ("TC12", "s2_due"): ("corporate.stage_2.response", "corporate_code_2024", False),
    ("TC12", "s2_ext_max"): ("corporate.stage_2.response", "corporate_code_2024", True),
    ("TC16", "resolve_by"): ("early_resolution", "council", False),
    ("TC16", "s1_due"): (S1, "statute", False),
    ("TC18", "s1_due"): (S1, "statute", False),
    ("TC18", "s1_max"): (S1, "statute", True),
    ("TC24", "s1_due_element_iii"): (S1, "statute", False),
    ("TC31", "s1_max"): (S1, "statute", True),
}


@pytest.mark.parametrize(("case", "name", "wanted"), COUNTED)
def test_working_days_reach_the_date_of_the_case(case, name, wanted):
    start = date.fromisoformat(wanted["from"])
    assert bundled_calendar().add_working_days(start, wanted["working_days"]) == date.fromisoformat(wanted["date"])


@pytest.mark.parametrize(("case", "name", "wanted"), [row for row in COUNTED if row.values[1] != "not_this"])
def test_the_limit_of_the_case_reaches_its_date(case, name, wanted):
    limit_id, profile, extended = BY_LIMIT[case, name]
    start = date.fromisoformat(wanted["from"])
    (limit,) = limits_in_force(limit_id, start, profile)
    assert deadline_for(limit, start, bundled_calendar(), extended=extended).due_on == date.fromisoformat(wanted["date"])


def test_a_saturday_night_message_is_not_counted_from_monday():
    assert operative_deadline(S1, date(2022, 6, 4), bundled_calendar()).due_on == date(2022, 6, 17)


def test_the_day_to_resolve_early_is_the_next_working_day():
    assert operative_deadline("early_resolution", date(2023, 1, 10), bundled_calendar()).due_on == date(2023, 1, 11)


def test_the_year_to_complain_is_a_calendar_year_whatever_the_holidays():
    limit = operative_deadline("time_to_complain", date(2022, 5, 8), bundled_calendar())
    assert limit.due_on == date(2023, 5, 8)
    assert limit.limit.unit is Unit.YEARS
    assert anniversary(date(2024, 6, 17), 1) == date(2025, 6, 17)


def test_thirteen_weeks_are_not_sixty_five_working_days():
    thirteen_weeks = date(2023, 5, 31)
    assert operative_deadline(S2, {"agreement": date(2023, 3, 1)}, bundled_calendar(), extended=True).due_on > thirteen_weeks
