"""Thanks."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, UtcDateTime, coded
from portal.procedure.eligibility import Complainant
from portal.procedure.receipt import Method, PointOfReceipt
from portal.sealing import SealedText


class Compliment(Base):
    """Someone's thanks, in their own words, for a person or a team."""

    __tablename__ = "compliments"
    __table_args__ = (Index("ix_compliments_received_on", "received_on", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    old_reference: Mapped[str | None] = mapped_column(String(60), unique=True)
    once_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_on: Mapped[date]
    method: Mapped[Method] = mapped_column(coded(Method))
    point_of_receipt: Mapped[PointOfReceipt] = mapped_column(coded(PointOfReceipt))
    source: Mapped[Complainant] = mapped_column(coded(Complainant))
    thanked: Mapped[str] = mapped_column(SealedText)
    words: Mapped[str] = mapped_column(SealedText)
    from_name: Mapped[str] = mapped_column(SealedText, default="")
    service_area: Mapped[str] = mapped_column(String(120), default="")
    may_share: Mapped[bool] = mapped_column(default=False)
    may_pass_on: Mapped[bool] = mapped_column(default=True)
    logged_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    passed_on_on: Mapped[date | None]

    @property
    def about(self) -> str:
        """The name of the compliment in the audit."""
        return f"compliment/{self.id}"
