"""What someone is writing and has not sent, which nobody reads."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, UtcDateTime
from portal.sealing.rows import Sealed, SealedRow, sealed_bytes, sealed_data, sealed_text


class Draft(SealedRow, Base):
    """Answers given so far, found by a token that only the visitor's own session holds."""

    __tablename__ = "drafts"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    door: Mapped[str] = mapped_column(String(20))
    answers: Sealed[dict[str, Any]] = sealed_data()
    receipt: Sealed[dict[str, Any] | None] = sealed_data(None)
    touched_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    kept_until: Mapped[datetime | None] = mapped_column(UtcDateTime)  # an adult saved it to come back to


class DraftFile(SealedRow, Base):
    """A recording or a photo of a draft: made anew when it came, and wiped with the draft."""

    __tablename__ = "draft_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(ForeignKey("drafts.token_hash"), index=True)
    name: Sealed[str] = sealed_text()
    media_type: Mapped[str] = mapped_column(String(40))
    is_re_encoded: Mapped[bool] = mapped_column("is_made_anew")
    left_out: Sealed[str | None] = sealed_text(None)
    content: Sealed[bytes] = sealed_bytes()


class EndedVisit(Base):
    """A visit that somebody left: known by the hash of its form token, and of nothing that was typed."""

    __tablename__ = "ended_visits"

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    ended_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
