"""Email that was read out of a mailbox."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, UtcDateTime, coded
from portal.sealing.rows import Sealed, SealedRow, sealed_data, sealed_text


class EmailState(StrEnum):
    """Where an email stands that was read out of a mailbox."""

    TAKEN = "taken"
    SET_ASIDE = "set_aside"
    SETTLED = "settled"


class SetAside(StrEnum):
    """Why an email is no record: a person looks at it."""

    AUTOMATIC_REPLY = "automatic_reply"
    BOUNCE = "bounce"
    LOOP = "loop"
    TOO_LARGE = "too_large"
    BROKEN = "broken"
    EMPTY = "empty"
    DUPLICATE = "duplicate"
    RECEIPT = "receipt"
    CALENDAR = "calendar"
    REACTION = "reaction"
    RECALL = "recall"


class IncomingEmail(SealedRow, Base):
    """An email that was read out of a mailbox, once, however often it is fetched: a record, or set aside with its reason."""

    __tablename__ = "received_emails"
    __table_args__ = (Index("ix_received_emails_state", "state", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mailbox: Mapped[str] = mapped_column(String(40))
    message_key: Mapped[str] = mapped_column(String(64), unique=True)  # of the message as it is: the same one, fetched again
    content_key: Mapped[str] = mapped_column(String(64), index=True)  # of sender and words: the same, sent again
    fetched_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sender: Sealed[str] = sealed_text()
    subject: Sealed[str] = sealed_text()
    words: Sealed[str] = sealed_text()
    state: Mapped[EmailState] = mapped_column(coded(EmailState))
    reason: Mapped[SetAside | None] = mapped_column(coded(SetAside))
    record: Mapped[str] = mapped_column(String(40), default="")  # what came of it, by its name in the audit
    left_behind: Sealed[list[str] | None] = sealed_data(None)  # attachments that are not kept, with the reason
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    @property
    def about(self) -> str:
        """The name of the email in the audit."""
        return f"email/{self.id}"
