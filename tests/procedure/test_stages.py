"""Moves, guards, findings and years."""

from datetime import date

import pytest

from portal.procedure.errors import MoveNotAllowed
from portal.procedure.findings import Finding, roll_up
from portal.procedure.reporting_year import ReportingYear
from portal.procedure.stages import MOVES, Status, check_answer, check_move, check_next_day, check_safeguarding_first

READY = {"text": "We are sorry.", "drafted_by": 1, "checked_by": 2, "acknowledged": True}


def test_no_case_jumps_over_the_reading():
    with pytest.raises(MoveNotAllowed):
        check_move(Status.TO_READ, Status.CLOSED)


def test_stage_2_is_open_from_a_late_stage_1_and_from_a_closed_case():
    assert all(Status.STAGE_2 in MOVES[status] for status in (Status.STAGE_1, Status.ANSWERED, Status.CLOSED))


def test_safeguarding_comes_first():
    with pytest.raises(MoveNotAllowed, match="at risk"):
        check_safeguarding_first(False)


def test_next_day_settlement_needs_the_persons_own_word():
    with pytest.raises(MoveNotAllowed, match="who confirmed"):
        check_next_day(" ", True)


def test_next_day_settlement_ends_with_the_next_working_day():
    with pytest.raises(MoveNotAllowed, match="has passed"):
        check_next_day("The mother, by phone", False)


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ({"acknowledged": False}, "Acknowledge"),
        ({"text": "  "}, "Write"),
        ({"checked_by": None}, "must check"),
        ({"checked_by": 1}, "did not write"),
    ],
)
def test_an_answer_is_held_back_until_it_is_ready(missing, words):
    with pytest.raises(MoveNotAllowed, match=words):
        check_answer(**{**READY, **missing})


def test_a_ready_answer_goes():
    check_answer(**READY)


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (["upheld", "upheld"], "upheld"),
        (["not_upheld"], "not_upheld"),
        (["upheld", "not_upheld"], "partially_upheld"),
        (["partially_upheld", "not_upheld"], "partially_upheld"),
    ],
)
def test_findings_roll_up(parts, whole):
    assert roll_up(Finding(part) for part in parts) == whole


@pytest.mark.parametrize("parts", [[], [Finding.UPHELD, None]])
def test_a_part_without_a_finding_holds_the_answer_back(parts):
    with pytest.raises(MoveNotAllowed, match="Each part"):
        roll_up(parts)


def test_a_reporting_year_runs_from_april_to_march():
    year = ReportingYear.parse("2022-23")
    assert date(2022, 4, 1) in year
    assert date(2023, 3, 31) in year
    assert date(2023, 4, 1) not in year
    assert ReportingYear.of(date(2023, 3, 31)) == year


@pytest.mark.parametrize("text", ["2022", "2022-24", "22-23", "", "2022-2023", "٢٠٢٢-23"])
def test_a_wrong_year_is_refused_with_a_model(text):
    with pytest.raises(ValueError, match="2022-23"):
        ReportingYear.parse(text)
