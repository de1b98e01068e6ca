"""An action that takes two people, while it waits for the second and after."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, UtcDateTime
from portal.sealing.rows import Sealed, SealedRow, sealed_data, sealed_text


class Countersignature(SealedRow, Base):
    """What one person filled in for an action that takes two: done when another agrees, or ended with their reasons."""

    __tablename__ = "case_countersignatures"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    slug: Mapped[str] = mapped_column(String(40))
    place: Mapped[int] = mapped_column(default=0)
    filled: Sealed[dict[str, list[str]]] = sealed_data()
    agree_to: Sealed[str] = sealed_text()
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    agreed: Mapped[bool | None]
    words: Sealed[str] = sealed_text("")
