"""Visits that have ended: what a browser sends again after Leave is neither taken nor shown."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from portal.database import db, transaction
from portal.intake.models import EndedVisit

REMEMBERED_FOR = timedelta(days=30)  # a tab that is opened again can send an old form weeks later


def end_visit(mark: str, *, at: datetime) -> None:
    """Remember that a visit has ended, by its mark alone."""
    with transaction() as session:
        session.merge(EndedVisit(mark=mark, ended_at=at))


def has_ended(mark: str) -> bool:
    """Whether a visit has ended."""
    return db.session.get(EndedVisit, mark) is not None


def wipe_ended(*, at: datetime) -> None:
    """Forget visits that ended long ago."""
    with transaction() as session:
        session.execute(delete(EndedVisit).where(EndedVisit.ended_at < at - REMEMBERED_FOR))
