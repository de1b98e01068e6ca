"""What someone is writing and has not sent. Nobody reads it; it is wiped on Leave, on Send, and after an hour."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, UtcDateTime
from portal.sealing import SealedBytes, SealedJSON, SealedText


class Draft(Base):
    """Answers given so far, found by a token that only the visitor's own session holds."""

    __tablename__ = "drafts"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    door: Mapped[str] = mapped_column(String(20))
    answers: Mapped[dict[str, Any]] = mapped_column(SealedJSON)
    receipt: Mapped[dict[str, Any] | None] = mapped_column(SealedJSON)
    touched_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    kept_until: Mapped[datetime | None] = mapped_column(UtcDateTime)  # an adult saved it to come back to


class DraftFile(Base):
    """A recording or a photo of a draft: made anew when it came, and wiped with the draft."""

    __tablename__ = "draft_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(ForeignKey("drafts.token_hash"), index=True)
    name: Mapped[str] = mapped_column(SealedText)
    media_type: Mapped[str] = mapped_column(String(40))
    is_made_anew: Mapped[bool]
    content: Mapped[bytes] = mapped_column(SealedBytes, deferred=True)
