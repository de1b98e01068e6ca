"""One annual report: a year's tables beside earlier years, exact or with small numbers withheld, as CSV, JSON or a page."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from portal.procedure.reporting_year import ReportingYear
from portal.reports.annual import AnnualCounts, annual_tables
from portal.reports.historic import historic_figures
from portal.reports.register_rows import safe_cell
from portal.reports.rows import Table
from portal.reports.suppression import suppressed

YEARS_BESIDE = 4
CountsOfYear = Callable[[ReportingYear], AnnualCounts]


class Edition(StrEnum):
    """Who a report is for."""

    INTERNAL = "internal"
    PUBLIC = "public"


@dataclass(frozen=True)
class Line:
    """One line of a table: a figure for each year, newest first, as printed."""

    section: str
    name: str
    figures: tuple[str, ...]
    is_beneath: bool = False


@dataclass(frozen=True)
class PrintedTable:
    """One table over the years."""

    number: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class KeyFigures:
    """What the report says in words, each worked out from the tables."""

    representations: int
    accepted: int
    answered: int
    in_time: int
    days: Mapping[int, int]
    from_children: int
    compliments: int

    @property
    def each_days(self) -> tuple[int, ...]:
        """The working days that each answer took, the shortest first."""
        return tuple(number for number in sorted(self.days) for _ in range(self.days[number]))

    @property
    def middle_days(self) -> int:
        """The working days within which half of the answers came."""
        return self.each_days[(self.answered - 1) // 2]

    @property
    def longest_days(self) -> int:
        """The working days that the longest answer took."""
        return max(self.days)

    @property
    def conversion(self) -> str:
        """Accepted complaints as a share of all."""
        return percent(self.accepted, self.representations)

    @property
    def in_time_share(self) -> str:
        """Answers within the longest lawful time as a share of accepted complaints."""
        return percent(self.in_time, self.accepted)


@dataclass(frozen=True)
class AnnualReport:
    """The report of one year."""

    year: ReportingYear
    edition: Edition
    years: tuple[ReportingYear, ...]
    historic: tuple[ReportingYear, ...]
    tables: tuple[PrintedTable, ...]
    key: KeyFigures


def percent(part: int, whole: int) -> str:
    """A share, rounded half up to a whole percent; a dash when there is nothing to share."""
    return f"{(200 * part + whole) // (2 * whole)}%" if whole else "-"


def annual_report(year: ReportingYear, counts_of: CountsOfYear, edition: Edition = Edition.INTERNAL) -> AnnualReport:
    """Write the report of a year. Earlier years come from the database, or from published figures where it has none."""
    years = tuple(year.before(n) for n in range(YEARS_BESIDE + 1))
    counts = counts_of(year)
    tables = annual_tables(counts)
    past = {earlier: _past_figures(earlier, counts_of, edition) for earlier in years[1:]}
    printed = tuple(_print(table, [past[earlier] for earlier in years[1:]], edition) for table in tables)
    historic = tuple(earlier for earlier in years[1:] if earlier in historic_figures())
    return AnnualReport(year, edition, years, historic, printed, key_figures(counts))


def key_figures(counts: AnnualCounts) -> KeyFigures:
    """The year in a few numbers."""
    return KeyFigures(
        representations=counts.dispositions.total(),
        accepted=counts.accepted,
        answered=counts.answered,
        in_time=counts.in_time,
        days=counts.days,
        from_children=counts.from_children,
        compliments=counts.compliments,
    )


def as_csv(report: AnnualReport) -> str:
    """The report in long form: table, section, row, then a column for each year."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["table", "section", "row", *map(str, report.years)])
    for table in report.tables:
        for line in table.lines:
            writer.writerow([table.number, safe_cell(line.section), safe_cell(line.name), *line.figures])
    return out.getvalue()


def as_json(report: AnnualReport) -> str:
    """The report as one JSON document."""
    tables = [
        {
            "table": table.number,
            "title": table.title,
            "rows": [
                {
                    "section": line.section,
                    "row": line.name,
                    "figures": dict(zip(map(str, report.years), line.figures, strict=True)),
                }
                for line in table.lines
            ],
        }
        for table in report.tables
    ]
    facts = {"year": str(report.year), "edition": report.edition, "historic_years": [str(year) for year in report.historic]}
    return json.dumps(facts | {"tables": tables}, indent=1, ensure_ascii=False)


Figures = Mapping[tuple[str, str, str], str]


def _past_figures(year: ReportingYear, counts_of: CountsOfYear, edition: Edition) -> Figures:
    """A year before: as it was published, also in the public edition; else from its own rows."""
    if year in historic_figures():
        return historic_figures()[year]
    counts = counts_of(year)
    if not counts:
        return {}
    return {
        (table.number, *row.key): figure
        for table in annual_tables(counts)
        for row, figure in zip(table.rows, _figures(table, edition), strict=True)
    }


def _print(table: Table, past: Sequence[Figures], edition: Edition) -> PrintedTable:
    keys = {row.key for row in table.rows}
    lines = [
        Line(*row.key, (figure, *(figures.get((table.number, *row.key), "") for figures in past)), row.is_beneath)
        for row, figure in zip(table.rows, _figures(table, edition), strict=True)
    ]
    gone = dict.fromkeys(key for figures in past for key in figures if key[0] == table.number and key[1:] not in keys)
    old = [Line(key[1], key[2], _gone(figures.get(key, "") for figures in past)) for key in gone]
    return PrintedTable(table.number, table.title, (*lines[:-1], *old, lines[-1]))


def _gone(past: Iterable[str]) -> tuple[str, ...]:
    """A line that only earlier years have: a team that was closed stays 'N/A', anything else is nought."""
    figures = tuple(past)
    return ("N/A" if figures[0] == "N/A" else "0", *figures)


def _figures(table: Table, edition: Edition) -> list[str]:
    return suppressed(table) if edition is Edition.PUBLIC else [str(row.count) for row in table.rows]
