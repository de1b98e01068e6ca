"""Many visits at once to what is served, and what comes out: how many a second, how long each took, what it cost."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tools.bench.served import Served
from tools.bench.visitor import Visitor
from tools.bench.visits import Visit


@dataclass(frozen=True)
class Figures:
    """What a run gave: visits a second, milliseconds of each (middle, 95 of 100, 99 of 100), and of processor."""

    rate: float
    p50: float
    p95: float
    p99: float
    processor: float

    def told(self) -> str:
        """The figures in a line of a table."""
        return (
            f"{self.rate:7.1f} a second   {self.p50:7.1f} {self.p95:7.1f} {self.p99:7.1f} ms   {self.processor:6.1f} ms of "
            "processor each"
        )


WARM = 60  # visits before the first that counts: what a process makes once is made by then


def warm_up(served: Served, visit: Visit, at_once: int) -> None:
    """Let every process meet some visitors."""
    whole_visits(served, visit, WARM, max(at_once, 8))


def whole_visits(served: Served, visit: Visit, how_many: int, at_once: int) -> Figures:
    """Whole visits, each by somebody new."""
    lanes = [_SignedIn(served, visit) if visit.signs_in else None for _ in range(at_once)]

    def one(lane: int) -> None:
        signed_in = lanes[lane]
        visitor = signed_in.visitor if signed_in else Visitor(served.port)
        for step in visit.steps:
            step(visitor)
        if not signed_in:
            visitor.hang_up()

    return _timed(served, [one] * how_many, at_once)


def last_presses(served: Served, visit: Visit, how_many: int, at_once: int) -> Figures:
    """The press that sends alone, of visits that were made ready before."""
    ready = [Visitor(served.port) for _ in range(how_many)]

    def make_ready(visitor: Visitor) -> None:
        for step in visit.steps[:-1]:
            step(visitor)
        visitor.hang_up()

    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(make_ready, ready))

    def press(visitor: Visitor) -> None:
        visit.steps[-1](visitor)
        visitor.hang_up()

    return _timed(served, [lambda lane, who=who: press(who) for who in ready], at_once)  # type: ignore[misc]


class _SignedIn:
    """A colleague at a desk of their own."""

    def __init__(self, served: Served, visit: Visit) -> None:
        self.visitor = Visitor(served.port)
        for step in visit.signs_in:
            step(self.visitor)


def _timed(served: Served, work: Sequence[Callable[[int], object]], at_once: int) -> Figures:
    taken, waiting, turn = [], iter(work), threading.Lock()

    def do(lane: int) -> None:
        while True:
            with turn:
                one = next(waiting, None)
            if one is None:
                return
            began = time.perf_counter()
            one(lane)
            taken.append((time.perf_counter() - began) * 1000)

    processor, began = served.processor(), time.perf_counter()
    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(do, range(at_once)))
    seconds = time.perf_counter() - began
    cost = (served.processor() - processor) * 1000 / len(work)
    times = sorted(taken)
    p50, p95, p99 = (times[min(int(len(times) * share), len(times) - 1)] for share in (0.5, 0.95, 0.99))
    return Figures(len(work) / seconds, p50, p95, p99, cost)
