"""`flask procedure`: any date, and how it was counted."""

import json
from datetime import UTC, date, datetime

import pytest

from portal.procedure.limits import PROFILE_ORDER
from portal.working_days.queries import working_calendar
from portal.working_days.services import add_holiday

AT = datetime(2026, 6, 1, tzinfo=UTC)
LIMIT = "statutory.stage_1.response"


@pytest.fixture
def run(in_app):
    return lambda *words: in_app.test_cli_runner().invoke(args=["procedure", *words])


def test_limits_are_one_json_document_with_every_promised_fact(run):
    limits = json.loads(run("limits", "--json").output)
    facts = {
        "id",
        "days",
        "unit",
        "starts_from",
        "extension",
        "source",
        "standing",
        "in_force_from",
        "in_force_to",
        "profile",
    }
    assert all(facts <= limit.keys() for limit in limits)
    assert {limit["profile"] for limit in limits} == set(PROFILE_ORDER)


def test_due_prints_the_promised_facts(run):
    facts = json.loads(run("due", LIMIT, "--from", "2022-05-23", "--json").output)
    assert (facts["due"], facts["working_days"], facts["extended"]) == ("2022-06-08", 10, False)
    assert {"date": "2022-06-03", "why": "Platinum Jubilee bank holiday"} in facts["not_counted"]


def test_explain_names_each_day_that_is_not_counted(run):
    told = run("explain", LIMIT, "--from", "2022-05-23").output
    assert "not counted, Saturday" in told
    assert "working day 10" in told
    assert "Due Wednesday 8 June 2022" in told


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("due", "stage_one", "--from", "2022-05-23"), 2, "is not a limit"),
        (("due", LIMIT, "--from", "tomorrow"), 2, "does not match"),
        (("due", LIMIT), 2, "Missing option"),
        (("due", LIMIT, "--from", "2028-12-20"), 1, "administrator can add later bank holidays"),
        (("due", LIMIT, "--from", "1999-01-04"), 2, "is not in force"),
        (("due", LIMIT, "--from", "9999-12-31"), 1, "is outside the bank holidays"),
        (("due", "data_protection.acknowledge", "--from", "9999-12-30"), 1, "is outside the bank holidays"),
        (("due", "time_to_complain", "--from", "9999-12-30"), 1, "is outside the bank holidays"),
        (("due", LIMIT, "--from", "2022-05-23", "--profile", "mine"), 2, "is not a profile"),
        (("due", "early_resolution", "--from", "2022-05-23", "--extended"), 1, "cannot be extended"),
        (
            ("due", "statutory.stage_2.request", "--from", "2022-05-23", "--profile", "statute"),
            2,
            "has no limit in the profile",
        ),
    ],
)
def test_a_wrong_question_is_answered_in_one_clear_line(run, words, code, told):
    done = run(*words)
    assert done.exit_code == code
    assert told in done.output
    assert len(done.output.strip().splitlines()) == 1


def test_added_holidays_count_at_once_and_carry_the_calendar(run, in_app):
    add_holiday(date(2029, 1, 1), "New Year's Day", known_until=date(2029, 6, 30), at=AT)
    assert working_calendar().known_until == date(2029, 6, 30)
    assert json.loads(run("due", "early_resolution", "--from", "2028-12-29", "--json").output)["due"] == "2029-01-02"
