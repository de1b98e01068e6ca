"""A file, sealed in the database: one place for the backup, and no path that a server could give out or run."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.database import Base, UtcDateTime, coded
from portal.files.kinds import AS_SENT, FILM_AS_SENT, SOUND_AS_SENT
from portal.sealing.rows import Sealed, SealedRow, sealed_bytes, sealed_text


class FileState(StrEnum):
    """Where a file stands with the virus scanner."""

    WAITING = "waiting"
    CLEAN = "clean"
    NOT_SCANNED = "not_scanned"
    REFUSED = "refused"


class Making(StrEnum):
    """Where a file stands with being made ready to be heard, seen and read."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


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
    making: Mapped[Making] = mapped_column(coded(Making), index=True, default=Making.DONE)
    pages_in_all: Mapped[int] = mapped_column(default=0)
    pages: Mapped[list["FilePage"]] = relationship(order_by="FilePage.number", cascade="all, delete-orphan")
    left_out: Sealed[str | None] = sealed_text(None)
    transcript: Sealed[str | None] = sealed_text(None)

    @property
    def about(self) -> str:
        """The name in the audit of what it belongs to."""
        return f"case/{self.case_id}" if self.case_id else f"compliment/{self.compliment_id}"

    @property
    def may_be_opened(self) -> bool:
        """Whether it is given out: not before it is scanned, where there is a scanner, and made anew, where it has to be."""
        is_scanned = self.state in (FileState.CLEAN, FileState.NOT_SCANNED)
        return is_scanned and not (self.is_media_as_sent and self.making is Making.WAITING)

    @property
    def is_as_sent(self) -> bool:
        """Whether it is kept as it came: it may hold programs, and is only ever downloaded."""
        return self.media_type.startswith(AS_SENT)

    @property
    def is_media_as_sent(self) -> bool:
        """Whether it is a recording or a video that was not made anew."""
        return self.media_type in (SOUND_AS_SENT, FILM_AS_SENT)


class FilePage(SealedRow, Base):
    """What is shown of a file: a page as a picture, or as a web page that we cleaned; with its words.

    `number` counts from 1. `is_read_by_machine` says that the words were read from a picture, and may be wrong.
    """

    __tablename__ = "file_pages"
    __table_args__ = (UniqueConstraint("file_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"))
    number: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(40))
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)
    is_read_by_machine: Mapped[bool] = mapped_column(default=False)
    content: Sealed[bytes | None] = sealed_bytes(None)
    words: Sealed[str] = sealed_text("")
