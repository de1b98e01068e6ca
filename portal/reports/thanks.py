"""A year's thanks, and issues that were sorted without a complaint: for the annual report and the self-evaluation."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import exists, select

from portal.cases.models import Case, CaseLink, Kind, LinkKind
from portal.cases.visibility import Viewer, visible_to
from portal.compliments.digest import Quote, digest_of, quote_of
from portal.compliments.models import Compliment
from portal.compliments.queries import compliments_received_between
from portal.database import db
from portal.keys.opening import those_that_open
from portal.procedure.reporting_year import ReportingYear
from portal.reports.rows import ReportRow, Table
from portal.reports.suppression import suppressed
from portal.wording import label

NEXT_DAY = timedelta(days=1)
NOT_SAID = "Not said"


@dataclass(frozen=True)
class YearOfThanks:
    """What a year brought: tables, sentences that say what became of it, and what may be quoted."""

    year: ReportingYear
    tables: tuple[Table, ...]
    sentences: tuple[str, ...]
    quotes: tuple[Quote, ...]


def year_of_thanks(year: ReportingYear, viewer: Viewer) -> YearOfThanks:
    """One reporting year, without the issues that a viewer is shut out of."""
    found = compliments_received_between(year.first_day, year.last_day)
    issues = _issues(year, viewer)
    digest = digest_of(found)
    told = [(label(through) if through else NOT_SAID) for through, _ in issues]
    tables = (
        _table("1", "Thanks, by who gave them", digest.by_source),
        _table("2", "Thanks, by each team that they are for", digest.by_team),
        _table("3", "Issues sorted without a complaint, by who told us", sorted(Counter(told).items())),
    )
    kept = those_that_open(one for one in found if one.may_be_quoted)
    quotes = sorted(map(quote_of, kept), key=lambda one: one.on, reverse=True)
    became = sum(became for _, became in issues)
    return YearOfThanks(year, tables, tuple(_sentences(found, len(issues), became)), tuple(quotes))


def as_pack(found: YearOfThanks, council: str) -> dict[str, Any]:
    """The same for paper that leaves the council: no colleague, no day, no count from which a person could be known."""
    tables = []
    for table in found.tables:
        rows = zip(table.rows, suppressed(table), strict=True)
        tables.append(
            {"caption": table.title, "heads": ["", "How many"], "rows": [[row.name, shown] for row, shown in rows]}
        )
    quotes = [{"words": one.words, "told": f"{one.source}, {one.on:%B %Y}"} for one in found.quotes]
    lead = "What families, children, courts and colleagues said, and what was sorted before it became a complaint."
    return {"title": f"Thanks {found.year}", "lead": lead, "council": council, "tables": tables, "quotes": quotes}


def _issues(year: ReportingYear, viewer: Viewer) -> Sequence[tuple[str | None, bool]]:
    became = exists().where(CaseLink.other_id == Case.id, CaseLink.kind == LinkKind.COMPLAINT_FROM)
    wanted = select(Case.raised_through, became).where(
        Case.kind == Kind.ISSUE, Case.received_on.between(year.first_day, year.last_day), visible_to(viewer)
    )
    return [(through, bool(was)) for through, was in db.session.execute(wanted.order_by(Case.id))]


def _sentences(found: Sequence[Compliment], issues: int, became: int) -> list[str]:
    passed = [one for one in found if one.passed_on_on]
    at_once = sum(1 for one in passed if _logged(one) + NEXT_DAY >= (one.passed_on_on or date.max))
    complaints = sum(1 for one in found if one.became_case_id)
    return [
        f"Thanks that were passed on: {len(passed)} of {len(found)}. By the day after they were logged: {at_once}.",
        f"Thanks that held something which their sender wanted to complain about, when they were asked: {complaints}.",
        f"Issues that were sorted without a complaint: {issues}. Of them, became one later: {became}.",
    ]


def _logged(compliment: Compliment) -> date:
    """The day from which passing on is counted: the day it came, or the day somebody logged it."""
    return max(compliment.received_on, compliment.passes_on_at.date()) if compliment.passes_on_at else compliment.received_on


def _table(number: str, title: str, counts: Sequence[tuple[str, int]]) -> Table:
    rows = [ReportRow("", name, count) for name, count in counts]
    return Table(number, title, (*rows, ReportRow("", "Total", sum(count for _, count in counts))))
