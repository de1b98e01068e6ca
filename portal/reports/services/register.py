"""Taking over the register of the system that a council leaves."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache, partial
from itertools import islice
from typing import TypeVar

from portal.audit.services import record_all
from portal.cases.queries import known_old_references as known_cases
from portal.compliments.queries import known_old_references as known_compliments
from portal.database import transaction
from portal.people.directory import Meant, whole_directory, whom_it_means
from portal.reports.register_rows import COMPLIMENT, RegisterRow
from portal.reports.services.past_cases import keep_past_cases
from portal.reports.services.past_thanks import keep_past_thanks

T = TypeVar("T")
AT_ONCE = 200  # rows that share statements: few enough to hold, and to ask for in one question


def import_rows(rows: Iterable[RegisterRow], *, at: datetime, keep: bool = True) -> tuple[int, int]:
    """Take past rows over, all or none; rows that are here already are left alone. Says how many are new, and old.

    Rows are taken as they come, some at once. With `keep` false nothing is kept: the same work is done and undone.
    """
    new, all_of_them = 0, 0
    try:
        with transaction():
            whom = cache(partial(whom_it_means, among=whole_directory()))
            for some in _some_at_once(rows):
                known = known_references([row.reference for row in some])
                unknown = [row for row in some if row.reference not in known]
                _take_over(unknown, whom, at)
                new, all_of_them = new + len(unknown), all_of_them + len(some)
            if not keep:
                raise _NotToBeKept
    except _NotToBeKept:
        pass
    return new, all_of_them - new


class _NotToBeKept(Exception):
    """Ends a dry run."""


def _some_at_once(many: Iterable[T]) -> Iterator[list[T]]:
    coming = iter(many)
    while some := list(islice(coming, AT_ONCE)):
        yield some


def _take_over(rows: Sequence[RegisterRow], whom: Callable[[str], Meant], at: datetime) -> None:
    """Keep rows as cases and thanks, and record what happened to each in the order of the rows."""
    thanks = [row for row in rows if row.kind == COMPLIMENT]
    cases = [row for row in rows if row.kind != COMPLIMENT]
    of_thanks, of_cases = iter(keep_past_thanks(thanks, whom)), iter(keep_past_cases(cases, at=at))
    record_all(one for row in rows for one in next(of_thanks if row.kind == COMPLIMENT else of_cases))


def known_references(references: list[str]) -> set[str | None]:
    """Which references of an old system are here already."""
    found: set[str | None] = set()
    for some in _some_at_once(references):
        found |= known_cases(some) | known_compliments(some)
    return found
