"""Many cases at once, for the bench: written in bulk, each like one that came by a form."""

from datetime import UTC, date, datetime, timedelta
from random import Random

from sqlalchemy import insert

from portal.cases.models import Case, Disposition, Kind, NextAction, Part, SearchWord
from portal.cases.search_marks import marks_of_case
from portal.database import db, transaction
from portal.procedure.eligibility import Complainant
from portal.procedure.receipt import Method, PointOfReceipt
from portal.procedure.stages import Status
from portal.sealing.hashes import beginnings
from portal.sealing.ring import Purpose, ring
from portal.sealing.rows import as_inserted

FIRST = datetime(2024, 1, 1, 9, tzinfo=UTC)
AT_ONCE = 2_000
WORDS = "the support that was agreed for my daughter has stopped and nobody has told us why it did".split()


def add_cases(how_many: int) -> None:
    """Add cases: one in ten open, one in a hundred of those to be read first; the same ones each time."""
    chance = Random(7)  # noqa: S311 - made-up cases, nothing secret
    for start in range(1, how_many + 1, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, how_many + 1))
        with transaction() as session:
            session.execute(insert(Case), [as_inserted(Case, _case(number, chance)) for number in numbers])
            session.execute(insert(Part), [as_inserted(Part, {"case_id": number, "position": 1}) for number in numbers])
            rows = [{"case_id": number, "mark": mark} for number in numbers for mark in _marks(number, chance)]
            session.execute(insert(SearchWord), rows)
    db.session.remove()


def _marks(number: int, chance: Random) -> frozenset[int]:
    words = frozenset({f"person{number}", *chance.sample(WORDS, 4)})
    return marks_of_case(words | beginnings(words), number, ring.newest(Purpose.SEARCH))


def _case(number: int, chance: Random) -> dict[str, object]:
    is_open = number % 10 == 0
    received_at = FIRST + timedelta(minutes=11 * number)
    due_on: date = received_at.date() + timedelta(days=chance.randrange(40))
    return {
        "reference": f"YS{number:06}",
        "kind": Kind.COMPLAINT,
        "method": Method.ONLINE_FORM,
        "point_of_receipt": PointOfReceipt.CUSTOMER_RELATIONS_TEAM,
        "complainant": Complainant.PARENT,
        "received_at": received_at,
        "received_on": received_at.date(),
        "told": [["What is your complaint about?", " ".join(WORDS)]],
        "person": {"is_adult": True, "name": f"Person{number}"},
        "status": Status.TO_READ if is_open else Status.CLOSED,
        "is_open": is_open,
        "disposition": Disposition.OPEN if is_open else Disposition.WITHDRAWN,
        "closed_on": None if is_open else due_on,
        "reads_first": 0 if is_open and number % 1_000 == 0 else 1,
        "next_action": NextAction.CHECK_SAFEGUARDING if is_open else NextAction.NOTHING,
        "next_due_on": due_on,
        "version": 1,
        "index_version": 1,
    }
