"""What one administrator cannot do alone: let somebody read cases or change people, or start such a person afresh.

One of them asks. Another administrator, or the team's lead, agrees, and sees the new first password if there is one.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select

from portal.audit.events import declare
from portal.audit.services import record
from portal.database import db, transaction
from portal.people.models import AccountRequest, Asked, Person
from portal.people.queries import person_by_id
from portal.people.roles import Deed, Role, deeds_of
from portal.people.services import change_roles, start_afresh

NOT_BY_ONE_ALONE = frozenset({Deed.READ_CASES, Deed.READ_COMPLIMENTS, Deed.CHANGE_PEOPLE, Deed.AGREE_TO_ACCESS})
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
    """Whether giving someone these roles, or starting them afresh, takes two people."""
    has = deeds_of([role.value for role in roles]) if roles is not None else frozenset[Deed]()
    had = deeds_of([role.name for role in person.roles])
    return bool(NOT_BY_ONE_ALONE & (has - had if roles is not None else had))


def ask(person_id: int, asked: Asked, roles: Collection[Role] = (), *, at: datetime, by_id: int) -> None:
    """Ask for a second person. The same thing asked again takes the place of what was asked before."""
    named = [role.value for role in roles]
    with transaction() as session:
        for one in open_requests():
            if (one.person_id, one.asked) == (person_id, asked):
                session.delete(one)
        session.add(AccountRequest(person_id=person_id, asked=asked, roles=" ".join(named), asked_by_id=by_id, asked_at=at))
        record(ACCESS_ASKED_FOR, f"person/{person_id}", at=at, by_id=by_id, asked=asked, roles=named)


def agree(request_id: int, *, at: datetime, by_id: int) -> str:
    """Do what was asked for; gives the new first password when there is one. Raises NotTheSecond, AnsweredAlready."""
    with transaction() as session:
        wanted = _taken_up(request_id, by_id)
        record(ACCESS_AGREED, f"person/{wanted.person_id}", at=at, by_id=by_id, **_told(wanted))
        session.delete(wanted)
        if wanted.asked is Asked.AFRESH:
            return start_afresh(wanted.person_id, at=at, by_id=by_id)
        change_roles(wanted.person_id, [Role(name) for name in wanted.roles.split()], at=at, by_id=by_id)
        return ""


def refuse(request_id: int, *, at: datetime, by_id: int) -> None:
    """Say no; who asked may take it back like this too. Raises AnsweredAlready."""
    with transaction() as session:
        wanted = _known(request_id)
        record(ACCESS_REFUSED, f"person/{wanted.person_id}", at=at, by_id=by_id, **_told(wanted))
        session.delete(wanted)


def open_requests() -> Sequence[AccountRequest]:
    """What waits for a second person, oldest first."""
    return db.session.scalars(select(AccountRequest).order_by(AccountRequest.id)).all()


def _known(request_id: int) -> AccountRequest:
    found = db.session.get(AccountRequest, request_id, with_for_update=True)
    if found is None:
        raise AnsweredAlready
    return found


def _taken_up(request_id: int, by_id: int) -> AccountRequest:
    wanted = _known(request_id)
    if by_id in (wanted.asked_by_id, wanted.person_id) or person_by_id(wanted.person_id) is None:
        raise NotTheSecond
    return wanted


def _told(wanted: AccountRequest) -> dict[str, object]:
    return {"asked": wanted.asked, "asked_by_id": wanted.asked_by_id}
