"""Bank holidays that an administrator adds to the bundled ones."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base


class AddedHoliday(Base):
    """A bank holiday proclaimed after this version was made."""

    __tablename__ = "added_holidays"

    day: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))


class CalendarReach(Base):
    """The last day for which every bank holiday is known, when an administrator has carried it further: one row."""

    __tablename__ = "calendar_reach"

    id: Mapped[int] = mapped_column(primary_key=True)
    known_until: Mapped[date]
