"""Finding people of the register."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from portal.database import db
from portal.independent_people.models import IndependentPerson


def register() -> Sequence[IndependentPerson]:
    """Everyone, those who are no longer listed last."""
    wanted = select(IndependentPerson).order_by(
        IndependentPerson.is_listed.desc(), IndependentPerson.name, IndependentPerson.id
    )
    return db.session.scalars(wanted).all()


def listed_person(key: int) -> IndependentPerson | None:
    """One entry."""
    return db.session.get(IndependentPerson, key)


def listed_people(keys: Iterable[int]) -> dict[int, IndependentPerson]:
    """Some entries by their number."""
    wanted = select(IndependentPerson).where(IndependentPerson.id.in_(list(keys)))
    return {entry.id: entry for entry in db.session.scalars(wanted)}
