"""Reading leaves a trace too: who looked at a case, and who searched."""

from datetime import datetime

from portal.audit.services import record
from portal.casework.events import CASE_READ, CASES_SEARCHED
from portal.casework.models import Case


def note_read(case: Case, *, at: datetime, by_id: int) -> None:
    """Write down that someone read a case."""
    record(CASE_READ, case.about, at=at, by_id=by_id)


def note_search(found: int, *, at: datetime, by_id: int) -> None:
    """Write down that someone searched, and how many cases the page showed; never what for."""
    record(CASES_SEARCHED, "cases", at=at, by_id=by_id, found=found)
