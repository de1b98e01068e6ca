"""Making, withdrawing and reissuing batches, and counting without watching anyone."""

import secrets
from datetime import date, datetime, timedelta

from sqlalchemy import Date, bindparam, select, text

from portal.audit.events import declare
from portal.audit.services import record
from portal.cards.models import UNKNOWN_BATCH, CardBatch, CardEvent
from portal.clock import london_day
from portal.database import db, transaction

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without 0 and O, 1 and I
CODE_LENGTH = 4
MIN_IN_A_BATCH = 25
LEADS_IN_FOR = timedelta(days=2 * 365)
BATCH_MADE = declare("card_batch_made", "team", "quantity")
BATCH_WITHDRAWN = declare("card_batch_withdrawn", "team")


DAY = bindparam("day", type_=Date)
COUNT_BATCH = text(
    "insert into card_counts (day, batch_id, event, n) values (:day, :batch_id, :event, :n) "
    "on conflict (day, batch_id, event) do update set n = card_counts.n + excluded.n"
).bindparams(DAY)
COUNT_CODE = text(
    "insert into card_counts (day, batch_id, event, n) select :day, coalesce((select id from card_batches "
    "where code = :code and withdrawn_on is null and expires_on >= :day), 0), :event, 1 where true "
    "on conflict (day, batch_id, event) do update set n = card_counts.n + 1"
).bindparams(DAY)


class BatchTooSmall(Exception):
    """A batch so small that a count could point at a child."""


def make_batch(
    team: str,
    quantity: int,
    *,
    month: date | None = None,
    language: str = "en",
    replaces: CardBatch | None = None,
    at: datetime,
    by_id: int | None = None,
) -> CardBatch:
    """Make a batch with a code that is easy to type. Raises BatchTooSmall below 25 cards."""
    if quantity < MIN_IN_A_BATCH:
        raise BatchTooSmall
    made_on = london_day(at)
    with transaction() as session:
        batch = CardBatch(
            code=_free_code(),
            team=team,
            quantity=quantity,
            month=(month or made_on).replace(day=1),
            language=language,
            made_on=made_on,
            expires_on=made_on + LEADS_IN_FOR,
            replaces_id=replaces.id if replaces else None,
        )
        session.add(batch)
        session.flush()
        record(BATCH_MADE, f"card_batch/{batch.id}", at=at, by_id=by_id, team=team, quantity=quantity)
    return batch


def withdraw_batch(batch: CardBatch, *, at: datetime, by_id: int | None) -> None:
    """Take a batch back, for example when something was stuck over it; its code leads to the start page like any other."""
    with transaction():
        if batch.withdrawn_on is None:
            batch.withdrawn_on = london_day(at)
            record(BATCH_WITHDRAWN, f"card_batch/{batch.id}", at=at, by_id=by_id, team=batch.team)


def reissue_batch(batch: CardBatch, *, at: datetime, by_id: int | None) -> CardBatch:
    """Withdraw a batch and make another of the same kind, with a code of its own."""
    with transaction():
        withdraw_batch(batch, at=at, by_id=by_id)
        team, language = batch.team, batch.language
        return make_batch(team, batch.quantity, month=batch.month, language=language, replaces=batch, at=at, by_id=by_id)


def batch_of_code(code: str, *, on: date) -> int:
    """The key of a code's batch on a day; UNKNOWN_BATCH for a code that is unknown, expired or withdrawn."""
    batch = db.session.scalars(select(CardBatch).where(CardBatch.code == code.upper()[:8])).one_or_none()
    return batch.id if batch is not None and batch.leads_in(on) else UNKNOWN_BATCH


def count(code: str, event: CardEvent, *, on: date) -> None:
    """Add one to the count of a code's batch for the day; a code that does not lead in is counted as unknown."""
    with transaction() as session:
        session.execute(COUNT_CODE, {"day": on, "code": code.upper()[:8], "event": event.value})


def count_batch(batch_id: int, event: CardEvent, *, on: date, how_many: int = 1) -> None:
    """Add to a batch's count for the day, in one statement, so that of many at once none is lost."""
    with transaction() as session:
        session.connection().execute(COUNT_BATCH, {"day": on, "batch_id": batch_id, "event": event.value, "n": how_many})


def _free_code() -> str:
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
        if db.session.scalars(select(CardBatch.id).where(CardBatch.code == code)).one_or_none() is None:
            return code
