"""A file, sealed in the database: one place for the backup, and no path that a server could give out or run."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, UtcDateTime, coded
from portal.sealing.rows import Sealed, SealedRow, sealed_bytes, sealed_text


class FileState(StrEnum):
    """Where a file stands with the virus scanner."""

    WAITING = "waiting"
    CLEAN = "clean"
    NOT_SCANNED = "not_scanned"
    REFUSED = "refused"


class StoredFile(SealedRow, Base):
    """A file on a case or with thanks. `public_id` is its address and cannot be guessed."""

    __tablename__ = "files"
    __table_args__ = (CheckConstraint("(case_id is null) <> (compliment_id is null)", name="one_owner"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    compliment_id: Mapped[int | None] = mapped_column(ForeignKey("compliments.id"), index=True)
    name: Sealed[str] = sealed_text()
    media_type: Mapped[str] = mapped_column(String(40))
    is_re_encoded: Mapped[bool] = mapped_column("is_made_anew")
    size: Mapped[int]
    content: Sealed[bytes | None] = sealed_bytes(None)
    state: Mapped[FileState] = mapped_column(coded(FileState), index=True)
    finding: Mapped[str] = mapped_column(String(120), default="")
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    transcript: Sealed[str | None] = sealed_text(None)

    @property
    def about(self) -> str:
        """The name in the audit of what it belongs to."""
        return f"case/{self.case_id}" if self.case_id else f"compliment/{self.compliment_id}"

    @property
    def may_be_opened(self) -> bool:
        """Whether it is given out: not before it is scanned, where there is a scanner."""
        return self.state in (FileState.CLEAN, FileState.NOT_SCANNED)
