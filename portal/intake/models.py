"""What someone is writing and has not sent. Nobody reads it; it is wiped on Leave, on Send, and after an hour."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, UtcDateTime
from portal.sealing import SealedJSON


class Draft(Base):
    """Answers given so far, found by a token that only the visitor's own session holds."""

    __tablename__ = "drafts"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    door: Mapped[str] = mapped_column(String(20))
    answers: Mapped[dict[str, Any]] = mapped_column(SealedJSON)
    receipt: Mapped[dict[str, Any] | None] = mapped_column(SealedJSON)
    touched_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
