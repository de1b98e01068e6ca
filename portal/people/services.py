"""Taking people in."""

import secrets
from datetime import datetime

from flask_security import hash_password
from sqlalchemy import select

from portal.audit.events import declare
from portal.audit.services import record
from portal.clock import now
from portal.database import transaction
from portal.people.models import Person, StaffRole
from portal.people.queries import with_managers_above
from portal.people.roles import Role

PERSON_ADDED = declare("person_added", "roles")
MANAGER_CHANGED = declare("manager_changed", "manager_id")


class AlreadyHere(Exception):
    """Someone with this email address is already there."""


class OwnManager(Exception):
    """Nobody can be their own manager, nor the manager of someone above them."""


def add_person(
    email: str, name: str, roles: list[Role], *, password: str, team: str = "", manager_id: int | None = None
) -> Person:
    """Take someone in, with a password that they change. Raises AlreadyHere for a known email address."""
    return add_hashed_person(email, name, roles, password_hash=hash_password(password), team=team, manager_id=manager_id)


def add_hashed_person(
    email: str, name: str, roles: list[Role], *, password_hash: str, team: str = "", manager_id: int | None = None
) -> Person:
    """Take someone in whose password is hashed already. Raises AlreadyHere for a known email address."""
    email = email.strip().lower()
    with transaction() as session:
        if session.scalars(select(Person).where(Person.email == email)).first():
            raise AlreadyHere(email)
        person = Person(email=email, name=name, team=team, active=True, password=password_hash, manager_id=manager_id)
        person.fs_uniquifier = secrets.token_hex(32)
        person.roles = [_role(role) for role in roles]
        session.add(person)
        session.flush()
        record(PERSON_ADDED, f"person/{person.id}", at=now(), roles=[role.value for role in roles])
    return person


def change_manager(person_id: int, manager_id: int | None, *, at: datetime, by_id: int | None = None) -> None:
    """Say who someone's line manager is. Raises OwnManager when that would put them above themselves."""
    with transaction() as session:
        if manager_id is not None and person_id in with_managers_above([manager_id]):
            raise OwnManager
        session.get_one(Person, person_id).manager_id = manager_id
        record(MANAGER_CHANGED, f"person/{person_id}", at=at, by_id=by_id, manager_id=manager_id)


def end_sessions_of(person_id: int) -> None:
    """Give someone a new mark, so that no session begun before is theirs any more."""
    with transaction() as session:
        session.get_one(Person, person_id).fs_uniquifier = secrets.token_hex(32)


def _role(role: Role) -> StaffRole:
    with transaction() as session:
        found = session.scalars(select(StaffRole).where(StaffRole.name == role.value)).one_or_none()
        return found or StaffRole(name=role.value)
