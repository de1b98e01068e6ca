"""The way back for someone who gave no name, and the words that wait to be given out."""

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base
from portal.sealing.rows import Sealed, SealedRow, sealed_bytes


class SecretWords(Base):
    """The way back for someone who gave no name: a slow hash, and sixteen bits to find it by."""

    __tablename__ = "case_secret_words"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    lookup: Mapped[int] = mapped_column(index=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class StockedWords(SealedRow, Base):
    """Secret words that wait to be given out, with their hash: locked with the key of their version, and sealed."""

    __tablename__ = "secret_word_stock"

    id: Mapped[int] = mapped_column(primary_key=True)
    key_version: Mapped[int]
    kept: Sealed[bytes] = sealed_bytes()
