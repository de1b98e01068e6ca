"""What the team keeps about cases: links between them, reminders that went out, second looks at decisions."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, UtcDateTime, coded
from portal.sealing.rows import Sealed, SealedRow, sealed_text


class LinkKind(StrEnum):
    """How one case stands to another."""

    RELATED = "related"
    SPLIT_FROM = "split_from"
    ANSWERED_WITH = "answered_with"
    COMPLAINT_FROM = "complaint_from"  # an issue that was sorted, and was not after all


class CaseLink(Base):
    """One case that belongs with another. A merged one is answered with it, each sender by a letter of their own."""

    __tablename__ = "case_links"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True, index=True)
    kind: Mapped[LinkKind] = mapped_column(coded(LinkKind))


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


class SecondLook(SealedRow, Base):
    """A second pair of eyes on a case that ended as ineligible or was resolved early."""

    __tablename__ = "case_second_looks"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    agrees: Mapped[bool]
    words: Sealed[str] = sealed_text()
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class StoredAnswer(SealedRow, Base):
    """Words that answers often need: a common remedy, a way to put something right, a way to say sorry."""

    __tablename__ = "stored_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120), unique=True)
    words: Sealed[str] = sealed_text()
