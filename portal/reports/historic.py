"""Figures that were published before the system began, read from `historic-figures.csv` and marked as historic."""

import csv
from functools import cache
from pathlib import Path

from portal.procedure.reporting_year import ReportingYear

Key = tuple[str, str, str]


@cache
def historic_figures() -> dict[ReportingYear, dict[Key, str]]:
    """For each published year, each figure by table, section and row; blank where nothing was published."""
    text = (Path(__file__).parent / "historic-figures.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    years = [name for name in rows[0] if name not in ("table", "section", "row")]
    return {
        ReportingYear.parse(year): {(row["table"], row["section"], row["row"]): row[year] for row in rows} for year in years
    }
