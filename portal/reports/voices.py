"""Children's voices: how many of a year's were theirs, and what became of those that came by card."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from portal.cards.funnel import Key, shown
from portal.cases.models import Case, FollowUp, FollowUpKind, Stage
from portal.cases.visibility import Viewer, visible_to
from portal.compliments.models import Compliment
from portal.database import db
from portal.procedure.eligibility import Complainant
from portal.procedure.receipt import Method
from portal.procedure.reporting_year import ReportingYear
from portal.procedure.routes import Route

STEPS = ("answered", "sorted")  # how many were sent is shown by team; a total here would tell of a hidden one


@dataclass(frozen=True)
class YearOfVoices:
    """One reporting year: what children brought and what adults did; None where a count is hidden. No total is given."""

    year: ReportingYear
    adults: int | None
    childrens: int | None


def voices_by_year(viewer: Viewer) -> list[YearOfVoices]:
    """Every year that has any, newest first; without what a viewer is shut out of."""
    every: dict[ReportingYear, int] = defaultdict(int)
    childrens: dict[ReportingYear, int] = defaultdict(int)
    cases = select(Case.received_on, Case.complainant, func.count()).where(visible_to(viewer))
    thanks = select(Compliment.received_on, Compliment.source, func.count())
    rows = [
        *db.session.execute(cases.group_by(Case.received_on, Case.complainant)),
        *db.session.execute(thanks.group_by(Compliment.received_on, Compliment.source)),
    ]
    for on, who, n in rows:
        year = ReportingYear.of(on)
        every[year] += n
        childrens[year] += n if who is Complainant.CHILD_OR_YOUNG_PERSON else 0
    years = sorted(every, key=lambda year: year.starts, reverse=True)
    return [YearOfVoices(year, shown(every[year] - childrens[year]), shown(childrens[year])) for year in years]


def cards_answered(viewer: Viewer) -> dict[Key, int]:
    """Of the messages that came by card: answered, and said to be sorted, by the month in which they came."""
    by_card = select(Case.id, Case.received_on).where(Case.method == Method.QR_CARD, visible_to(viewer))
    months: dict[int, date] = {key: on.replace(day=1) for key, on in db.session.execute(by_card)}
    answered = select(Stage.case_id).where(
        Stage.route == Route.STATUTORY, Stage.number == 1, Stage.responded_on.is_not(None)
    )
    sorted_out = select(FollowUp.case_id).where(FollowUp.kind == FollowUpKind.SORTED).distinct()
    found: dict[Key, int] = defaultdict(int)
    for step, keys in (
        ("answered", list(db.session.scalars(answered))),
        ("sorted", list(db.session.scalars(sorted_out))),
    ):
        for key in keys:
            if key in months:
                found["all cards", months[key], step] += 1
    return dict(found)
