"""Reading leaves a trace too: who looked at a case, and who searched."""

from datetime import datetime, timedelta

from portal.audit.queries import has_happened
from portal.audit.services import record
from portal.cases.events import CASE_NOT_FOUND, CASE_READ, CASES_SEARCHED
from portal.cases.models import Case

READING_LASTS = timedelta(hours=8)


def note_read(case: Case, *, at: datetime, by_id: int, why: str = "") -> None:
    """Write down that someone read a case, and why when it is not one of their own."""
    record(CASE_READ, case.about, at=at, by_id=by_id, why=why)


def note_not_found(tried: str, *, at: datetime, by_id: int) -> None:
    """Write down that someone asked for a case that is not there, or that they may not know of: the same for both."""
    record(CASE_NOT_FOUND, "cases", at=at, by_id=by_id, tried=tried[:20])


def read_lately(case: Case, *, at: datetime, by_id: int) -> bool:
    """Whether this person opened the case within the last hours, with or without having to say why."""
    return has_happened(CASE_READ, case.about, by_id=by_id, since=at - READING_LASTS)


def note_search(found: int, *, at: datetime, by_id: int) -> None:
    """Write down that someone searched, and how many cases the page showed; never what for."""
    record(CASES_SEARCHED, "cases", at=at, by_id=by_id, found=found)
