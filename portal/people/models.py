"""The staff directory: people, their teams, and the roles they hold. What a role may do is data in `roles.py`."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask_security import RoleMixin, UserMixin, WebAuthnMixin, hash_password
from sqlalchemy import JSON, Column, ForeignKey, LargeBinary, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.database import Base, UtcDateTime, coded
from portal.people.passwords import fits_an_older_key
from portal.sealing.rows import Sealed, SealedRow, sealed_data, sealed_text

people_roles = Table(
    "people_roles",
    Base.metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("role_id", ForeignKey("roles.id"), primary_key=True),
)


class Team(SealedRow, Base):
    """A team, by the name that the register and the annual report use: `Service / Team`, or `Team`."""

    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    former_names: Sealed[list[str] | None] = sealed_data(None)
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


class Asked(StrEnum):
    """What an administrator cannot do alone."""

    ROLES = "roles"
    AFRESH = "afresh"


class AccountRequest(SealedRow, Base):
    """Something that waits for a second person to agree. Each of the two has one half of the new first password."""

    __tablename__ = "account_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    asked: Mapped[Asked] = mapped_column(coded(Asked))
    roles: Mapped[str] = mapped_column(String(400), default="")  # their names, with spaces between
    half: Sealed[str] = sealed_text()
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Passkey(Base, WebAuthnMixin):
    """A passkey of someone's, with the public half of its key. `sign_count` shows one that was copied."""

    __tablename__ = "passkeys"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str] = mapped_column(String(64))
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1024), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int]
    transports: Mapped[list[str] | None] = mapped_column(JSON)
    backup_state: Mapped[bool]
    device_type: Mapped[str] = mapped_column(String(64))
    extensions: Mapped[str | None] = mapped_column(String(255))
    usage: Mapped[str] = mapped_column(String(64))
    lastuse_datetime: Mapped[datetime] = mapped_column(UtcDateTime)

    def get_user_mapping(self) -> dict[str, Any]:
        """Whose it is, as Flask-Security asks for it."""
        return {"id": self.person_id}


class Person(SealedRow, Base, UserMixin):
    """Someone who works for the council, or whom it asks. Without a role they are in the directory and cannot do anything.

    Nicknames are shown to colleagues. Former names are found and never shown: they can tell of a marriage or a transition.
    """

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    nicknames: Sealed[list[str] | None] = sealed_data(None)
    former_names: Sealed[list[str] | None] = sealed_data(None)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"), index=True)
    left_on: Mapped[date | None]
    password: Mapped[str] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    must_change_password: Mapped[bool] = mapped_column(default=False)
    first_password_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Sealed[str | None] = sealed_text(None)
    mf_recovery_codes: Sealed[list[str] | None] = sealed_data(None)
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(String(64), unique=True)
    last_code_counter: Mapped[int | None]
    oidc_subject: Mapped[str | None] = mapped_column(String(255), unique=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    roles: Mapped[list[StaffRole]] = relationship(secondary=people_roles, lazy="selectin", order_by=StaffRole.id)
    webauthn: Mapped[list[Passkey]] = relationship(order_by=Passkey.id, cascade="all, delete-orphan")
    home: Mapped[Team | None] = relationship(lazy="joined")

    def verify_and_update_password(self, password: str) -> bool:
        """Whether this is their password; one kept under an older key for passwords is kept anew under the newest."""
        if super().verify_and_update_password(password):
            return True
        fits = fits_an_older_key(password, self.password)
        if fits:
            self.password = hash_password(password)
        return fits

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
