"""Thanks, and whom they are for."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.database import Base, UtcDateTime, coded
from portal.people.models import Person, Team
from portal.procedure.eligibility import Complainant
from portal.procedure.receipt import Method, PointOfReceipt
from portal.sealing.rows import Sealed, SealedRow, sealed_text


class Held(StrEnum):
    """Why thanks are not passed on by themselves."""

    READ_FIRST = "read_first"  # a sign of harm: a comment was opened beside it
    MAY_COMPLAIN = "may_complain"  # something may have gone wrong: the person is asked
    PICTURE = "picture"  # nobody of the council has looked at what a stranger sent
    TO_TYPE = "to_type"  # a photo of a card whose words are not typed yet
    NOBODY = "nobody"  # it is known whom they are for, and neither they nor a manager can be told


class Compliment(SealedRow, Base):
    """Someone's thanks, in their own words, for a person or a team. The words stay as they came."""

    __tablename__ = "compliments"
    __table_args__ = (
        Index("ix_compliments_received_on", "received_on", "id"),
        Index("ix_compliments_passes_on_at", "passed_on_on", "passes_on_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    old_reference: Mapped[str | None] = mapped_column(String(60), unique=True)
    once_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_on: Mapped[date]
    method: Mapped[Method] = mapped_column(coded(Method))
    point_of_receipt: Mapped[PointOfReceipt] = mapped_column(coded(PointOfReceipt))
    source: Mapped[Complainant] = mapped_column(coded(Complainant))
    is_from_court: Mapped[bool] = mapped_column(default=False)
    thanked: Sealed[str] = sealed_text()
    words: Sealed[str] = sealed_text()
    note: Sealed[str | None] = sealed_text(None)  # what a colleague wrote above the thanks that they sent on
    from_name: Sealed[str] = sealed_text("")
    service_area: Mapped[str] = mapped_column(String(120), default="")
    logged_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    may_pass_on: Mapped[bool] = mapped_column(default=True)
    held_why: Mapped[Held | None] = mapped_column(coded(Held))
    asked_words: Sealed[str | None] = sealed_text(None)  # what the person said when they were asked about it
    left_out: Sealed[str | None] = sealed_text(None)  # the sentences that the person wants kept apart, a line each
    became_case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    passes_on_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # none: brought in from before, nobody waits for it
    passed_on_on: Mapped[date | None]

    may_share: Mapped[bool] = mapped_column(default=False)
    consent_words: Sealed[str | None] = sealed_text(None)  # how they agreed, when it was not by the tick in the form
    quote: Sealed[str | None] = sealed_text(None)
    quote_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    quote_checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    quote_checked_on: Mapped[date | None]

    for_whom: Mapped[list["Thanked"]] = relationship(order_by="Thanked.id", cascade="all, delete-orphan", lazy="selectin")

    @property
    def about(self) -> str:
        """The name of the compliment in the audit."""
        return f"compliment/{self.id}"

    @property
    def is_known_who(self) -> bool:
        """Whether it is sure whom the thanks are for."""
        return bool(self.for_whom) and not any(one.is_guess for one in self.for_whom)

    @property
    def is_waiting(self) -> bool:
        """Whether somebody has to do something before it is passed on."""
        is_due = self.passed_on_on is None and self.may_pass_on and self.passes_on_at is not None
        return is_due and (self.held_why is not None or not self.is_known_who)

    @property
    def may_be_quoted(self) -> bool:
        """Whether its quote may be shown: the person agreed, and a second person looked at it."""
        return self.may_share and self.quote_checked_on is not None


class Thanked(Base):
    """One person or one team that thanks are for."""

    __tablename__ = "compliment_thanked"
    __table_args__ = (CheckConstraint("(person_id is null) <> (team_id is null)", name="person_or_team"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    compliment_id: Mapped[int] = mapped_column(ForeignKey("compliments.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"), index=True)
    is_guess: Mapped[bool] = mapped_column(default=False)

    person: Mapped[Person | None] = relationship(lazy="joined")
    team: Mapped[Team | None] = relationship(lazy="joined")

    @property
    def name(self) -> str:
        """Who it is."""
        return self.person.name if self.person else self.team.name if self.team else ""

    @property
    def team_name(self) -> str:
        """The team that it counts for; empty when it is not known."""
        return self.team.name if self.team else self.person.team if self.person else ""
