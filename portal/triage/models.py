"""What the team keeps about cases: links between them, reminders that went out, second looks at decisions."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, UtcDateTime, coded
from portal.sealing.rows import Sealed, SealedRow, sealed_text


class LinkKind(StrEnum):
    """How one case stands to another."""

    RELATED = "related"
    SPLIT_FROM = "split_from"
    ANSWERED_WITH = "answered_with"
    COMPLAINT_FROM = "complaint_from"  # an issue that was sorted, and was not after all


class CaseLink(Base):
    """One case that belongs with another. A merged one is answered with it, each sender by a letter of their own."""

    __tablename__ = "case_links"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True, index=True)
    kind: Mapped[LinkKind] = mapped_column(coded(LinkKind))


class SecondLook(SealedRow, Base):
    """A second pair of eyes on a case that ended as ineligible or was resolved early."""

    __tablename__ = "case_second_looks"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    agrees: Mapped[bool]
    words: Sealed[str] = sealed_text()
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
