"""Making batches, and counting without watching anyone."""

import secrets
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from portal.audit.events import declare
from portal.audit.services import record
from portal.cards.models import UNKNOWN_BATCH, CardBatch, CardCount
from portal.clock import london_day
from portal.database import db, transaction

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without 0 and O, 1 and I
CODE_LENGTH = 4
FEWEST_IN_A_BATCH = 25
BATCH_MADE = declare("card_batch_made", "team", "quantity")


class CardEvent(StrEnum):
    """What is counted."""

    SCAN = "scan"
    START = "start"


class BatchTooSmall(Exception):
    """A batch so small that a count could point at a child."""


def make_batch(team: str, quantity: int, *, at: datetime, by_id: int | None = None) -> CardBatch:
    """Make a batch with a code that is easy to type. Raises BatchTooSmall below 25 cards."""
    if quantity < FEWEST_IN_A_BATCH:
        raise BatchTooSmall
    with transaction() as session:
        code = _free_code()
        batch = CardBatch(code=code, team=team, quantity=quantity, made_on=london_day(at))
        session.add(batch)
        session.flush()
        record(BATCH_MADE, f"card_batch/{batch.id}", at=at, by_id=by_id, team=team, quantity=quantity)
    return batch


def count(code: str, event: CardEvent, *, on: date) -> None:
    """Add one to a batch's count for the day; an unknown or withdrawn code is counted as unknown."""
    with transaction() as session:
        known = select(CardBatch.id).where(CardBatch.code == code.upper()[:8], CardBatch.withdrawn_on.is_(None))
        batch_id = session.scalars(known).one_or_none() or UNKNOWN_BATCH
        insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
        added = insert(CardCount).values(day=on, batch_id=batch_id, event=event.value, n=1)
        key = [CardCount.day, CardCount.batch_id, CardCount.event]
        session.execute(added.on_conflict_do_update(index_elements=key, set_={"n": CardCount.n + 1}))


def _free_code() -> str:
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
        if db.session.scalars(select(CardBatch.id).where(CardBatch.code == code)).one_or_none() is None:
            return code
