"""Reminders that went out, and what people are offered beside letters."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base


class MeetingKind(StrEnum):
    """What the person is offered beside the stages."""

    MEETING = "meeting"
    MEDIATION = "mediation"


class Reminder(Base):
    """Something that went out by itself, once: the key makes a second time impossible."""

    __tablename__ = "case_reminders"
    __table_args__ = (Index("uq_case_reminders_case_id_kind_key", "case_id", "kind", "key", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    kind: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(80))
    on: Mapped[date] = mapped_column(index=True)
    to_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
