"""Keeping the register."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from portal.audit.events import declare
from portal.audit.services import record
from portal.database import transaction
from portal.independent_people.models import IndependentPerson

INDEPENDENT_PERSON_LISTED = declare("independent_person_listed", "what_changed")


@dataclass(frozen=True)
class Listing:
    """What the register says of someone. Money is in pence."""

    name: str
    person_id: int | None = None
    region: str = ""
    contact: str = ""
    can_investigate: bool = False
    can_be_independent: bool = False
    can_chair: bool = False
    works_for_council: bool = False
    is_member: bool = False
    household_works_for_council: bool = False
    available_from: date | None = None
    available_until: date | None = None
    day_rate_pence: int = 0
    is_listed: bool = True


def list_person(said: Listing, *, key: int | None = None, at: datetime, by_id: int | None) -> IndependentPerson:
    """Put someone on the register, or change what it says of them; which lines changed is in the audit."""
    with transaction() as session:
        entry = session.get_one(IndependentPerson, key) if key else IndependentPerson()
        changed = [name for name, value in asdict(said).items() if getattr(entry, name) != value]
        for name, value in asdict(said).items():
            setattr(entry, name, value)
        session.add(entry)
        session.flush()
        record(INDEPENDENT_PERSON_LISTED, f"independent_person/{entry.id}", at=at, by_id=by_id, what_changed=changed)
    return entry
