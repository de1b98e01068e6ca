"""What web (two processes) and worker hold in memory after many visits."""

import subprocess
import sys
import time
from pathlib import Path

from tools.bench.databases import SQLITE, server
from tools.bench.load import whole_visits
from tools.bench.served import ROOT, SERVER, command_for, memory_of, prepare, serving
from tools.bench.visits import CHILD

VISITS, AT_ONCE = 10_000, 8


def bench_memory(folder: Path) -> None:
    """Print what they hold before and after."""
    with server(SQLITE, folder) as databases:
        url = databases.new()
        prepare("portal", url)
        worker = subprocess.Popen([sys.executable, str(SERVER), "work", "portal", str(ROOT), url])
        with serving((*command_for("portal"), url), 2) as running:
            whole_visits(running, CHILD, 200, AT_ONCE)
            before = running.memory() + memory_of(worker.pid)
            whole_visits(running, CHILD, VISITS, AT_ONCE)
            time.sleep(5)
            web, beside = running.memory(), memory_of(worker.pid)
        worker.terminate()
        worker.wait()
    print(f"\nMemory after {VISITS:,} visits of children: two web processes {web:.0f} MB and the worker {beside:.0f} MB,")
    print(f"  {web + beside:.0f} MB together (bar 250 MB); after the first 200 it was {before:.0f} MB")
