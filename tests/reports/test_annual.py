"""The annual report equals what the council published, wherever its figures come from."""

import csv
import io
import itertools
import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.audit.queries import verify_chain
from portal.people.roles import Role
from portal.procedure.calendar import bundled_calendar
from portal.procedure.reporting_year import ReportingYear
from portal.reports.annual import AnnualCounts, annual_tables, count_rows
from portal.reports.edition import Edition, annual_report, key_figures, percent
from portal.reports.historic import historic_figures
from portal.reports.register_rows import read_register
from portal.reports.rows import ReportRow, Table
from portal.reports.suppression import FEWER, WITHHELD, suppressed
from portal.web.settings import settings
from tests.factories.web import page_of
from tests.reports.test_register import REGISTER

CALENDAR, YEAR = bundled_calendar(), ReportingYear.parse("2022-23")
ROWS = read_register(REGISTER.read_text())
# Typed from the published report: table, section, row, figure of 2022-23. Rows of nought are left out.
PUBLISHED = """
1||Valid complaints processed|14
1||Withdrawn / not pursued / other|97
1||Ineligible|26
1||Total|137
2||Upheld|1
2||Partially upheld|11
2||Not upheld|2
2||Total|14
3a||Partially upheld|1
3a||Withdrawn|4
3a||Total|5
3b||Partially upheld|1
3b||Total|1
4|Children in Need|Winsford|1
4|Children in Need|Chester|3
4|CP Court Team|Chester|2
4|CP Court Team|Ellesmere Port|1
4|Children in Care (Permanence Teams)|Ellesmere Port|4
4||Children with Disabilities|2
4||Transition Team|1
4||Total|14
5|Standard of Service Delivery|(all)|7
5|Standard of Service Delivery|Issues with contact arrangements|1
5|Standard of Service Delivery|Other|6
5|Social Worker|(all)|4
5|Social Worker|Lack of Support|3
5|Social Worker|Preference for one parent over another|1
5||Child Protection Issues|1
5||Financial Issues|2
5||Total|14
6||10 working days or less|2
6||20 working days or less|2
6||Outside the statutory timescale|10
6||Total|14
7||Service Area|1
7||Customer Relations Team|13
7||Total|14
8||Parent/s|12
8||Special guardian|2
8||Total|14
10||No. of Compliments|14
"""
WANTED = {
    (table, section, row): figure
    for table, section, row, figure in (line.split("|") for line in PUBLISHED.split("\n") if line)
}


def figures_of(text, year="2022-23"):
    rows = csv.DictReader(io.StringIO(text))
    named = ("4", "5")
    return {(r["table"], r["section"] if r["table"] in named else "", r["row"]): r[year] for r in rows}


def agrees(found):
    assert {key: found[key] for key in WANTED} == WANTED
    extra = {key: figure for key, figure in found.items() if key not in WANTED and figure not in ("0", "N/A")}
    assert {key for key in extra if key[0] not in ("3a", "9")} == set()


@pytest.fixture
def run(any_app):
    return lambda *words: any_app.test_cli_runner().invoke(args=[str(word) for word in words])


def test_the_imported_register_gives_every_published_figure(run):
    run("register", "import", REGISTER)
    agrees(figures_of(run("reports", "annual", "2022-23", "--edition", "internal", "--format", "csv").output))


def test_the_demo_year_played_through_the_services_gives_them_too(in_app):
    kept = settings()
    in_app.extensions["your_say_settings"] = replace(kept, demo=True)
    run = in_app.test_cli_runner().invoke
    assert "151 representations of 2022-23 were played" in run(args=["demo", "load"]).output
    assert "0 representations of 2022-23 were played, 151 were here already" in run(args=["demo", "load"]).output
    assert "nothing made up was added" in run(args=["demo", "load", "--if-empty"]).output
    agrees(figures_of(run(args=["reports", "annual", "2022-23", "--edition", "internal"]).output))
    exported = run(args=["register", "export", "--year", "2022-23"]).output
    assert sorted(exported.splitlines()) == sorted(REGISTER.read_text().splitlines())
    assert verify_chain().trouble == ""


