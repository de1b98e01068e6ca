"""Visits that have ended: what a browser sends again after Leave is neither taken nor shown."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select

from portal.database import db, transaction
from portal.intake.models import EndedVisit

ENDED = select(EndedVisit.__table__.c.mark).where(EndedVisit.__table__.c.mark.in_(bindparam("marks", expanding=True)))
REMEMBERED_FOR = timedelta(days=30)  # a tab that is opened again can send an old form weeks later


def end_visit(mark: str, *, at: datetime) -> None:
    """Remember that a visit has ended, by its mark alone."""
    with transaction() as session:
        session.merge(EndedVisit(mark=mark, ended_at=at))


def has_ended(marks: Iterable[str]) -> bool:
    """Whether one of some visits has ended."""
    return db.session.connection().execute(ENDED, {"marks": list(marks)}).first() is not None


def wipe_ended(*, at: datetime) -> None:
    """Forget visits that ended long ago."""
    with transaction() as session:
        session.execute(delete(EndedVisit).where(EndedVisit.ended_at < at - REMEMBERED_FOR))
