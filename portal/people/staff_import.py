"""The staff directory as a table: who joins, who changes, who leaves. Looked at first, then kept whole or not at all."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from email_validator import EmailNotValidError, validate_email
from flask_security import hash_password

from portal.clock import london_day
from portal.database import transaction
from portal.people.models import Asked, Person
from portal.people.queries import everyone_at_work, people_by_email
from portal.people.requests import ask, needs_a_second
from portal.people.roles import Role
from portal.people.services import Listing, add_hashed_person, change_listing, change_manager, change_roles, deactivate
from portal.web.sheets import MAX_TROUBLES, SheetRefused, SheetRow, day_of, read_sheet

NEEDED_COLUMNS = ("email", "name")
COLUMNS = (*NEEDED_COLUMNS, "team", "manager_email", "nicknames", "former_names", "roles", "left_on")
MAX_LENGTH, NO_ROLE = 120, "none"


@dataclass(frozen=True)
class StaffRow:
    """One person as the table has them."""

    email: str
    listing: Listing
    manager_email: str = ""
    roles: tuple[Role, ...] = (Role.ANY_STAFF,)
    left_on: date | None = None


@dataclass
class StaffImport:
    """What an import does, or would do: names of people."""

    joining: list[str] = field(default_factory=list)
    changing: list[str] = field(default_factory=list)
    leaving: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)  # for a second person to agree to their roles
    same: int = 0
    not_in_file: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        join, change, leave = len(self.joining), len(self.changing), len(self.leaving)
        gone = (
            f" {len(self.not_in_file)} people here are not in the file; nothing changes for them."
            if self.not_in_file
            else ""
        )
        waits = f" {len(self.waiting)} wait for a second person to agree to their roles." if self.waiting else ""
        return f"{join} join, {change} change, {leave} leave, {self.same} stay as they are.{gone}{waits}"


class _TakeBack(Exception):
    """Undoes a trial."""


def read_roster(content: bytes) -> tuple[list[StaffRow], list[SheetRow]]:
    """The people of a table, and its rows as they stood. Raises SheetRefused with every line that is wrong, up to five."""
    sheet = read_sheet(content, COLUMNS, NEEDED_COLUMNS)
    rows, troubles, seen = list[StaffRow](), list[str](), dict[str, int]()
    for row in sheet:
        found, wrong = _row(row)
        if found is not None and found.email in seen:
            wrong = [f"email: it stands on line {seen[found.email]} too"]
        troubles += [f"Line {row.line}, {told}." for told in wrong]
        if found is not None:
            seen.setdefault(found.email, row.line)
            rows.append(found)
    if troubles:
        more = f" And {len(troubles) - MAX_TROUBLES} more." if len(troubles) > MAX_TROUBLES else ""
        raise SheetRefused(" ".join(troubles[:MAX_TROUBLES]) + more + " Nothing of the file was kept.")
    return rows, sheet


def import_staff(rows: Sequence[StaffRow], *, keep: bool, at: datetime, by_id: int | None) -> StaffImport:
    """Bring the directory up to date with a table, in one action; without `keep` only say what would happen.

    An empty cell changes nothing, and the roles of those who are here never change. A joiner may log and nothing else,
    unless the table gives roles; they sign in with the council's account, or with a first password that an administrator
    gives them. Raises SheetRefused, LastAdministrator, OwnManager.
    """
    change = StaffImport()
    try:
        with transaction():
            known = people_by_email(row.email for row in rows)
            nobody_knows = hash_password(secrets.token_urlsafe(32)) if any(row.email not in known for row in rows) else ""
            for row in rows:
                _keep_row(row, known, change, nobody_knows, at, by_id)
            _keep_managers(rows, known, change, at, by_id)
            emails = {row.email for row in rows}
            change.not_in_file = [one.name for one in everyone_at_work() if one.email not in emails]
            if not keep:
                raise _TakeBack
    except _TakeBack:
        pass
    return change


def _keep_row(
    row: StaffRow, known: dict[str, Person], change: StaffImport, password_hash: str, at: datetime, by_id: int | None
) -> None:
    person = known.get(row.email)
    if person is None:
        name = row.listing.name
        person = add_hashed_person(row.email, name, [], password_hash=password_hash, team=row.listing.team)
        if by_id is not None and needs_a_second(person, row.roles):
            ask(person.id, Asked.ROLES, row.roles, at=at, by_id=by_id)
            change.waiting.append(name)
        else:
            change_roles(person.id, list(row.roles), at=at, by_id=by_id)
        known[row.email] = person
        change_listing(person.id, row.listing, at=at, by_id=by_id)
        change.joining.append(name)
    elif change_listing(person.id, _filled(row.listing, person), at=at, by_id=by_id):
        change.changing.append(person.name)
    else:
        change.same += 1
    if row.left_on and person.left_on != row.left_on:
        person.left_on = row.left_on
        if row.left_on < london_day(at) and person.active:
            deactivate(person.id, at=at, by_id=by_id)
        change.leaving.append(person.name)


def _filled(listing: Listing, person: Person) -> Listing:
    """The listing of a table with what the directory has where a cell is empty."""
    former = dict.fromkeys([*(person.former_names or ()), *listing.former_names])
    nicknames = listing.nicknames or tuple(person.nicknames or ())
    return Listing(listing.name, listing.team or person.team, nicknames, tuple(former))


def _keep_managers(
    rows: Sequence[StaffRow], known: dict[str, Person], change: StaffImport, at: datetime, by_id: int | None
) -> None:
    """Line managers, once everyone is there; an empty cell changes nothing."""
    managers = people_by_email(row.manager_email for row in rows if row.manager_email)
    for row in rows:
        if not row.manager_email:
            continue
        manager, person = managers.get(row.manager_email), known[row.email]
        if manager is None:
            raise SheetRefused(
                f"{row.email}: nobody here has the address of the manager, {row.manager_email}. Nothing was kept."
            )
        if person.manager_id != manager.id:
            change_manager(person.id, manager.id, at=at, by_id=by_id)
            if person.name not in (*change.joining, *change.changing):
                change.changing.append(person.name)
                change.same -= 1


def _row(row: SheetRow) -> tuple[StaffRow | None, list[str]]:
    cells = {name: row.cells.get(name, "") for name in COLUMNS}
    wrong = [f"{name}: it is empty" for name in NEEDED_COLUMNS if not cells[name]]
    wrong += [
        f"{name}: it has more than {MAX_LENGTH} characters" for name in ("name", "team") if len(cells[name]) > MAX_LENGTH
    ]
    email, left_on = _address(cells["email"]), day_of(cells["left_on"]) if cells["left_on"] else None
    roles = () if cells["roles"] == NO_ROLE else _several(cells["roles"]) or (Role.ANY_STAFF.value,)
    unknown = [role for role in roles if role not in list(Role)]
    if cells["email"] and email is None:
        wrong.append(f"email: {cells['email'][:60]!r} is not an email address")
    if unknown:
        wrong.append(f"roles: {unknown[0][:40]!r} is not one of {', '.join([*Role, NO_ROLE])}")
    if cells["left_on"] and left_on is None:
        wrong.append(f"left_on: {cells['left_on'][:40]!r} is not a day like 2026-05-31")
    if wrong or email is None:
        return None, wrong
    listing = Listing(
        " ".join(cells["name"].split()),
        " ".join(cells["team"].split()),
        _several(cells["nicknames"]),
        _several(cells["former_names"]),
    )
    manager = _address(cells["manager_email"]) or cells["manager_email"].lower()
    return StaffRow(email, listing, manager, tuple(Role(role) for role in roles), left_on), []


def _address(text: str) -> str | None:
    try:
        return validate_email(text, check_deliverability=False, allow_smtputf8=False).normalized.lower()
    except EmailNotValidError:
        return None


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part for part in (" ".join(one.split()) for one in cell.split(";")) if part)
