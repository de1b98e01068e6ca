"""Finding batches and their counts."""

from collections.abc import Sequence

from sqlalchemy import func, select

from portal.cards.models import CardBatch, CardCount
from portal.database import db


def batches() -> Sequence[CardBatch]:
    """Every batch, newest first."""
    return db.session.scalars(select(CardBatch).order_by(CardBatch.made_on.desc(), CardBatch.id.desc())).all()


def batch_by_code(code: str) -> CardBatch | None:
    """A batch by its code, in any case of letters."""
    return db.session.scalars(select(CardBatch).where(CardBatch.code == code.upper()[:8])).one_or_none()


def totals() -> dict[int, dict[str, int]]:
    """Each batch's counts so far, by event."""
    summed = select(CardCount.batch_id, CardCount.event, func.sum(CardCount.n)).group_by(CardCount.batch_id, CardCount.event)
    found: dict[int, dict[str, int]] = {}
    for batch_id, event, n in db.session.execute(summed):
        found.setdefault(batch_id, {})[event] = int(n)
    return found
