"""What was found on each part of a complaint, and what that makes of the whole (guard G14: a finding for each part)."""

from collections.abc import Iterable
from enum import StrEnum

from portal.procedure.errors import MoveNotAllowed


class Finding(StrEnum):
    """A finding; there is no 'information only'."""

    UPHELD = "upheld"
    PARTIALLY_UPHELD = "partially_upheld"
    NOT_UPHELD = "not_upheld"


def check_all_found(findings: Iterable[Finding | None]) -> None:
    """Let a report or a decision go only with a finding on each element (guard G14). Raises MoveNotAllowed."""
    roll_up(findings)


def roll_up(findings: Iterable[Finding | None]) -> Finding:
    """The finding on the whole: upheld or not upheld when every part is, else partly upheld. Raises MoveNotAllowed."""
    given = list(findings)
    if not given or None in given:
        raise MoveNotAllowed("G14", "Each part of the complaint needs a finding: upheld, partly upheld or not upheld.")
    if len(set(given)) == 1 and given[0] is not None:
        return given[0]
    return Finding.PARTIALLY_UPHELD
