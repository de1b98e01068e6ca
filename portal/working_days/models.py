"""Bank holidays that an administrator adds to the bundled ones, or takes back."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base


class AddedHoliday(Base):
    """A day that an administrator added to the list or took back, and how far the list was complete when it was added."""

    __tablename__ = "added_holidays"

    day: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    known_until: Mapped[date | None]
    is_taken_back: Mapped[bool] = mapped_column(default=False)  # it is no bank holiday after all: it counts