def test_outside_a_demo_nothing_made_up_is_loaded(in_app):
    done = in_app.test_cli_runner().invoke(args=["demo", "load"])
    assert done.exit_code == 1
    assert "PORTAL_DEMO=1" in done.output


def test_withdrawn_at_stage_2_is_split_into_what_really_happened():
    table = next(table for table in annual_tables(count_rows(ROWS, CALENDAR)) if table.number == "3a")
    beneath = {row.name: row.count for row in table.rows if row.is_beneath}
    assert beneath == {
        "of these: withdrawn by the person": 1,
        "of these: statement not agreed": 2,
        "of these: resolved informally": 1,
    }


def test_table_9_counts_how_complaints_came():
    table = next(table for table in annual_tables(count_rows(ROWS, CALENDAR)) if table.number == "9")
    assert table.total == 14


def test_every_table_adds_up():
    for table in annual_tables(count_rows(ROWS, CALENDAR)):
        main = [row.count for row in table.rows[:-1] if not row.is_beneath]
        if main:
            assert sum(main) == table.total, table.number


def test_the_words_of_the_report_are_worked_out():
    key = key_figures(count_rows(ROWS, CALENDAR))
    assert (key.in_time, key.in_time_share, key.conversion) == (4, "29%", "10%")
    assert key.each_days == (3, 10, 16, 20, 24, 29, 30, 31, 32, 61, 62, 64, 77, 108)


@pytest.mark.parametrize(
    ("part", "whole", "told"), [(4, 14, "29%"), (2, 14, "14%"), (1, 2, "50%"), (0, 0, "-"), (1, 8, "13%")]
)
def test_percentages_are_rounded_never_cut(part, whole, told):
    assert percent(part, whole) == told


def test_earlier_years_are_published_figures_and_marked_so():
    report = annual_report(YEAR, lambda year: count_rows(ROWS if year == YEAR else [], CALENDAR))
    assert [str(year) for year in report.historic] == ["2021-22", "2020-21", "2019-20", "2018-19"]
    first = report.tables[0].lines[0]
    assert first.figures == ("14", "14", "15", "37", "")


def test_an_earlier_year_that_the_system_knows_comes_from_its_own_rows():
    later = ReportingYear.parse("2023-24")
    report = annual_report(later, lambda year: count_rows(ROWS if year == YEAR else [], CALENDAR))
    assert report.tables[0].lines[-1].figures[:3] == ("0", "137", "131")


def test_rows_that_only_earlier_years_have_are_kept_beneath_them():
    report = annual_report(YEAR, lambda year: count_rows(ROWS if year == YEAR else [], CALENDAR))
    names = [line.name for table in report.tables if table.number == "4" for line in table.lines]
    assert "Integrated Early Support" in names
    assert names[-1] == "Total"


def test_an_open_complaint_is_not_lost_from_table_1():
    opened = replace(ROWS[10], kind="complaint", disposition="open", reference="new")
    table = annual_tables(count_rows([*ROWS, opened], CALENDAR))[0]
    assert (table.total, table.rows[-2].name) == (138, "Not yet decided")


def test_a_complaint_without_an_answer_is_not_counted_as_in_time():
    waiting = replace(ROWS[10], kind="complaint", disposition="accepted", stage_1_responded_on=None)
    table = next(table for table in annual_tables(count_rows([waiting], CALENDAR)) if table.number == "6")
    assert {row.name: row.count for row in table.rows if row.count} == {"Not yet answered": 1, "Total": 1}


counts = st.lists(st.integers(0, 12), min_size=1, max_size=5)


