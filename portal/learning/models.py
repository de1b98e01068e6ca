"""One row for each lesson of a case and what is done about it."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base
from portal.sealing.rows import Sealed, SealedRow, sealed_text


class Lesson(SealedRow, Base):
    """A lesson, the action that follows, who owns it, by when, the proof, and the words for the person and for everyone."""

    __tablename__ = "lessons"
    __table_args__ = (Index("ix_lessons_review", "done_on", "due_on", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    lesson: Sealed[str] = sealed_text()
    action: Sealed[str] = sealed_text()
    is_recommendation: Mapped[bool] = mapped_column(default=False)
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    due_on: Mapped[date]
    evidence: Sealed[str] = sealed_text("")
    done_on: Mapped[date | None]
    confirmed_on: Mapped[date | None]  # the person said that they see the change, or had the chance to
    confirmed_words: Sealed[str] = sealed_text("")
    you_said: Sealed[str] = sealed_text("")
    we_did: Sealed[str] = sealed_text("")
    told_on: Mapped[date | None]
    is_public: Mapped[bool] = mapped_column(default=False)
