"""What the person was told that we will do, and by which day."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models.letters import Message
from portal.database import Base, UtcDateTime, coded


class Promised(StrEnum):
    """What we said that we will do."""

    READ = "read"
    SAY_READ = "say_read"
    ANSWER = "answer"
    AT_MOST = "at_most"
    MEET = "meet"
    WRITE = "write"
    REVIEW = "review"
    OPEN = "open"


class PromiseEnding(StrEnum):
    """What became of it. What is overtaken was told of in another letter; of what is broken a letter says so."""

    KEPT = "kept"
    REPLACED = "replaced"
    OVERTAKEN = "overtaken"
    BROKEN = "broken"


class Promise(Base):
    """One day that the person was told, and where. It is about a stage (`number`) of a part (`position`, 0 for all)."""

    __tablename__ = "case_promises"
    __table_args__ = (Index("ix_case_promises_case_id_ended_on", "case_id", "ended_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    what: Mapped[Promised] = mapped_column(coded(Promised))
    position: Mapped[int] = mapped_column(default=0)
    number: Mapped[int] = mapped_column(default=0)
    by_on: Mapped[date]
    said_in: Mapped[str] = mapped_column(String(40))
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("case_messages.id"))
    ended_on: Mapped[date | None]
    ending: Mapped[PromiseEnding | None] = mapped_column(coded(PromiseEnding))

    letter: Mapped[Message | None] = relationship()

    @property
    def was_late(self) -> bool:
        """Whether it was kept after its day."""
        return self.ended_on is not None and self.ended_on > self.by_on

    def end(self, ending: PromiseEnding, on: date) -> None:
        """Say what became of it."""
        self.ending, self.ended_on = ending, on
