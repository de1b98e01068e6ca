"""One row for each thing that was done or read. Rows are only ever added."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, UtcDateTime
from portal.sealing.rows import Sealed, SealedRow, sealed_data


class AuditEntry(SealedRow, Base):
    """What was done (`event`), about what (`about`, like `case/12`), by whom, when, with which facts."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_event_at", "event", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None]
    event: Mapped[str] = mapped_column(String(60))
    about: Mapped[str] = mapped_column(String(60), index=True)
    facts: Sealed[dict[str, Any]] = sealed_data()
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class AuditHead(Base):
    """The hash of the newest entry, how many there are, and a seal over both.

    One row, locked while an entry is added, so that the chain has no forks. Whoever has the database alone can cut the
    newest entries, but cannot make the seal of a shorter chain.
    """

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[str] = mapped_column(String(64))
    count: Mapped[int]
    key_version: Mapped[int] = mapped_column(default=1)
    seal: Mapped[str] = mapped_column(String(64))