@given(counts)
def test_no_count_of_1_to_4_can_be_worked_out_from_the_public_edition(numbers):
    """Every way to fill the hidden cells is tried: each small one must still have at least two possible values."""
    rows = [ReportRow("s", f"row {place}", number) for place, number in enumerate(numbers)]
    *shown, total = suppressed(Table("1", "t", (*rows, ReportRow("s", "Total", sum(numbers)))))
    assert not {"1", "2", "3", "4"} & {*shown, total}
    if not total.isdigit():
        return
    most = sum(numbers)
    ways = {FEWER: range(1, 5), WITHHELD: range(5, most + 1)}
    fits = [
        way
        for way in itertools.product(*(ways.get(figure, [int(figure) if figure.isdigit() else 0]) for figure in shown))
        if sum(way) == most
    ]
    for place, figure in enumerate(shown):
        assert figure != FEWER or len({way[place] for way in fits}) > 1


def test_the_public_edition_hides_small_numbers_and_leaves_published_years_as_published(run):
    run("register", "import", REGISTER)
    text = run("reports", "annual", "2022-23", "--edition", "public").output
    rows = list(csv.DictReader(io.StringIO(text)))
    assert "137" in {row["2022-23"] for row in rows}
    assert not {"1", "2", "3", "4"} & {row["2022-23"] for row in rows}
    assert "1" in {row["2021-22"] for row in rows}


def test_a_subtotal_that_its_own_rows_give_does_not_open_a_small_number():
    beneath = [ReportRow("s", "a", 6, is_beneath=True), ReportRow("s", "b", 0, is_beneath=True)]
    rows = (ReportRow("s", "(all)", 6), *beneath, ReportRow("", "Fin", 1), ReportRow("", "Total", 7))
    shown = suppressed(Table("5", "t", rows))
    assert shown[0] == shown[1] == WITHHELD


def test_one_late_row_never_replaces_a_published_year():
    later = replace(ROWS[0], received_on=date(2022, 3, 30), reference="late")
    report = annual_report(YEAR, lambda year: count_rows([later] if year == YEAR.before() else ROWS, CALENDAR))
    assert report.tables[0].lines[-1].figures[1] == "131"


def test_json_is_one_document_with_the_same_figures(run):
    run("register", "import", REGISTER)
    report = json.loads(run("reports", "annual", "2022-23", "--edition", "internal", "--format", "json").output)
    total = report["tables"][0]["rows"][-1]["figures"]
    assert (total["2022-23"], total["2021-22"]) == ("137", "131")
    assert report["historic_years"] == ["2021-22", "2020-21", "2019-20", "2018-19"]


def test_html_is_a_page_of_its_own_and_goes_to_a_file(run, tmp_path):
    out = tmp_path / "report.html"
    assert run("reports", "annual", "2022-23", "--edition", "internal", "--format", "html", "--out", out).output == ""
    page = out.read_text()
    assert page.count("<caption>") == 11
    assert "<script" not in page
    assert run("reports", "annual", "2022-23", "--out", tmp_path / "no" / "where").exit_code == 1


@pytest.mark.parametrize("year", ["2022", "2022-2023", "next", "", "0000-01"])
def test_a_wrong_year_is_a_bad_argument_in_one_line(run, year):
    done = run("reports", "annual", year)
    assert (done.exit_code, len(done.output.strip().splitlines())) == (2, 1)
    assert "2022-23" in done.output


def test_staff_read_the_report_on_a_page_and_as_a_file(app, staff):
    app.test_cli_runner().invoke(args=["register", "import", str(REGISTER)])
    director = staff(Role.DIRECTOR)
    page = page_of(director.get("/staff/reports/annual?year=2022-23"))
    assert "4 of 14 (29%)" in page
    assert "3, 10, 16, 20, 24" in page
    answer = director.get("/staff/reports/annual?year=2022-23&format=csv")
    assert "annual-report-2022-23-internal.csv" in answer.headers["Content-Disposition"]
    agrees(figures_of(page_of(answer).removeprefix("\ufeff")))
    assert director.get("/staff/reports/annual?year=never").status_code == 400


def test_historic_figures_are_read_for_four_years():
    assert historic_figures()[ReportingYear(2021)]["1", "Representations considered", "Total"] == "131"
    assert date(2021, 4, 1) in ReportingYear(2021)
    assert annual_report(YEAR, lambda year: AnnualCounts(), Edition.PUBLIC).key.in_time_share == "-"
