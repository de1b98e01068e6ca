"""Finding thanks."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from portal.compliments.models import Compliment
from portal.database import db

PAGE = 25


def newest_compliments(page: int = 1) -> tuple[Sequence[Compliment], bool]:
    """One page of thanks, newest first, and whether there is another."""
    wanted = select(Compliment).order_by(Compliment.received_on.desc(), Compliment.id.desc())
    rows = db.session.scalars(wanted.limit(PAGE + 1).offset((page - 1) * PAGE)).all()
    return rows[:PAGE], len(rows) > PAGE


def compliments_received_between(first: date, last: date) -> Sequence[Compliment]:
    """Every compliment received between two days."""
    wanted = select(Compliment).where(Compliment.received_on.between(first, last))
    return db.session.scalars(wanted.order_by(Compliment.received_on, Compliment.id)).all()


def compliment_by_once_key(once_key: str) -> Compliment | None:
    """The compliment that a form already logged."""
    return db.session.scalars(select(Compliment).where(Compliment.once_key == once_key)).one_or_none()


def known_old_references(references: Sequence[str]) -> set[str | None]:
    """Which of these references of the old system are here already."""
    return set(db.session.scalars(select(Compliment.old_reference).where(Compliment.old_reference.in_(references))))
