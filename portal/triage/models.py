"""What the team keeps about cases: links between them, reminders that went out, second looks at decisions."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, UtcDateTime
from portal.sealing.rows import Sealed, SealedRow, sealed_text


class SecondLook(SealedRow, Base):
    """A second pair of eyes on a case that ended as ineligible or was resolved early."""

    __tablename__ = "case_second_looks"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    agrees: Mapped[bool]
    words: Sealed[str] = sealed_text()
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
