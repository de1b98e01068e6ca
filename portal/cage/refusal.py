"""What the cage says when it can read a file and still does not take it."""

from enum import StrEnum


class Reason(StrEnum):
    """Why."""

    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    LOCKED = "locked"
    NOTHING_IN_IT = "nothing_in_it"
    OF_NO_KIND = "of_no_kind"


class NotTaken(Exception):
    """A file that is not taken, with its reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason
