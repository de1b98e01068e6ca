"""Made-up colleagues with sign-ins that only a demo has."""

from dataclasses import dataclass
from typing import Any

from flask_security import hash_password
from sqlalchemy import select

from portal.clock import now
from portal.database import db
from portal.independent_people.services import Listing, list_person
from portal.people.models import Person
from portal.people.roles import Role
from portal.people.services import add_hashed_person, change_manager

DEMO_PASSWORD = "your-say-demo"  # noqa: S105 - printed on the screen of every demo


@dataclass(frozen=True)
class DemoPerson:
    """A made-up colleague."""

    email: str
    name: str
    role: Role
    team: str
    manager: str = ""


DEMO_PEOPLE = (
    DemoPerson("officer@demo.example", "Rowan Officer", Role.CUSTOMER_RELATIONS, "Customer Relations Team"),
    DemoPerson("lead@demo.example", "Alex Lead", Role.CUSTOMER_RELATIONS_LEAD, "Customer Relations Team"),
    DemoPerson("senior@demo.example", "Morgan Senior", Role.SENIOR_MANAGER, "Children in Care", "director@demo.example"),
    DemoPerson(
        "manager@demo.example", "Sam Manager", Role.TEAM_MANAGER, "Children in Need / Chester", "senior@demo.example"
    ),
    DemoPerson("director@demo.example", "Jo Director", Role.DIRECTOR, "Children's Services"),
    DemoPerson("worker@demo.example", "Kit Worker", Role.ANY_STAFF, "Children in Need / Chester", "manager@demo.example"),
    DemoPerson("visitor@demo.example", "Robin Visitor", Role.INDEPENDENT_PERSON, "From outside the council"),
    DemoPerson("investigator@demo.example", "Indra Investigator", Role.INVESTIGATING_OFFICER, "From outside the council"),
    DemoPerson("panel@demo.example", "Pat Panel", Role.PANEL_MEMBER, "From outside the council"),
    DemoPerson("reader@demo.example", "Noor Reader", Role.REPORT_READER, "Quality"),
    DemoPerson("admin@demo.example", "Lee Admin", Role.ADMINISTRATOR, "Council IT"),
)


@dataclass(frozen=True)
class Cast:
    """The numbers of the colleagues who play the year."""

    officer: int
    lead: int
    senior: int
    manager: int
    director: int


def demo_cast() -> Cast:
    """The colleagues, taken in when they are not there yet."""
    known = {person.email: person.id for person in db.session.scalars(select(Person))}
    missing = [person for person in DEMO_PEOPLE if person.email not in known]
    hashed = hash_password(DEMO_PASSWORD) if missing else ""
    for person in missing:
        added = add_hashed_person(person.email, person.name, [person.role], password_hash=hashed, team=person.team)
        known[person.email] = added.id
    for person in missing:
        if person.manager:
            change_manager(known[person.email], known[person.manager], at=now())
    if missing:
        for listing in _register(known):
            list_person(listing, at=now(), by_id=None)
    return Cast(*(known[person.email] for person in DEMO_PEOPLE[:5]))


def _register(known: dict[str, int]) -> tuple[Listing, ...]:
    """The made-up register: five who can be appointed, and two whom their conflicts keep out."""
    every: Any = {"region": "North West", "day_rate_pence": 32500, "can_be_independent": True}
    return (
        Listing("Indra Investigator", known["investigator@demo.example"], **every, can_investigate=True),
        Listing("Robin Visitor", known["visitor@demo.example"], **every),
        Listing("Pat Panel", known["panel@demo.example"], **every, can_chair=True),
        Listing("Ari Member", None, **every),
        Listing("Lou Member", None, **every),
        Listing("Val Councillor", None, **every, is_member=True),
        Listing("Sky Partner", None, **every, household_works_for_council=True),
    )
