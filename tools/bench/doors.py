"""How many people a second are heard, whole visits and the press that sends, beside a bare form that is as durable.

On both databases, by one process and by two, with 1, 8 and 32 people at once. With `--beside COMMIT` an older build is
served in the same run; what it costs is the measure of what was made faster.
"""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.bench.databases import POSTGRESQL, SQLITE, Databases, server
from tools.bench.load import Figures, last_presses, warm_up, whole_visits
from tools.bench.served import ROOT, Served, command_for, prepare, serving
from tools.bench.visits import BARE, CHILD, DOORS, GROWN_UP, Visit

VISITS, PRESSES, FLOOD = 150, 200, 600
AT_ONCE, PROCESSES = (1, 8, 32), (1, 2)
USUAL = (2, 8)  # processes, and people at once, for what is compared
Table = dict[tuple[str, int, int], Figures]


def bench_doors(folder: Path, beside: str = "") -> None:
    """Print every door, and the rows that there are bars for."""
    for kind in (SQLITE, POSTGRESQL):
        with server(kind, folder) as databases:
            found: Table = {}
            for processes in PROCESSES:
                found |= _doors(databases, processes)
            print(f"\n{kind}: whole visits (a second; milliseconds of each: middle, 95 and 99 of 100; processor)")
            for (name, number, at_once), figures in found.items():
                print(f"  {name:12} {number} process{'es' if number > 1 else '  '} {at_once:3} at once {figures.told()}")
            _print_bars(kind, databases, found)
            if beside:
                _print_beside(kind, databases, beside)


@contextmanager
def served(databases: Databases, subject: str, processes: int, checkout: Path = ROOT) -> Iterator[Served]:
    """One of our subjects on a new database, warm."""
    url = databases.new()
    prepare(subject, url, checkout)
    with serving((*command_for(subject, checkout), url), processes) as running:
        warm_up(running, BARE if subject == "bare" else CHILD, 8)
        yield running


def _doors(databases: Databases, processes: int) -> Table:
    found: Table = {}
    for subject, visits in (("bare", (BARE,)), ("portal", DOORS)):
        with served(databases, subject, processes) as running:
            for visit in visits:
                warm_up(running, visit, 8)
                for at_once in AT_ONCE:
                    found[visit.name, processes, at_once] = whole_visits(running, visit, VISITS, at_once)
    return found


def _print_bars(kind: str, databases: Databases, found: Table) -> None:
    at_once, whole = USUAL[1], lambda visit, number=2: found[visit.name, number, USUAL[1]]
    with served(databases, "bare", USUAL[0]) as running:
        bare = last_presses(running, BARE, PRESSES, at_once)
    with served(databases, "portal", USUAL[0]) as running:
        child, adult = (_presses(running, visit, PRESSES) for visit in (CHILD, GROWN_UP))
        flood, memory = _presses(running, CHILD, FLOOD), running.memory()
    print(f"{kind}, {USUAL[0]} processes, {at_once} people at once:")
    print(f"  whole visits of children beside a bare form's     {whole(CHILD).rate / whole(BARE).rate:6.1%}  (bar 20%)")
    print(f"  the press that sends, of a child, beside its own  {child.rate / bare.rate:6.1%}  (bar 50%)")
    print(f"  the same of an adult                              {adult.rate / bare.rate:6.1%}  (bar 50%)")
    print(f"  {FLOOD} children in a row                            {flood.rate / bare.rate:6.1%}  (bar 40%)")
    print(f"  two processes beside one, children                {whole(CHILD).rate / whole(CHILD, 1).rate:6.2f}  (bar 1.8)")
    print(f"  two processes beside one, the bare form           {whole(BARE).rate / whole(BARE, 1).rate:6.2f}")
    print(f"  a bare form's press {bare.told()}\n  a child's press     {child.told()}\n  an adult's press    {adult.told()}")
    print(f"  memory of both processes                          {memory:6.0f} MB")


def _presses(running: Served, visit: Visit, how_many: int) -> Figures:
    warm_up(running, visit, USUAL[1])
    return last_presses(running, visit, how_many, USUAL[1])


def _print_beside(kind: str, databases: Databases, commit: str) -> None:
    """Children's visits to an older build and to this one, in turn."""
    with _checked_out(commit) as checkout:
        costs: dict[str, list[Figures]] = {"older": [], "this": []}
        for name, build in (("older", checkout), ("this", ROOT)) * 2:
            with served(databases, "portal", USUAL[0], build) as running:
                costs[name].append(whole_visits(running, CHILD, VISITS, USUAL[1]))
    for name, figures in costs.items():
        print(f"  {name} build, children     {'; '.join(one.told() for one in figures)}")
    older, this = (sum(one.processor for one in costs[name]) for name in ("older", "this"))
    print(f"{kind}: processor of a child's visit beside {commit}: {this / older:.2f} (bar 0.25)")


@contextmanager
def _checked_out(commit: str) -> Iterator[Path]:
    """An older build, in a folder of its own."""
    folder = ROOT / "instance" / "older-build"
    subprocess.run(
        ["/usr/bin/env", "git", "worktree", "add", "--force", "--detach", str(folder), commit], cwd=ROOT, check=True
    )
    try:
        yield folder
    finally:
        subprocess.run(["/usr/bin/env", "git", "worktree", "remove", "--force", str(folder)], cwd=ROOT, check=True)
