"""One entry of the register for each person."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base
from portal.sealing.rows import Sealed, SealedRow, sealed_text


class IndependentPerson(SealedRow, Base):
    """Someone who can be appointed, whether they are independent, and what they cost."""

    __tablename__ = "independent_people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # their sign-in, when they have one
    region: Mapped[str] = mapped_column(String(120), default="")
    contact: Sealed[str] = sealed_text("")
    can_investigate: Mapped[bool] = mapped_column(default=False)
    can_be_independent: Mapped[bool] = mapped_column(default=False)
    can_chair: Mapped[bool] = mapped_column(default=False)
    works_for_council: Mapped[bool] = mapped_column(default=False)
    is_member: Mapped[bool] = mapped_column(default=False)
    household_works_for_council: Mapped[bool] = mapped_column(default=False)
    available_from: Mapped[date | None]
    available_until: Mapped[date | None]
    day_rate_pence: Mapped[int] = mapped_column(default=0)
    is_listed: Mapped[bool] = mapped_column(default=True)
