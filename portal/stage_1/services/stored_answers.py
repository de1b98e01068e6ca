"""Words that answers often need: common remedies, ways to put things right and to say sorry. Kept once, used by everyone."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from portal.audit.events import declare
from portal.audit.services import record
from portal.cases.errors import NotComplete
from portal.database import db, transaction
from portal.stage_1.models import StoredAnswer

STORED_ANSWER_CHANGED = declare("stored_answer_changed", "title", "removed")


def stored_answers() -> Sequence[StoredAnswer]:
    """All of them, by title."""
    return db.session.scalars(select(StoredAnswer).order_by(StoredAnswer.title, StoredAnswer.id)).all()


def store_answer(title: str, words: str, *, at: datetime, by_id: int) -> None:
    """Keep words under a title; the same title again changes them."""
    with transaction() as session:
        row = session.scalars(select(StoredAnswer).where(StoredAnswer.title == title)).one_or_none()
        row = row or StoredAnswer(title=title)
        row.words = words
        session.add(row)
        record(STORED_ANSWER_CHANGED, "stored_answers", at=at, by_id=by_id, title=title, removed=False)


def remove_stored_answer(key: int, *, at: datetime, by_id: int) -> None:
    """Take one away. Letters that used it stay as they are."""
    with transaction() as session:
        row = session.get(StoredAnswer, key)
        if row is None:
            raise NotComplete("It is no longer there.")
        session.delete(row)
        record(STORED_ANSWER_CHANGED, "stored_answers", at=at, by_id=by_id, title=row.title, removed=True)
