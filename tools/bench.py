"""`make bench`: figures side by side, measured in one run on one machine, so that only their ratios matter.

Doors: how many submissions a second are taken in, beside a bare Flask form with one insert on the same server (waitress,
8 threads), the same database (SQLite, WAL) and the same four clients. A submission is its last post, the one that sends.
Queue: how long the queue page takes at 1,000, 10,000 and 100,000 cases, median of 15, asked in turn.
"""

import http.client
import multiprocessing
import re
import shutil
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, redirect, render_template_string
from flask_migrate import upgrade
from flask_security import hash_password
from flask_wtf import FlaskForm
from sqlalchemy import text
from waitress import serve
from wtforms import StringField

from portal.app import create_app
from portal.config import Settings
from portal.database import db
from portal.extensions import limiter
from portal.people.roles import Role
from portal.people.services import add_hashed_person
from portal.safe_start import DEMO_SEALING_KEY
from tools.bench_files import main as bench_files
from tools.bench_pages import bench_pages
from tools.bench_scans import bench_scans
from tools.bench_sealing import bench_sealing
from tools.many_cases import add_cases

CLIENTS, THREADS, SENDS, ROUNDS, FLOOD = 4, 8, 120, 3, 600
SETTLES = 8  # seconds in which the portal draws again the secret words that the round before used
QUEUE_SIZES, QUEUE_ASKED = (1_000, 10_000, 100_000), 15
PASSWORD = "a password of the bench"  # noqa: S105 - protects nothing
Prepared = tuple["Visitor", str, dict[str, str]]


class Visitor:
    """A browser in small: one cookie, on a connection that others use after it."""

    def __init__(self, connection: http.client.HTTPConnection) -> None:
        self.connection = connection
        self.cookie = ""

    def ask(self, method: str, address: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        """Ask for a page; gives its status and text."""
        headers = {"Cookie": self.cookie} if self.cookie else {}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, address, urlencode(fields) if fields is not None else None, headers)
        answer = self.connection.getresponse()
        page = answer.read().decode()
        if kept := answer.getheader("Set-Cookie"):
            self.cookie = kept.partition(";")[0]
        return answer.status, page

    def token(self, address: str) -> str:
        """The token of the form on a page."""
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.ask("GET", address)[1])
        assert found, f"no form on {address}"
        return found[1]


