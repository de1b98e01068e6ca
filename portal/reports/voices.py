"""Children's voices: how many of a year's were theirs, and what became of those that came by card."""

from collections import Counter
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
    of_child = Complainant.CHILD_OR_YOUNG_PERSON
    every = _cases_by_year(viewer) + _by_year(Compliment.received_on)
    childrens = _cases_by_year(viewer, Case.complainant == of_child)
    childrens += _by_year(Compliment.received_on, Compliment.source == of_child)
    years = sorted(every, reverse=True)
    return [YearOfVoices(year, shown(every[year] - childrens[year]), shown(childrens[year])) for year in years]


def _cases_by_year(viewer: Viewer, *which: ColumnElement[bool]) -> Counter[ReportingYear]:
    """How many cases came in each year: all, from an index alone, less those that a viewer is shut out of."""
    if not viewer.reads_all:
        return _by_year(Case.received_on, *which, visible_to(viewer))
    hidden = db.session.scalars(select(Case.received_on).where(Case.id.in_(hidden_from(viewer)), *which))
    return _by_year(Case.received_on, *which) - Counter(map(ReportingYear.of, hidden))


def _by_year(received_on: Any, *which: ColumnElement[bool]) -> Counter[ReportingYear]:
    """How many came in each year that has any: a range of an index for each, which is far less than to look at each day."""
    ends = (select(end(received_on)).scalar_subquery() for end in (func.min, func.max))
    first, last = db.session.execute(select(*ends)).one()
    if first is None:
        return Counter()
    begins = max(ReportingYear.of(first).starts, FIRST_YEAR)
    years = [ReportingYear(starts) for starts in range(begins, ReportingYear.of(last).starts + 1)]
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
