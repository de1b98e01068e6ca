"""Mail that waits for the post."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, UtcDateTime, coded
from portal.sealing.rows import Sealed, SealedRow, sealed_text


class MailState(StrEnum):
    """Where an email of ours is. LEFT says that a mail server took it, never that anyone has read it."""

    WAITS = "waits"
    LEFT = "left"
    REFUSED = "refused"
    GIVEN_UP = "given_up"
    CAME_BACK = "came_back"
    WITHDRAWN = "withdrawn"


NOT_THERE = frozenset({MailState.REFUSED, MailState.GIVEN_UP, MailState.CAME_BACK})


class OutgoingEmail(SealedRow, Base):
    """One email: written in the action's transaction, posted afterwards under a Message-ID that never changes."""

    __tablename__ = "outgoing_emails"
    __table_args__ = (Index("ix_outgoing_emails_waiting", "state", "next_try_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    recipient: Sealed[str] = sealed_text()
    about: Mapped[str] = mapped_column(String(40), default="")  # what a reply to it belongs to, by its name in the audit
    subject: Sealed[str] = sealed_text()
    body: Sealed[str] = sealed_text()
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[MailState] = mapped_column(coded(MailState), default=MailState.WAITS)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime)  # while it is being posted: when somebody else may take it
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when it left
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when it was refused, given up, withdrawn, or returned
    tries: Mapped[int] = mapped_column(default=0)
    taken_until: Mapped[datetime | None] = mapped_column(UtcDateTime)  # while it is being posted
    is_unwanted: Mapped[bool] = mapped_column(default=False)  # not tried again, should this try fail
    trouble: Mapped[str] = mapped_column(String(120), default="")

    @property
    def is_not_there(self) -> bool:
        """Whether it is known that it did not arrive."""
        return self.state in NOT_THERE
