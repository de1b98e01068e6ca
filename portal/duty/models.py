"""What the duty desk was told of, and each time somebody was told."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.database import Base, UtcDateTime
from portal.outbox.models import OutgoingEmail
from portal.sealing.rows import Sealed, SealedRow, sealed_text


class Alert(Base):
    """Something that must be read at once. It stands until a colleague says that they have it."""

    __tablename__ = "duty_alerts"
    __table_args__ = (Index("ix_duty_alerts_answered_at", "answered_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    about: Mapped[str] = mapped_column(String(40), index=True)  # what it is about, by its name in the audit
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    again_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # more came while nobody had it: tell at once
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    calls: Mapped[list["Call"]] = relationship(order_by="Call.id", cascade="all, delete-orphan")


class Call(SealedRow, Base):
    """One time that somebody on the ladder was told. Whether it reached them the email says."""

    __tablename__ = "duty_calls"

    id: Mapped[int] = mapped_column(primary_key=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("duty_alerts.id"), index=True)
    rung: Mapped[int]
    recipient: Sealed[str] = sealed_text()
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    email_id: Mapped[int | None] = mapped_column(ForeignKey("outgoing_emails.id"))  # none when the address is no address

    email: Mapped[OutgoingEmail | None] = relationship()

    @property
    def failed(self) -> bool:
        """Whether it is known that this did not reach anybody."""
        return self.email is None or self.email.is_not_there or bool(self.email.trouble)
