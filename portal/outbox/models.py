"""Mail that waits for the post."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, UtcDateTime
from portal.sealing import SealedText


class OutgoingEmail(Base):
    """One email: written in the deed's transaction, posted afterwards under a Message-ID that never changes."""

    __tablename__ = "outgoing_emails"
    __table_args__ = (Index("ix_outgoing_emails_waiting", "sent_at", "next_try_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    recipient: Mapped[str] = mapped_column(SealedText)
    about: Mapped[str] = mapped_column(String(40), default="")  # what a reply to it belongs to, by its name in the audit
    subject: Mapped[str] = mapped_column(SealedText)
    body: Mapped[str] = mapped_column(SealedText)
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str] = mapped_column(String(120), default="")
