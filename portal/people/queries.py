"""Finding people."""

from collections.abc import Sequence

from sqlalchemy import select

from portal.database import db
from portal.people.models import Person, StaffRole
from portal.people.roles import Role


def people_with(role: Role) -> Sequence[Person]:
    """Everyone at work who holds a role, by name."""
    wanted = select(Person).where(Person.active, Person.roles.any(StaffRole.name == role.value))
    return db.session.scalars(wanted.order_by(Person.name, Person.id)).all()


def names_of(ids: set[int]) -> dict[int, str]:
    """The name of each person by their number."""
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row.id: row.name for row in rows}
