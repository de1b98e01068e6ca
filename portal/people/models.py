"""The staff directory: people, their teams, and the roles they hold. What a role may do is data in `roles.py`."""

from datetime import date, datetime

from flask_security import RoleMixin, UserMixin
from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.database import Base, UtcDateTime
from portal.sealing import SealedJSON, SealedText

people_roles = Table(
    "people_roles",
    Base.metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("role_id", ForeignKey("roles.id"), primary_key=True),
)


class Team(Base):
    """A team, by the name that the register and the annual report use: `Service / Team`, or `Team`."""

    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    former_names: Mapped[list[str] | None] = mapped_column(SealedJSON)
    closed_on: Mapped[date | None]

    @property
    def about(self) -> str:
        """The name of the team in the audit."""
        return f"team/{self.id}"


class StaffRole(Base, RoleMixin):
    """A role by its name in `roles.py`."""

    __tablename__ = "roles"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)


class Person(Base, UserMixin):
    """Someone who works for the council, or whom it asks. Without a role they are in the directory and cannot do anything.

    Nicknames are shown to colleagues. Former names are found and never shown: they can tell of a marriage or a transition.
    """

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    nicknames: Mapped[list[str] | None] = mapped_column(SealedJSON)
    former_names: Mapped[list[str] | None] = mapped_column(SealedJSON)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"), index=True)
    left_on: Mapped[date | None]
    password: Mapped[str] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    must_change_password: Mapped[bool] = mapped_column(default=False)
    first_password_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(SealedText)
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(SealedJSON()))
    last_code_counter: Mapped[int | None]
    oidc_subject: Mapped[str | None] = mapped_column(String(255), unique=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    roles: Mapped[list[StaffRole]] = relationship(secondary=people_roles, lazy="selectin", order_by=StaffRole.id)
    home: Mapped[Team | None] = relationship(lazy="joined")

    @property
    def team(self) -> str:
        """The name of their team; empty without one."""
        return self.home.name if self.home else ""

    @property
    def about(self) -> str:
        """The name of the person in the audit."""
        return f"person/{self.id}"

    @property
    def told(self) -> str:
        """Their name with their team, as pickers show it."""
        return f"{self.name}, {self.team}" if self.team else self.name
