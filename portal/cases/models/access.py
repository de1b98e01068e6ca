"""Who may read a case, until when, and who is shut out of it."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base
from portal.sealing.rows import Sealed, SealedRow, sealed_data


class WallReason(StrEnum):
    """Why someone is shut out of a case."""

    COMPLAINED_ABOUT = "complained_about"
    PERSON_ASKED = "person_asked"
    STEPPED_BACK = "stepped_back"


class CaseWall(SealedRow, Base):
    """Someone who is shut out of a case everywhere, and with them their line of management.

    Who and why are sealed; a keyed mark of the person is what lists ask for.
    """

    __tablename__ = "case_walls"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    person_mark: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, index=True)
    whom: Sealed[dict[str, Any]] = sealed_data()

    @property
    def person_id(self) -> int:
        """Who is shut out."""
        return int(self.whom["person_id"])

    @property
    def reason(self) -> WallReason:
        """Why they are shut out, as the person or the team said."""
        return WallReason(self.whom["reason"])


class PartWall(SealedRow, Base):
    """Somebody who sees a case but for one part of it, and for everything in which that part could be read."""

    __tablename__ = "case_part_walls"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_mark: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, index=True)
    whom: Sealed[dict[str, Any]] = sealed_data()

    @property
    def person_id(self) -> int:
        """From whom the part is hidden."""
        return int(self.whom["person_id"])


class CaseAccess(Base):
    """Someone who may read a case until a day: an investigator, an independent person, a panel member, an advocate."""

    __tablename__ = "case_access"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    until_on: Mapped[date]
    despite_wall: Mapped[bool] = mapped_column(default=False)
