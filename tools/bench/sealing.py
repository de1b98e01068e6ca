"""What sealing costs: search and queue with it, beside the same pages on columns and an index that are not sealed.

Both run in one process on the same code, asked in turn; on the plain side the columns hold readable text, and the index has
one mark for a word instead of one for each group of cases, from the first row that is written.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from unittest.mock import patch

from portal.audit import services
from portal.cases import search_marks as marks
from portal.sealing import rows
from tools.bench.desk import signed_in

SIZES = (1_000, 100_000)
ASKED = 40
PAGES = {
    "queue": "/staff/queue",
    "a name": "/staff/queue?find=person777",
    "a beginning": "/staff/queue?find=daugh",
    "two words": "/staff/queue?find=support+stopped",
}
Ask = Callable[[str], object]


@contextmanager
def plain() -> Iterator[None]:
    """Sealing that seals nothing, and an index with one mark for a word, whichever case it is in."""
    with ExitStack() as stack:
        for room in (rows, services):
            stack.enter_context(patch.object(room, "seal", lambda plain, place: plain))
        stack.enter_context(patch.object(rows, "unseal", lambda kept, place: bytes(kept)))
        stack.enter_context(patch.object(marks, "group_of", lambda case_id: 0))
        yield


def bench_sealing(folder: Path) -> None:
    """Print each page at each size, sealed and plain, and how the two compare."""
    print(f"Sealed beside plain columns (median of {ASKED}, in turn)")
    for size in SIZES:
        sealed = signed_in(f"sqlite:///{folder / f'sealed-{size}.db'}", size)
        asks: dict[str, tuple[Ask, Callable[[], object]]] = {"sealed": (sealed, nullcontext)}
        with plain():
            asks["plain"] = (signed_in(f"sqlite:///{folder / f'plain-{size}.db'}", size), plain)
        for name, address in PAGES.items():
            taken = {kind: statistics.median(times) * 1000 for kind, times in in_turn(asks, address).items()}
            told = f"{taken['sealed']:7.1f} ms sealed {taken['plain']:7.1f} ms plain"
            print(f"  {size:>9,} cases, {name:12} {told} {taken['sealed'] / taken['plain']:6.2f} x")


def in_turn(asks: dict[str, tuple[Ask, Callable[[], object]]], address: str) -> dict[str, list[float]]:
    """How long each side took, asked one after the other."""
    times: dict[str, list[float]] = {kind: [] for kind in asks}
    for _ in range(ASKED):
        for kind, (ask, within) in asks.items():
            with within():  # type: ignore[attr-defined]
                started = time.perf_counter()
                ask(address)
                times[kind].append(time.perf_counter() - started)
    return times
