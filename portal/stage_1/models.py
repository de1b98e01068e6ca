"""Words that answers often need."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base
from portal.sealing.rows import Sealed, SealedRow, sealed_text


class StoredAnswer(SealedRow, Base):
    """Words that answers often need: a common remedy, a way to put something right, a way to say sorry."""

    __tablename__ = "stored_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120), unique=True)
    words: Sealed[str] = sealed_text()
