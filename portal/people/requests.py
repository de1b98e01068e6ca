"""What one administrator cannot do alone: let somebody read cases or change people, or start such a person afresh.

One of them asks. Another administrator, or the team's lead, agrees. Each has one half of the new first password.
"""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from portal.audit.events import declare
from portal.audit.services import record
from portal.clock import now
from portal.database import db, transaction
from portal.people.models import AccountRequest, Asked, Person
from portal.people.roles import PERMISSIONS, Permission, Role
from portal.people.services import change_roles, close_requests, start_afresh

HARMLESS = frozenset({Permission.LOG, Permission.MAKE_CARDS, Permission.READ_REPORTS, Permission.CHANGE_CALENDAR})
OPEN_FOR = timedelta(days=14)
ACCESS_ASKED_FOR = declare("access_asked_for", "asked", "roles")
ACCESS_AGREED = declare("access_agreed", "asked", "asked_by_id")
ACCESS_REFUSED = declare("access_refused", "asked", "asked_by_id")
OF_REQUESTS = {
    ACCESS_ASKED_FOR: "A second person was asked to agree",
    ACCESS_AGREED: "The second person agreed",
    ACCESS_REFUSED: "It was not agreed to, or taken back",
}


class NotTheSecond(Exception):
    """Who asked, or who is meant, cannot be the one who agrees."""


class AnsweredAlready(Exception):
    """Somebody has agreed or refused meanwhile."""


def needs_a_second(person: Person, roles: Collection[Role] | None = None) -> bool:
    """Whether giving someone these roles, or starting them afresh, takes two people: one role that is more than harmless."""
    held = {Role(role.name) for role in person.roles}
    meant = held if roles is None else set(roles) - held
    return any(PERMISSIONS[role] - HARMLESS for role in meant)


def ask(person_id: int, asked: Asked, roles: Collection[Role] = (), *, at: datetime, by_id: int) -> None:
    """Ask for a second person. What was asked about the same person before is not open any more."""
    named = [role.value for role in roles]
    told = {"asked": asked, "roles": " ".join(named), "half": secrets.token_urlsafe(9)}
    with transaction() as session:
        close_requests(person_id, at=at)
        session.add(AccountRequest(person_id=person_id, asked_by_id=by_id, asked_at=at, **told))
        record(ACCESS_ASKED_FOR, f"person/{person_id}", at=at, by_id=by_id, asked=asked, roles=named)


def agree(request_id: int, *, at: datetime, by_id: int) -> str:
    """Do what was asked for; gives the second half of the new first password. Raises NotTheSecond, AnsweredAlready.

    With new roles too every way in of before ends: an administrator may have made it. The first half is with who asked, so
    that neither of the two can sign in as the person.
    """
    second_half = secrets.token_urlsafe(9)
    with transaction():
        wanted = _known(request_id)
        if by_id in (wanted.asked_by_id, wanted.person_id):
            raise NotTheSecond
        person_id, roles, password = wanted.person_id, wanted.roles.split(), wanted.half + second_half
        record(ACCESS_AGREED, f"person/{person_id}", at=at, by_id=by_id, **_told(wanted))
        wanted.answered_at, wanted.half = at, ""
        if wanted.asked is Asked.ROLES:
            change_roles(person_id, [Role(name) for name in roles], at=at, by_id=by_id)
        start_afresh(person_id, password, at=at, by_id=by_id)
    return second_half


def refuse(request_id: int, *, at: datetime, by_id: int) -> None:
    """Say no; who asked may take it back like this too. Raises AnsweredAlready."""
    with transaction():
        wanted = _known(request_id)
        record(ACCESS_REFUSED, f"person/{wanted.person_id}", at=at, by_id=by_id, **_told(wanted))
        wanted.answered_at, wanted.half = at, ""


def open_requests() -> Sequence[AccountRequest]:
    """What waits for a second person, oldest first; for two weeks at most."""
    is_open = (AccountRequest.answered_at.is_(None), AccountRequest.asked_at > now() - OPEN_FOR)
    return db.session.scalars(select(AccountRequest).where(*is_open).order_by(AccountRequest.id)).all()


def _known(request_id: int) -> AccountRequest:
    found = db.session.get(AccountRequest, request_id, with_for_update=True)
    if found is None or found.answered_at is not None or found.asked_at <= now() - OPEN_FOR:
        raise AnsweredAlready
    return found


def _told(wanted: AccountRequest) -> dict[str, object]:
    return {"asked": wanted.asked, "asked_by_id": wanted.asked_by_id}
