"""Finding batches and their counts."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from statistics import mean

from sqlalchemy import func, select

from portal.cards.funnel import Key
from portal.cards.models import UNKNOWN_BATCH, CardBatch, CardCount, CardEvent
from portal.database import db

SPIKE_FROM, SPIKE_TIMES, LOOKED_BACK = 20, 5, 14


def batches() -> Sequence[CardBatch]:
    """Every batch, newest first."""
    return db.session.scalars(select(CardBatch).order_by(CardBatch.made_on.desc(), CardBatch.id.desc())).all()


def batch_by_code(code: str) -> CardBatch | None:
    """A batch by its code, in any case of letters."""
    return db.session.scalars(select(CardBatch).where(CardBatch.code == code.upper()[:8])).one_or_none()


def counts_by_team_and_month() -> dict[Key, int]:
    """Every counter of a batch, summed by team, the month in which it was counted, and event."""
    found: dict[Key, int] = defaultdict(int)
    rows = select(CardBatch.team, CardCount.day, CardCount.event, CardCount.n).join(
        CardBatch, CardBatch.id == CardCount.batch_id
    )
    for team, day, event, n in db.session.execute(rows):
        found[team, day.replace(day=1), event] += n
    return dict(found)


def counts_of_all(events: Sequence[CardEvent]) -> dict[tuple[date, str], int]:
    """The counters of all cards together, and of visitors without one, by month and event."""
    found: dict[tuple[date, str], int] = defaultdict(int)
    rows = select(CardCount.day, CardCount.event, func.sum(CardCount.n)).where(
        CardCount.event.in_([event.value for event in events])
    )
    for day, event, n in db.session.execute(rows.group_by(CardCount.day, CardCount.event)):
        found[day.replace(day=1), event] += int(n)
    return dict(found)


def unknown_scans_spike(on: date) -> int:
    """How many codes that are not ours were scanned on a day, when that is far more than before; else nought.

    Someone may have stuck other codes over our cards, or copied them.
    """
    rows = select(CardCount.day, CardCount.n).where(
        CardCount.batch_id == UNKNOWN_BATCH,
        CardCount.event == CardEvent.SCAN.value,
        CardCount.day > on - timedelta(days=LOOKED_BACK),
        CardCount.day <= on,
    )
    by_day = {day: n for day, n in db.session.execute(rows)}
    today = by_day.pop(on, 0)
    usual = mean([*by_day.values(), *[0] * (LOOKED_BACK - 1 - len(by_day))])
    return today if today >= SPIKE_FROM and today > SPIKE_TIMES * usual else 0