@contextmanager
def serving(make: Callable[[Path], Flask], database: Path) -> Iterator[list[http.client.HTTPConnection]]:
    """An app in a process of its own, and the clients' connections to it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = multiprocessing.get_context("spawn").Process(target=serve_app, args=(make, database, port), daemon=True)
    process.start()
    for _ in range(200):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield [http.client.HTTPConnection("127.0.0.1", port, timeout=60) for _ in range(CLIENTS)]
    process.terminate()
    process.join()


def serve_app(make: Callable[[Path], Flask], database: Path, port: int) -> None:
    """Build an app and serve it as `make run` does."""
    serve(make(database), host="127.0.0.1", port=port, threads=THREADS, _quiet=True)


def bare_app(database: Path) -> Flask:
    """The smallest form that Flask, Flask-WTF and Flask-SQLAlchemy make: one field, one token, one insert."""
    app = Flask("bare")
    app.config.update(SECRET_KEY="bare", SQLALCHEMY_DATABASE_URI=f"sqlite:///{database}")
    db.init_app(app)

    class OneField(FlaskForm):
        words = StringField()

    @app.route("/", methods=["GET", "POST"])
    def form() -> Any:
        one = OneField()
        if one.validate_on_submit():
            db.session.execute(text("insert into bare (words) values (:words)"), {"words": one.words.data})
            db.session.commit()
            return redirect("/")
        return render_template_string(
            "<form method=post>{{ form.csrf_token }}{{ form.words }}<button>Send</button></form>", form=one
        )

    with app.app_context():
        db.session.execute(text("create table bare (id integer primary key, words text)"))
        db.session.commit()
    return app


def portal_app(database: Path) -> Flask:
    """The portal with an empty database."""
    settings = Settings(
        f"sqlite:///{database}",
        "a secret of the bench",
        (DEMO_SEALING_KEY,),
        second_factor=False,
        seconds_before_sending=0,
    )
    app = create_app(settings)
    limiter.enabled = False  # it is the work that is measured
    with app.app_context():
        upgrade()
    return app


Clients = list[http.client.HTTPConnection]


def bare_sends(clients: Clients, sends: int = SENDS) -> list[Prepared]:
    """Posts that are ready to go to the bare form."""
    visitors = [Visitor(client) for client in clients]
    tokens = [visitor.token("/") for visitor in visitors]
    fields = [{"csrf_token": token, "words": "my bike is still at the old house"} for token in tokens]
    return [(visitors[n % CLIENTS], "/", fields[n % CLIENTS]) for n in range(sends)]


def child_sends(clients: Clients, sends: int = SENDS) -> list[Prepared]:
    """Children who have answered everything and are about to press Send."""
    ready: list[Prepared] = []
    for number in range(sends):
        child = Visitor(clients[number % CLIENTS])
        token = child.token("/y/")
        child.ask("POST", "/y/", {"csrf_token": token})
        child.ask("POST", "/y/2", {"csrf_token": token, "kind": "wrong"})
        child.ask("POST", "/y/4", {"csrf_token": token, "words": "my bike is still at the old house"})
        ready.append((child, "/y/6", {"csrf_token": token}))
    return ready


ADULT = {
    "link": {"link": "parent"},
    "child": {"child_name": "Robin Example"},
    "what": {"what": "The support that was agreed in June has stopped, and nobody wrote to us about it."},
    "when": {"still_going_on": "y"},
    "team": {},
    "talked": {},
    "court": {"court": "no"},
    "right": {"right": "Start it again"},
    "views": {},
    "contact": {"phone": "01632 960 100", "safe_to_write": "yes"},
    "name": {"name": "Pat Example"},
}


def adult_sends(clients: Clients, sends: int = SENDS) -> list[Prepared]:
    """Adults who have checked their answers and are about to press Send."""
    ready: list[Prepared] = []
    for number in range(sends):
        adult = Visitor(clients[number % CLIENTS])
        token = adult.token("/complain/")
        adult.ask("POST", "/complain/", {"csrf_token": token})
        for slug, answers in ADULT.items():
            adult.ask("POST", f"/complain/{slug}", {"csrf_token": token, **answers})
        ready.append((adult, "/complain/check", {"csrf_token": token}))
    return ready


def send_all(ready: list[Prepared]) -> float:
    """Send everything with a few clients at once; submissions a second."""
    lanes = [ready[lane::CLIENTS] for lane in range(CLIENTS)]

    def work(lane: list[Prepared]) -> None:
        for visitor, address, fields in lane:
            status, _ = visitor.ask("POST", address, fields)
            assert status == 302, f"{address} answered {status}"

    started = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(work, lanes))
    return len(ready) / (time.perf_counter() - started)


def bench_doors(folder: Path) -> None:
    """Print the doors beside the bare form, the best of some rounds, taken in turn."""
    found: dict[str, list[float]] = {"bare form": [], "child's door": [], "adult's door": []}
    with serving(bare_app, folder / "bare.db") as bare, serving(portal_app, folder / "doors.db") as portal:
        for _ in range(ROUNDS):
            for name, prepare, clients in (
                ("bare form", bare_sends, bare),
                ("child's door", child_sends, portal),
                ("adult's door", adult_sends, portal),
            ):
                ready = prepare(clients)
                time.sleep(SETTLES)
                found[name].append(send_all(ready))
        flood = send_all(child_sends(portal, FLOOD))
    first = statistics.median(found["bare form"])
    print(f"Submissions a second ({CLIENTS} clients, {SENDS} sends, median of {ROUNDS})")
    for name, rates in found.items():
        rate = statistics.median(rates)
        print(f"  {name:14} {rate:8.1f}  {rate / first:7.0%} of the bare form")
    print(f"  {FLOOD} children in a row, more than words are ready for: {flood:.1f}, {flood / first:.0%} of the bare form")


def bench_queue(folder: Path) -> None:
    """Print how long the queue takes at each size, beside the smallest."""
    with open_queues(folder) as asks:
        times: dict[int, list[float]] = {size: [] for size in asks}
        for _ in range(QUEUE_ASKED):
            for size, ask in asks.items():
                started = time.perf_counter()
                ask()
                times[size].append(time.perf_counter() - started)
    first = statistics.median(times[QUEUE_SIZES[0]])
    print(f"The queue page (median of {QUEUE_ASKED})")
    for size, taken in times.items():
        middle = statistics.median(taken)
        print(f"  {size:>9,} cases {middle * 1000:8.1f} ms  {middle / first:6.2f} x the first")


@contextmanager
def open_queues(folder: Path) -> Iterator[dict[int, Callable[[], object]]]:
    """A signed-in officer for each size of database."""
    asks: dict[int, Callable[[], object]] = {}
    for size in QUEUE_SIZES:
        ask = open_queue(folder / f"queue-{size}.db", size)
        asks[size] = lambda ask=ask: ask("/staff/queue")  # type: ignore[misc]
    yield asks


def open_queue(database: Path, size: int) -> Callable[[str], object]:
    """A signed-in officer on a database of some size: what is given asks for a page."""
    app = portal_app(database)
    with app.app_context():
        add_hashed_person("o@example.org", "O", [Role.CUSTOMER_RELATIONS], password_hash=hash_password(PASSWORD))
        add_cases(size)
        db.session.execute(text("analyze"))
        db.session.commit()
    client = app.test_client()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/staff/sign-in").get_data(as_text=True))
    assert token
    client.post("/staff/sign-in", data={"email": "o@example.org", "password": PASSWORD, "csrf_token": token[1]})
    assert client.get("/staff/queue").status_code == 200

    def ask(address: str) -> object:
        answer = client.get(address)
        assert answer.status_code == 200
        return answer

    return ask


def main() -> None:
    """Measure what the arguments name, or everything."""
    folder = Path(tempfile.mkdtemp())
    try:
        benches = {
            "doors": bench_doors,
            "queue": bench_queue,
            "sealing": lambda place: bench_sealing(place, open_queue),
            "files": lambda place: bench_files(),
            "scans": lambda place: bench_scans(place, serving, portal_app),
            "pages": lambda place: bench_pages(place, serving, portal_app),
        }
        for name, bench in benches.items():
            if name in sys.argv or not set(benches) & set(sys.argv):
                bench(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
