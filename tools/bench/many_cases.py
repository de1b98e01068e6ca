"""Many cases at once, for the bench: written in bulk, each like one that came by a form.

One in ten is open. Of the others half were accepted and answered, and a few of them asked for stage 2. One in ten came from
a child, by a card.
"""

from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import insert

from portal.cases.models import Case, Disposition, Kind, NextAction, Part, SearchWord, Stage
from portal.cases.search_marks import marks_of_case
from portal.categories import PLAIN_SUBJECTS, SERVICE_AREAS
from portal.clock import now
from portal.database import db, transaction
from portal.procedure.eligibility import Complainant
from portal.procedure.findings import Finding
from portal.procedure.receipt import Method, PointOfReceipt
from portal.procedure.routes import Route
from portal.procedure.stages import Status
from portal.sealing.hashes import beginnings
from portal.sealing.ring import Purpose, ring
from portal.sealing.rows import as_inserted

AT_ONCE = 2_000
WORDS = "the support that was agreed for my daughter has stopped and nobody has told us why it did".split()


def add_cases(how_many: int) -> None:
    """Add cases, one every eleven minutes until yesterday; one in a hundred of those that are open is to be read first."""
    chance = Random(7)  # noqa: S311 - made-up cases, nothing secret
    yesterday = now() - timedelta(days=1)
    for start in range(1, how_many + 1, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, how_many + 1))
        came = {number: yesterday - timedelta(minutes=11 * (how_many - number)) for number in numbers}
        stages = [one for number in numbers for one in _stages(number, came[number], chance)]
        with transaction() as session:
            session.execute(insert(Case), [as_inserted(Case, _case(number, came[number], chance)) for number in numbers])
            session.execute(insert(Part), [as_inserted(Part, _part(number, chance)) for number in numbers])
            session.execute(insert(Stage), [as_inserted(Stage, one) for one in stages])
            rows = [{"case_id": number, "mark": mark} for number in numbers for mark in _marks(number, chance)]
            session.execute(insert(SearchWord), rows)
    db.session.remove()


def _marks(number: int, chance: Random) -> frozenset[int]:
    words = frozenset({f"person{number}", *chance.sample(WORDS, 4)})
    return marks_of_case(words | beginnings(words), number, ring.newest(Purpose.SEARCH))


def _disposition(number: int) -> Disposition:
    if number % 10 == 0:
        return Disposition.OPEN
    return Disposition.ACCEPTED if number % 2 else Disposition.WITHDRAWN


def _part(number: int, chance: Random) -> dict[str, object]:
    section, team = chance.choice(SERVICE_AREAS)
    route = Route.STATUTORY if _disposition(number) is Disposition.ACCEPTED else None
    subject = chance.choice(PLAIN_SUBJECTS)
    return {"case_id": number, "position": 1, "route": route, "service_area": f"{section} / {team}", "subject": subject}


def _stages(number: int, received_at: datetime, chance: Random) -> list[dict[str, object]]:
    if _disposition(number) is not Disposition.ACCEPTED:
        return []
    received_on = received_at.date()
    found = []
    for stage, asked, limit, took in ((1, 0, 14, chance.randrange(5, 40)), (2, 50, 35, chance.randrange(20, 120))):
        if stage == 2 and number % 50 != 1:
            continue
        asked_on = received_on + timedelta(days=asked)
        ended_on, outcome = asked_on + timedelta(days=took), chance.choice(list(Finding))
        found.append(
            {"case_id": number, "route": Route.STATUTORY, "number": stage, "requested_on": asked_on, "outcome": outcome}
            | {"due_on": asked_on + timedelta(days=limit), "responded_on": ended_on, "closed_on": ended_on}
        )
    return found


def _case(number: int, received_at: datetime, chance: Random) -> dict[str, object]:
    is_open, by_child = _disposition(number) is Disposition.OPEN, number % 10 == 3
    due_on: date = received_at.date() + timedelta(days=chance.randrange(40))
    return {
        "reference": f"YS{number:06}",
        "kind": Kind.COMPLAINT,
        "method": Method.QR_CARD if by_child else Method.ONLINE_FORM,
        "point_of_receipt": PointOfReceipt.CUSTOMER_RELATIONS_TEAM,
        "complainant": Complainant.CHILD_OR_YOUNG_PERSON if by_child else Complainant.PARENT,
        "received_at": received_at,
        "received_on": received_at.date(),
        "told": [["What is your complaint about?", " ".join(WORDS)]],
        "person": {"is_adult": True, "name": f"Person{number}"},
        "status": Status.TO_READ if is_open else Status.CLOSED,
        "is_open": is_open,
        "disposition": _disposition(number),
        "closed_on": None if is_open else due_on,
        "reads_first": 0 if is_open and number % 1_000 == 0 else 1,
        "next_action": NextAction.CHECK_SAFEGUARDING if is_open else NextAction.NOTHING,
        "next_due_on": due_on,
        "version": 1,
        "index_version": 1,
    }
