"""The keys for one purpose each, sealed; and the sentence by which wrong keys are known."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, UtcDateTime, coded
from portal.sealing.ring import Purpose
from portal.sealing.rows import Sealed, SealedRow, sealed_text


class PortalKey(SealedRow, Base):
    """One version of the key for a purpose. A purpose without any has the secret of the settings."""

    __tablename__ = "portal_keys"
    __table_args__ = (UniqueConstraint("purpose", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[Purpose] = mapped_column(coded(Purpose))
    version: Mapped[int]
    text: Sealed[str] = sealed_text()
    begins_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SealCanary(SealedRow, Base):
    """One sealed sentence. Whoever cannot open it has other keys than those that sealed the rest."""

    __tablename__ = "seal_canary"

    id: Mapped[int] = mapped_column(primary_key=True)
    song: Sealed[str] = sealed_text()
