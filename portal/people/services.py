"""Taking people in, changing what they do, and letting them go."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_security import hash_password
from sqlalchemy import select, update

from portal.audit.events import Event, declare
from portal.audit.services import record
from portal.clock import london_day, now
from portal.database import transaction
from portal.people.models import AccountRequest, Person, StaffRole
from portal.people.queries import leaving_before, people_with, with_managers_above
from portal.people.roles import Role
from portal.people.teams import team_called

PERSON_ADDED = declare("person_added", "roles")
SIGNED_IN = declare("signed_in", "how")
SIGNED_OUT = declare("signed_out")
PASSWORD_CHANGED = declare("password_changed")
ACCOUNT_TIED = declare("account_tied")
PERSON_LEFT = declare("person_left")
PERSON_STARTED_AFRESH = declare("person_started_afresh")
ROLES_CHANGED = declare("roles_changed", "roles")
MANAGER_CHANGED = declare("manager_changed", "manager_id")
PERSON_CHANGED = declare("person_changed", "what")
SIGN_IN_FAILED = declare("sign_in_failed", "step")
SECOND_FACTOR_SET = declare("second_factor_set")
RECOVERY_CODES_MADE = declare("recovery_codes_made")
PASSKEY_ADDED = declare("passkey_added")
PASSKEY_TAKEN_AWAY = declare("passkey_taken_away")
OF_SIGN_IN = {
    SIGN_IN_FAILED: "A sign-in failed",
    SECOND_FACTOR_SET: "Set up an authenticator",
    RECOVERY_CODES_MADE: "Made new recovery codes",
    PASSKEY_ADDED: "Added a passkey",
    PASSKEY_TAKEN_AWAY: "Took a passkey away",
    PASSWORD_CHANGED: "Changed the password",
    ACCOUNT_TIED: "Tied to the council's own sign-in",
    PERSON_STARTED_AFRESH: "Started afresh, with a new first password",
    ROLES_CHANGED: "Given other roles",
}
FIRST_PASSWORD_FOR = timedelta(days=14)


class AlreadyHere(Exception):
    """Someone with this email address is already there."""


class LastAdministrator(Exception):
    """Without this person nobody could take people in."""


class OwnManager(Exception):
    """Nobody can be their own manager, nor the manager of someone above them."""


def add_person(
    email: str, name: str, roles: list[Role], *, password: str, team: str = "", manager_id: int | None = None
) -> Person:
    """Take someone in, with a password that they change. Raises AlreadyHere for a known email address."""
    with transaction():
        person = add_hashed_person(
            email, name, roles, password_hash=hash_password(password), team=team, manager_id=manager_id
        )
        person.must_change_password, person.first_password_until = True, now() + FIRST_PASSWORD_FOR
    return person


def add_hashed_person(
    email: str, name: str, roles: list[Role], *, password_hash: str, team: str = "", manager_id: int | None = None
) -> Person:
    """Take someone in whose password is hashed already. Raises AlreadyHere for a known email address."""
    email = email.strip().lower()
    with transaction() as session:
        if session.scalars(select(Person).where(Person.email == email)).first():
            raise AlreadyHere(email)
        person = Person(email=email, name=name, active=True, password=password_hash, manager_id=manager_id)
        person.home = team_called(team)
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


def note_signed_in(person_id: int, how: str) -> None:
    """Write down that someone signed in, and with what."""
    record(SIGNED_IN, f"person/{person_id}", at=now(), by_id=person_id, how=how)


def note_signed_out(person_id: int) -> None:
    """Someone signs out, everywhere."""
    with transaction():
        end_sessions_of(person_id)
        record(SIGNED_OUT, f"person/{person_id}", at=now(), by_id=person_id)


def note_failed(person_id: int, step: str) -> None:
    """Write down that somebody tried to sign in as someone and was wrong; not what they typed."""
    record(SIGN_IN_FAILED, f"person/{person_id}", at=now(), by_id=None, step=step)


def note_on_account(event: Event, person_id: int) -> None:
    """Write down what someone changed of their own ways in."""
    record(event, f"person/{person_id}", at=now(), by_id=person_id)


def note_password_changed(person_id: int) -> None:
    """The password is the person's own now."""
    with transaction() as session:
        session.get_one(Person, person_id).must_change_password = False
        record(PASSWORD_CHANGED, f"person/{person_id}", at=now(), by_id=person_id)


