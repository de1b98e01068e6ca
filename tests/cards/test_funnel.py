"""The funnel: no published figure, with any choice of teams and months, lets a count of one to four be worked out."""

from datetime import date
from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from portal.cards.funnel import MIN_SHOWN, STEPS, funnel, shown

TEAMS, MONTHS = ("Children in Care", "Leaving Care", "Early Help"), (date(2026, 6, 1), date(2026, 7, 1))
KEYS = [(team, month, step) for team in TEAMS for month in MONTHS for step in STEPS]
COUNTS = st.fixed_dictionaries({key: st.integers(0, 40) for key in KEYS})
HIDDEN = st.fixed_dictionaries({key: st.integers(0, MIN_SHOWN - 1) for key in KEYS})


def choices_of(every):
    return [None, *chain.from_iterable(combinations(every, size) for size in range(1, len(every) + 1))]


def everything_published(counts):
    """What anyone can see: every choice of teams and months, rows and totals."""
    return [funnel(counts, teams=teams, months=months) for teams in choices_of(TEAMS) for months in choices_of(MONTHS)]


@given(COUNTS, HIDDEN)
def test_whatever_is_hidden_could_be_anything_else_and_nothing_published_would_change(counts, others):
    changed = {key: n if n >= MIN_SHOWN else others[key] for key, n in counts.items()}
    assert everything_published(changed) == everything_published(counts)


@given(COUNTS)
def test_no_figure_between_one_and_four_is_ever_published(counts):
    for found in everything_published(counts):
        figures = [n for row in found.rows for n in row.shown.values()] + list(found.totals.values())
        assert not any(n is not None and 0 < n < MIN_SHOWN for n in figures)


@given(COUNTS)
def test_a_total_is_never_more_than_the_truth_and_says_when_it_is_less(counts):
    found = funnel(counts)
    for step in STEPS:
        truth = sum(n for (_, _, event), n in counts.items() if event == step)
        assert found.totals[step] <= truth
        assert found.is_at_least[step] or found.totals[step] == truth


def test_nought_is_hidden_too(record_property):
    record_property("bar 30, figures from 1 to 4 in any published funnel", "none, for any choice of teams and months")
    assert [shown(n) for n in (0, 1, 4, 5)] == [None, None, None, 5]
