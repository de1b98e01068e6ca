"""What stands above the queue beside the cases: each room that has something there says so itself."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Notice:
    """A sentence above the queue with the page that it leads to."""

    words: str
    address: str
    is_late: bool = False


NOTICES: list[Callable[[], Notice | None]] = []


def above_the_queue(make: Callable[[], Notice | None]) -> Callable[[], Notice | None]:
    """Put a notice above the queue whenever it has something to say."""
    NOTICES.append(make)
    return make


def notices() -> list[Notice]:
    """Everything that has to be said above the queue now."""
    return [notice for make in NOTICES if (notice := make()) is not None]
