"""Whom the panel's report must reach (SI 2006/1738 reg 20)."""

from collections.abc import Collection
from enum import StrEnum

from portal.procedure.errors import MoveNotAllowed


class Recipient(StrEnum):
    """Someone whom the law names. Where there is no advocate, or nobody else, that is said with the same tick."""

    COMPLAINANT = "complainant"
    COUNCIL = "council"
    ADVOCATE_IF_ANY = "advocate_if_any"
    INDEPENDENT_PERSON = "independent_person"
    OTHERS_WITH_SUFFICIENT_INTEREST = "others_with_sufficient_interest"


def check_recipients(sent_to: Collection[Recipient]) -> None:
    """Let the panel's report count as sent only when it went to everyone. Raises MoveNotAllowed."""
    missing = [one.replace("_", " ") for one in Recipient if one not in sent_to]
    if missing:
        raise MoveNotAllowed("reg 20", f"The panel's report must also go to: {', '.join(missing)} (SI 2006/1738 reg 20).")
