"""Finding lessons."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from portal.database import db
from portal.learning.models import Lesson


def lessons_of(case_id: int) -> Sequence[Lesson]:
    """The lessons of one case, in the order they were written down."""
    return db.session.scalars(select(Lesson).where(Lesson.case_id == case_id).order_by(Lesson.id)).all()


def lesson_of(case_id: int, key: int) -> Lesson | None:
    """One lesson of a case."""
    return db.session.scalars(select(Lesson).where(Lesson.case_id == case_id, Lesson.id == key)).one_or_none()


def open_lessons(owner_id: int | None = None) -> Sequence[Lesson]:
    """What is not done yet, by its day; of one owner, or of all."""
    wanted = select(Lesson).where(Lesson.done_on.is_(None)).order_by(Lesson.due_on, Lesson.id)
    return db.session.scalars(wanted if owner_id is None else wanted.where(Lesson.owner_id == owner_id)).all()


def lessons_done_since(day: date) -> Sequence[Lesson]:
    """What was done since a day, newest first."""
    wanted = select(Lesson).where(Lesson.done_on >= day).order_by(Lesson.done_on.desc(), Lesson.id.desc())
    return db.session.scalars(wanted).all()


def public_lessons() -> Sequence[Lesson]:
    """What everyone may read, newest first; the page shows neither the case nor its day."""
    wanted = select(Lesson).where(Lesson.is_public, Lesson.done_on.is_not(None)).order_by(Lesson.id.desc()).limit(50)
    return db.session.scalars(wanted).all()
