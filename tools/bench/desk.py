"""How long colleagues wait for their pages, at 1,000 cases, 100,000 and (with `--million`) 1,000,000, asked in turn.

Each page is asked by a colleague who reads everything; its statements are counted too.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import event, text

from portal.database import db
from tools.bench.databases import POSTGRESQL, SQLITE, server
from tools.bench.in_process import InProcess
from tools.bench.many_cases import add_cases
from tools.bench.server import portal_app, prepare_portal
from tools.bench.visits import STAFF_LOG

SIZES, MILLION, ASKED = (1_000, 100_000), 1_000_000, 15
PAGES = {
    "queue": "/staff/queue",
    "what is late": "/staff/queue?due=late",
    "stage 1": "/staff/queue?show=stage_1",
    "a name": "/staff/queue?find=person777",
    "a common beginning": "/staff/queue?find=daugh",
    "two common words": "/staff/queue?find=support+stopped",
    "a case": "/staff/cases/YS001000",
    "what will be late": "/staff/forecast",
    "children's voices": "/staff/reports/voices",
    "a year's thanks": "/staff/reports/thanks",
    "the annual report": "/staff/reports/annual",
}
Ask = Callable[[str], int]


def bench_desk(folder: Path, *, million: bool = False) -> None:
    """Print each page at each size, on both databases."""
    for kind in (SQLITE, POSTGRESQL):
        with server(kind, folder) as databases:
            asks = {size: signed_in(databases.new(), size) for size in (*SIZES, *((MILLION,) if million else ()))}
            print(
                f"\n{kind}: pages of colleagues, milliseconds (first time; then middle and 95 of 100 of {ASKED}; statements)"
            )
            for name, address in PAGES.items():
                taken = {size: in_turn(ask, address) for size, ask in asks.items()}
                told = "   ".join(f"{size:>9,}: {times}" for size, times in taken.items())
                print(f"  {name:20} {told}")


def signed_in(url: str, size: int) -> Ask:
    """A colleague on a database of some size: what is given asks for a page."""
    prepare_portal(url)
    app = portal_app(url)
    with app.app_context():
        add_cases(size)
        db.session.execute(text("analyze"))
        db.session.commit()
        event.listen(db.engine, "before_cursor_execute", lambda *told: app.extensions.setdefault("statements", []).append(1))
    client = app.test_client()
    colleague = InProcess(client)
    for step in STAFF_LOG.signs_in:
        step(colleague)

    def ask(address: str) -> int:
        app.extensions["statements"] = []
        assert client.get(address).status_code in (200, 422), address
        return len(app.extensions["statements"])

    return ask


def in_turn(ask: Ask, address: str) -> str:
    """How long a page took, the first time and then."""
    times, statements = list[float](), 0
    for _ in range(ASKED + 1):
        began = time.perf_counter()
        statements = ask(address)
        times.append((time.perf_counter() - began) * 1000)
    first, late = times[0], _late(times[1:])
    return f"{first:8.1f} {statistics.median(times[1:]):7.1f} {late:7.1f} {statements:3}"


def _late(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]
