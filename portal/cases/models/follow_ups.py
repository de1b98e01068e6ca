"""What a child says when they come back: whether it got sorted, whether anyone made them pay for it, what they want now."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, UtcDateTime, coded
from portal.sealing.rows import Sealed, SealedRow, sealed_text


class FollowUpKind(StrEnum):
    """One thing that someone can say when they come back."""

    SORTED = "sorted"
    PARTLY_SORTED = "partly_sorted"
    NOT_SORTED = "not_sorted"
    TREATED_WELL = "treated_well"
    TREATED_BADLY = "treated_badly"
    TAKE_BACK = "take_back"
    DELETE = "delete"
    WANTS_SIDE = "wants_side"


NEEDS_SOMEONE = frozenset(
    {
        FollowUpKind.NOT_SORTED,
        FollowUpKind.TREATED_BADLY,
        FollowUpKind.TAKE_BACK,
        FollowUpKind.DELETE,
        FollowUpKind.WANTS_SIDE,
    }
)
HOW_IT_IS = frozenset({FollowUpKind.SORTED, FollowUpKind.PARTLY_SORTED, FollowUpKind.NOT_SORTED})


class FollowUp(SealedRow, Base):
    """What was said on coming back. One that needs someone waits until a colleague says what was done."""

    __tablename__ = "case_follow_ups"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    kind: Mapped[FollowUpKind] = mapped_column(coded(FollowUpKind))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_words: Sealed[str] = sealed_text("")
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    @property
    def waits(self) -> bool:
        """Whether someone has to do something about it."""
        return self.kind in NEEDS_SOMEONE and self.settled_at is None
