"""The people of a case beside the one who complains: the child, who speaks for somebody, who must not know."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, UtcDateTime, coded
from portal.sealing.rows import Sealed, SealedRow, sealed_data


class PartyRole(StrEnum):
    """The part that somebody plays in a case. Who complains is on the case itself: it is theirs."""

    CHILD = "child"
    SPEAKS_FOR = "speaks_for"
    CONSTITUENT = "constituent"
    COMPLAINED_BEFORE = "complained_before"
    COMPLAINED_ABOUT = "complained_about"
    MUST_NOT_KNOW = "must_not_know"


class Authority(StrEnum):
    """With what right somebody speaks for another."""

    CHILD_AGREES = "child_agrees"
    WRITTEN = "written"
    NEITHER_YET = "neither_yet"


class MayBeTold(StrEnum):
    """How much of the case somebody may be told: as far as the person agreed."""

    ALL = "all"
    THAT_IT_IS_ANSWERED = "that_it_is_answered"
    NOTHING = "nothing"


class Party(SealedRow, Base):
    """One person of a case. `details` holds their name, relation, ways to reach them, what is safe, language and needs."""

    __tablename__ = "case_parties"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    role: Mapped[PartyRole] = mapped_column(coded(PartyRole))
    details: Sealed[dict[str, Any]] = sealed_data()
    authority: Mapped[Authority | None] = mapped_column(coded(Authority))
    may_be_told: Mapped[MayBeTold] = mapped_column(coded(MayBeTold), default=MayBeTold.NOTHING)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def name(self) -> str:
        """Their name, as it was told."""
        return str(self.details.get("name") or "")
