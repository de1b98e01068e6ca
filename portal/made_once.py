"""What is made once for each process, and takes long to make."""

import threading
from collections.abc import Callable
from functools import cache
from typing import TypeVar

T = TypeVar("T")


def made_once(make: Callable[[], T]) -> Callable[[], T]:
    """Make something when it is first asked for. Those who ask meanwhile wait: `cache` alone lets each make their own."""
    turn, kept = threading.Lock(), cache(make)

    def made() -> T:
        with turn:
            return kept()

    return made
