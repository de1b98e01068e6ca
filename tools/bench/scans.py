"""What counting a scan costs, beside giving out a bare page: a hundred thousand scans of a batch from four threads at once.

The counts are read back at the end: none may be lost.
"""

import threading
import time
from datetime import date
from http.client import HTTPConnection
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from portal.cards.models import CardCount, CardEvent
from portal.cards.services import count, make_batch
from portal.clock import now
from portal.database import db
from tools.bench.served import command_for, serving
from tools.bench.server import portal_app, prepare_portal

SCANS, PAGES, THREADS = 100_000, 5_000, 4


def bench_scans(folder: Path) -> None:
    """Print the time of a scan beside the time of a bare page as it is served, and whether any scan was lost."""
    with serving((*command_for("page"), "-")) as running:
        line = HTTPConnection("127.0.0.1", running.port, timeout=60)
        started = time.perf_counter()
        for _ in range(PAGES):
            line.request("GET", "/")
            line.getresponse().read()
        page = (time.perf_counter() - started) / PAGES
    url = f"sqlite:///{folder / 'scans.db'}"
    prepare_portal(url)
    app = portal_app(url)
    with app.app_context():
        code = make_batch("Team", 25, at=now()).code
    scan = _time_of_scans(app, code)
    with app.app_context():
        counted = db.session.scalars(select(CardCount.n)).one()
    print(f"A scan in the counters: {scan * 1000:.3f} ms, {scan / page:.2f} x a bare page as served ({page * 1000:.3f} ms)")
    print(f"  {counted:,} of {SCANS:,} scans from {THREADS} threads were counted")


def _time_of_scans(app: Flask, code: str) -> float:
    def work() -> None:
        with app.app_context():
            for _ in range(SCANS // THREADS):
                count(code, CardEvent.SCAN, on=date(2026, 6, 1))
            db.session.remove()

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return (time.perf_counter() - started) / SCANS
