"""From the counters to the funnel that is published, so that nothing small can be worked out.

The smallest thing counted is one team in one month. A count under five is hidden, nought included, and every total is the
sum of the counts that are shown, said as "at least". So whatever is published, with any choice of teams and months, is made
of shown counts alone: a hidden one could be any number from nought to four, and nothing here would look different. No other
page shows the same event summed over more: that would let a hidden count be worked out by subtraction.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

MIN_SHOWN = 5
STEPS = ("handed_out", "scan", "film_play", "film_end", "start", "sent", "form")
Key = tuple[str, date, str]


@dataclass(frozen=True)
class FunnelRow:
    """One team in one month; None where a count is hidden."""

    team: str
    month: date
    shown: Mapping[str, int | None]


@dataclass(frozen=True)
class Funnel:
    """What is published: the rows, their totals, and in which totals something is hidden."""

    rows: tuple[FunnelRow, ...]
    totals: Mapping[str, int]
    is_at_least: Mapping[str, bool]


def shown(count: int) -> int | None:
    """A count as it is published: None when it is hidden."""
    return count if count >= MIN_SHOWN else None


def funnel(
    counts: Mapping[Key, int],
    *,
    teams: Collection[str] | None = None,
    months: Collection[date] | None = None,
    steps: tuple[str, ...] = STEPS,
) -> Funnel:
    """The funnel of some teams and months, or of all. Counts are by team, first day of the month, and event."""
    keys = sorted({(month, team) for team, month, _ in counts if _wanted(team, teams) and _wanted(month, months)})
    rows = tuple(
        FunnelRow(team, month, {step: shown(counts.get((team, month, step), 0)) for step in steps}) for month, team in keys
    )
    totals = {step: sum(row.shown[step] or 0 for row in rows) for step in steps}
    is_at_least = {step: any(row.shown[step] is None for row in rows) for step in steps}
    return Funnel(rows, totals, is_at_least)


def _wanted(one: object, of: Collection[object] | None) -> bool:
    return of is None or one in of
