"""Cards that lead a child here. A batch belongs to a team and a month, never to a worker and never to a child."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base

UNKNOWN_BATCH = 0


class CardBatch(Base):
    """Cards that were printed together, all with one code."""

    __tablename__ = "card_batches"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    team: Mapped[str] = mapped_column(String(120))
    quantity: Mapped[int]
    month: Mapped[date]  # the first day of the month it is handed out in
    language: Mapped[str] = mapped_column(String(8), default="en")
    made_on: Mapped[date]
    expires_on: Mapped[date]
    withdrawn_on: Mapped[date | None]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("card_batches.id"))

    def leads_in(self, on: date) -> bool:
        """Whether its code is one of ours on a day: not withdrawn, and not expired."""
        return self.withdrawn_on is None and on <= self.expires_on


class CardCount(Base):
    """How often something happened with a batch on a day: all that is ever kept of a scan."""

    __tablename__ = "card_counts"

    day: Mapped[date] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(primary_key=True)
    event: Mapped[str] = mapped_column(String(20), primary_key=True)
    n: Mapped[int]


class CardEvent(StrEnum):
    """What is counted: for a batch, or for all cards together where nobody can know the batch."""

    HANDED_OUT = "handed_out"
    SCAN = "scan"
    FILM_PLAY = "film_play"
    FILM_END = "film_end"
    START = "start"
    SENT = "sent"
    FORM = "form"
    COME_BACK = "come_back"
    SAID_KIND = "said_kind"
    SAID_TOPICS = "said_topics"
    SAID_WORDS = "said_words"
    SAID_MORE = "said_more"
    SPIKE_TOLD = "spike_told"
