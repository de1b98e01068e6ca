"""Finding people, and who stands above and below them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from portal.database import db
from portal.people.models import Person, StaffRole
from portal.people.roles import THE_TEAM, Role

Column = InstrumentedAttribute[Any]


def people_with(*roles: Role) -> Sequence[Person]:
    """Everyone at work who holds one of these roles, by name."""
    wanted = select(Person).where(Person.active, Person.roles.any(StaffRole.name.in_([role.value for role in roles])))
    return db.session.scalars(wanted.order_by(Person.name, Person.id)).all()


def everyone_at_work() -> Sequence[Person]:
    """Everyone who has not left, by name."""
    return db.session.scalars(select(Person).where(Person.active).order_by(Person.name, Person.id)).all()


def everyone() -> Sequence[Person]:
    """Everyone, those who left last."""
    return db.session.scalars(select(Person).order_by(Person.active.desc(), Person.name, Person.id)).all()


def person_by_id(person_id: int) -> Person | None:
    """Someone by their number."""
    return db.session.get(Person, person_id)


def people_by_ids(ids: Iterable[int]) -> Sequence[Person]:
    """Some people by their numbers, by name."""
    return db.session.scalars(select(Person).where(Person.id.in_(list(ids))).order_by(Person.name, Person.id)).all()


def managers_of_team(team_id: int) -> Sequence[Person]:
    """Who manages a team: those of it who are team managers, else those whom its people name as their manager."""
    of_team = select(Person).where(Person.active, Person.team_id == team_id)
    managing = of_team.where(Person.roles.any(StaffRole.name == Role.TEAM_MANAGER.value))
    found = db.session.scalars(managing.order_by(Person.id)).all()
    if found:
        return found
    above = select(Person.manager_id).where(Person.active, Person.team_id == team_id, Person.manager_id.is_not(None))
    return db.session.scalars(select(Person).where(Person.active, Person.id.in_(above)).order_by(Person.id)).all()


def names_of(ids: set[int]) -> dict[int, str]:
    """The name of each person by their number."""
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row.id: row.name for row in rows}


def person_by_email(email: str) -> Person | None:
    """Someone by the address they sign in with."""
    return db.session.scalars(select(Person).where(Person.email == email.strip().lower())).one_or_none()


def person_by_mark(mark: str) -> Person | None:
    """Someone by the mark of their sign-ins, which a half-finished one carries."""
    return db.session.scalars(select(Person).where(Person.fs_uniquifier == mark)).one_or_none()


def people_by_email(emails: Iterable[str]) -> dict[str, Person]:
    """Everyone with one of these addresses, by address."""
    wanted = select(Person).where(Person.email.in_([email.lower() for email in emails]))
    return {person.email: person for person in db.session.scalars(wanted)}


def person_by_subject(subject: str) -> Person | None:
    """Someone by the account of the council's provider that is theirs."""
    return db.session.scalars(select(Person).where(Person.oidc_subject == subject)).one_or_none()


def with_everyone_below(person_id: int) -> frozenset[int]:
    """Someone and all whose manager they are, or their manager's manager, and so on."""
    return frozenset(_along([person_id], Person.manager_id, Person.id))


def with_managers_above(ids: Iterable[int]) -> frozenset[int]:
    """Some people and their whole line of management."""
    wanted = list(ids)
    return frozenset(_along(wanted, Person.id, Person.manager_id)) if wanted else frozenset()


def _along(start: list[int], joined: Column, given: Column) -> list[int]:
    """Walk the tree of managers from some people; a ring in it ends the walk, because each row is taken once."""
    found = select(Person.id.label("id")).where(Person.id.in_(start)).cte("line", recursive=True)
    found = found.union(select(given).join(found, joined == found.c.id).where(given.is_not(None)))
    return list(db.session.scalars(select(found.c.id)).all())


def leaving_before(day: date) -> Sequence[int]:
    """Whoever is still let in although their last day lies before a day."""
    return db.session.scalars(select(Person.id).where(Person.active, Person.left_on < day).order_by(Person.id)).all()


def team_ids() -> frozenset[int]:
    """Everyone of the Customer Relations Team who is at work."""
    return frozenset(person.id for person in people_with(*THE_TEAM))
