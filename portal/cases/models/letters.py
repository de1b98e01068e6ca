"""What goes to and fro between the council and the person, and the life of a letter."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, UtcDateTime, coded
from portal.sealing.rows import Sealed, SealedRow, sealed_data, sealed_text


class LetterWay(StrEnum):
    """How a letter goes to the person."""

    EMAIL = "email"
    BY_HAND = "by_hand"
    PAGE = "page"
    KEPT = "kept"


class LetterHow(StrEnum):
    """How a letter left. What is kept here is for someone whom nobody can reach: they have it when they come."""

    NOT_YET = "not_yet"
    EMAILED = "emailed"
    SHOWN = "shown"
    KEPT = "kept"
    POSTED = "posted"
    READ_OUT = "read_out"
    HANDED_OVER = "handed_over"


class Message(SealedRow, Base):
    """One letter, answer or reply between the council and the person."""

    __tablename__ = "case_messages"
    __table_args__ = (Index("ix_case_messages_way_left_at", "way", "left_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    from_us: Mapped[bool]
    kind: Mapped[str] = mapped_column(String(40))
    once_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    words: Sealed[str] = sealed_text()
    boxes: Sealed[dict[str, str] | None] = sealed_data(None)  # an answer to a child, part by part
    whole: Sealed[str | None] = sealed_text(None)  # the email of which the words are what was written anew
    other_sender: Sealed[str | None] = sealed_text(None)  # who wrote back, when not from the person's own address
    way: Mapped[LetterWay | None] = mapped_column(coded(LetterWay))
    email_id: Mapped[int | None] = mapped_column(ForeignKey("outgoing_emails.id"), index=True)
    stops: Mapped[str] = mapped_column(String(40), default="")  # what it stops in a stage when it has left
    stage_id: Mapped[int | None] = mapped_column(ForeignKey("case_stages.id"))
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    left_how: Mapped[LetterHow] = mapped_column(coded(LetterHow), default=LetterHow.NOT_YET)
    left_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    came_back_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    came_back_why: Mapped[str] = mapped_column(String(120), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    @property
    def waits(self) -> bool:
        """Whether it is a letter of ours that has not left, or came back."""
        return self.from_us and (self.left_at is None or self.came_back_at is not None)

    @property
    def waits_for_someone(self) -> bool:
        """Whether a colleague has to post it, read it out or hand it over."""
        return self.waits and (self.way is LetterWay.BY_HAND or self.came_back_at is not None)
