"""`python -m tools.bench_peers`: whole visits of children beside django-helpdesk's submissions, in one run.

django-helpdesk comes from its wheel, into a folder of its own that is thrown away. Both are served by waitress with two
processes, on SQLite with WAL, as durably; eight people at once, in turn.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.bench.load import Figures, warm_up, whole_visits
from tools.bench.served import command_for, prepare, serving
from tools.bench.visits import CHILD, Visit, get, post

PINNED = ("django-helpdesk==2.6.1", "django==5.2.19", "waitress==3.0.2")
SERVER = Path(__file__).parent / "helpdesk_server.py"
ROUNDS, VISITS, AT_ONCE, PROCESSES = 2, 200, 8, 2
TICKET = Visit(
    "ticket",
    (
        get("/tickets/submit/"),
        post(
            "/tickets/submit/",
            queue="1",
            title="Not listened to",
            body="my bike is still at the old house",
            priority="3",
            submitter_email="someone@example.org",
        ),
    ),
)


def main() -> None:
    """Measure and print."""
    folder = Path(tempfile.mkdtemp())
    try:
        python = installed(folder)
        subprocess.run([python, SERVER, "prepare", folder / "peer.db"], check=True)
        url = f"sqlite:///{folder / 'ours.db'}"
        prepare("portal", url)
        found: dict[str, list[Figures]] = {"django-helpdesk": [], "Your Say": []}
        peer = (str(python), str(SERVER), "serve", str(folder / "peer.db"))
        for _ in range(ROUNDS):
            for name, command, visit in (
                ("django-helpdesk", peer, TICKET),
                ("Your Say", (*command_for("portal"), url), CHILD),
            ):
                with serving(command, PROCESSES) as running:
                    warm_up(running, visit, AT_ONCE)
                    found[name].append(whole_visits(running, visit, VISITS, AT_ONCE))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for name, figures in found.items():
        for one in figures:
            print(f"  {name:16} {one.told()}")
    peers, ours = (sum(one.rate for one in figures) for figures in found.values())
    print(f"Children's visits (5 requests) beside django-helpdesk's submissions (2): {ours / peers:.2f} (bar 1.5)")


def installed(folder: Path) -> Path:
    """A Python that has the peer."""
    subprocess.run([sys.executable, "-m", "venv", folder / "peer"], check=True)
    python = folder / "peer" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", *PINNED], check=True)
    return python


if __name__ == "__main__":
    main()
