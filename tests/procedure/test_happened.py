"""When something happened, as people tell it: the last day of a month or a season counts, for their good."""

from datetime import date

import pytest

from portal.procedure.happened import When, told_when

TODAY = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("2026-03-14", When(date(2026, 3, 14))),
        ("14 March 2026", When(date(2026, 3, 14))),
        ("14/3/2026", When(date(2026, 3, 14))),
        ("march 2025", When(date(2025, 3, 31), "March 2025")),
        ("Feb 2024", When(date(2024, 2, 29), "February 2024")),
        ("11/2025", When(date(2025, 11, 30), "November 2025")),
        ("Spring 2025", When(date(2025, 5, 31), "Spring 2025")),
        ("winter 2024", When(date(2025, 2, 28), "Winter 2024-25")),
        ("2025", When(date(2025, 12, 31), "2025")),
        ("June 2026", When(TODAY, "June 2026")),
        ("2026", When(TODAY, "2026")),
    ],
)
def test_a_day_a_month_a_season_or_a_year_is_read(said, when):
    assert told_when(said, TODAY) == when


@pytest.mark.parametrize(
    "said", ["", "long ago", "31/2/2025", "13/2025", "ma 2025", "0022-03-01", "1820", "2026-06-16", "summer 2027", "2027"]
)
def test_what_cannot_be_read_or_has_not_come_is_nothing(said):
    assert told_when(said, TODAY) is None
