"""Children's voices: how many of a year's were theirs, and what became of those that came by card."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, select

from portal.cards.funnel import Key, shown
from portal.cases.models import Case, FollowUp, FollowUpKind, Stage
from portal.cases.queries import hidden_from
from portal.cases.visibility import Viewer, visible_to
from portal.compliments.models import Compliment
from portal.database import db
from portal.procedure.eligibility import Complainant
from portal.procedure.receipt import Method
from portal.procedure.reporting_year import FIRST_YEAR, ReportingYear
from portal.procedure.routes import Route

YEARS_SHOWN = 3  # of what came by card
STEPS = ("answered", "sorted")  # how many were sent is shown by team; a total here would tell of a hidden one


@dataclass(frozen=True)
class YearOfVoices:
    """One reporting year: what children brought and what adults did; None where a count is hidden. No total is given."""

    year: ReportingYear
    adults: int | None
    childrens: int | None


def voices_by_year(viewer: Viewer) -> list[YearOfVoices]:
    """Every year that has any, newest first; without what a viewer is shut out of."""
    years, hidden, of_child = _years(), hidden_from(viewer), Complainant.CHILD_OR_YOUNG_PERSON
    every = _cases_by_year(years, viewer, hidden) + _by_year(years, Compliment.received_on)
    childrens = _cases_by_year(years, viewer, hidden, Case.complainant == of_child)
    childrens += _by_year(years, Compliment.received_on, Compliment.source == of_child)
    newest_first = sorted(every, reverse=True)
    return [YearOfVoices(year, shown(every[year] - childrens[year]), shown(childrens[year])) for year in newest_first]


def _years() -> list[ReportingYear]:
    """Every year from the first day on which anything came to the last."""
    days = (Case.received_on, Compliment.received_on)
    ends = (select(end(day)).scalar_subquery() for day in days for end in (func.min, func.max))
    starts = [ReportingYear.of(on).starts for on in db.session.execute(select(*ends)).one() if on is not None]
    return [ReportingYear(start) for start in range(max(min(starts), FIRST_YEAR), max(starts) + 1)] if starts else []


def _cases_by_year(
    years: Sequence[ReportingYear], viewer: Viewer, hidden: Sequence[int], *which: ColumnElement[bool]
) -> Counter[ReportingYear]:
    """How many cases came in each year: all, from an index alone, less those that a viewer is shut out of."""
    if not viewer.reads_all:
        return _by_year(years, Case.received_on, *which, visible_to(viewer))
    taken_off = db.session.scalars(select(Case.received_on).where(Case.id.in_(hidden), *which))
    return _by_year(years, Case.received_on, *which) - Counter(map(ReportingYear.of, taken_off))


def _by_year(years: Sequence[ReportingYear], received_on: Any, *which: ColumnElement[bool]) -> Counter[ReportingYear]:
    """How many came in each year that has any: a range of an index for each, which is far less than to look at each day."""
    if not years:
        return Counter()
    counts = [select(func.count()).where(received_on.between(year.first_day, year.last_day), *which) for year in years]
    found = db.session.execute(select(*(count.scalar_subquery() for count in counts))).one()
    return Counter({year: n for year, n in zip(years, found, strict=True) if n})


def cards_answered(viewer: Viewer) -> dict[Key, int]:
    """Of the messages that came by card this year and in the three before: answered, and said to be sorted, by month."""
    since = viewer.on.replace(year=viewer.on.year - YEARS_SHOWN, month=1, day=1)
    answered = exists().where(
        Stage.case_id == Case.id, Stage.route == Route.STATUTORY, Stage.number == 1, Stage.responded_on.is_not(None)
    )
    sorted_out = exists().where(FollowUp.case_id == Case.id, FollowUp.kind == FollowUpKind.SORTED)
    by_card = select(Case.received_on, *(func.sum(case((one, 1), else_=0)) for one in (answered, sorted_out)))
    wanted = by_card.where(Case.method == Method.QR_CARD, Case.received_on >= since, visible_to(viewer))
    found: Counter[Key] = Counter()
    for on, *counts in db.session.execute(wanted.group_by(Case.received_on)):
        for step, n in zip(STEPS, counts, strict=True):
            if n:
                found["all cards", on.replace(day=1), step] += n
    return dict(found)