def tie_subject(person_id: int, subject: str) -> None:
    """Tie an account of the council's provider to someone; from now on it alone lets them in that way."""
    with transaction() as session:
        session.get_one(Person, person_id).oidc_subject = subject
        record(ACCOUNT_TIED, f"person/{person_id}", at=now(), by_id=person_id)


def deactivate(person_id: int, *, at: datetime, by_id: int | None = None) -> None:
    """Someone leaves: they are signed out everywhere and cannot sign in again. Raises LastAdministrator."""
    with transaction() as session:
        person = session.get_one(Person, person_id)
        if [other.id for other in people_with(Role.ADMINISTRATOR)] == [person_id]:
            raise LastAdministrator
        person.active, person.oidc_subject, person.left_on = False, None, person.left_on or london_day(at)
        end_sessions_of(person_id)
        close_requests(person_id, at=at)
        record(PERSON_LEFT, f"person/{person_id}", at=at, by_id=by_id)


def close_requests(person_id: int, *, at: datetime) -> None:
    """What was asked about someone is not open any more: their account is another one now."""
    with transaction() as session:
        asked = (AccountRequest.person_id == person_id, AccountRequest.answered_at.is_(None))
        session.execute(update(AccountRequest).where(*asked).values(answered_at=at))


def start_afresh(person_id: int, password: str = "", *, at: datetime, by_id: int | None = None) -> str:
    """A new first password, and no second factor until a new one is set up: for someone who lost theirs, or comes back.

    Whoever does this has made sure who is asking. Returns the password, which is shown once.
    """
    password = password or secrets.token_urlsafe(15)
    with transaction() as session:
        close_requests(person_id, at=at)
        person = session.get_one(Person, person_id)
        person.password, person.must_change_password, person.active = hash_password(password), True, True
        person.left_on, person.first_password_until = None, at + FIRST_PASSWORD_FOR
        person.webauthn.clear()
        person.tf_primary_method = person.tf_totp_secret = person.mf_recovery_codes = person.last_code_counter = None
        end_sessions_of(person_id)
        record(PERSON_STARTED_AFRESH, f"person/{person_id}", at=at, by_id=by_id)
    return password


def change_roles(person_id: int, roles: list[Role], *, at: datetime, by_id: int | None = None) -> None:
    """Say what someone does now. Raises LastAdministrator when nobody would be left to take people in."""
    with transaction() as session:
        is_last = [other.id for other in people_with(Role.ADMINISTRATOR)] == [person_id]
        if is_last and Role.ADMINISTRATOR not in roles:
            raise LastAdministrator
        person = session.get_one(Person, person_id)
        if {one.name for one in person.roles} == {role.value for role in roles}:
            return
        person.roles = [_role(role) for role in roles]
        close_requests(person_id, at=at)
        record(ROLES_CHANGED, f"person/{person_id}", at=at, by_id=by_id, roles=[role.value for role in roles])


@dataclass(frozen=True)
class Listing:
    """What the directory says of someone, beside their address, roles and manager."""

    name: str
    team: str = ""
    nicknames: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()


def change_listing(person_id: int, listing: Listing, *, at: datetime, by_id: int | None = None) -> tuple[str, ...]:
    """Say how someone is called and where they work; gives what changed. A name that they had is found from then on."""
    with transaction() as session:
        person = session.get_one(Person, person_id)
        former = dict.fromkeys(listing.former_names)
        if person.name != listing.name:
            former.setdefault(person.name)
        former.pop(listing.name, None)
        meant: dict[str, Any] = {"name": listing.name, "home": team_called(listing.team)}
        meant |= {"nicknames": list(listing.nicknames) or None, "former_names": list(former) or None}
        changed = tuple(name for name, value in meant.items() if getattr(person, name) != value)
        for name in changed:
            setattr(person, name, meant[name])
        if changed:
            what = ["team" if name == "home" else name for name in changed]
            record(PERSON_CHANGED, person.about, at=at, by_id=by_id, what=what)
    return changed


def let_leavers_go(*, at: datetime) -> int:
    """Sign out everyone whose last day has passed; says how many."""
    gone = leaving_before(london_day(at))
    for person_id in gone:
        try:
            deactivate(person_id, at=at)
        except LastAdministrator:
            continue
    return len(gone)


def _role(role: Role) -> StaffRole:
    with transaction() as session:
        found = session.scalars(select(StaffRole).where(StaffRole.name == role.value)).one_or_none()
        return found or StaffRole(name=role.value)
