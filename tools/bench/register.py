"""What taking over a register of the past costs: processor and memory, by the rows that it has."""

import csv
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

from tools.bench.served import ROOT, prepare

SIZES = (1_000, 5_000)
COLUMNS = (
    "reference,received_on,kind,method,point_of_receipt,complainant,service_area,subject,disposition,"
    "stage_1_extended,stage_1_responded_on,stage_1_outcome"
).split(",")
FIRST = date(2023, 4, 3)


def bench_register(folder: Path) -> None:
    """Print how long the import takes."""
    print("\nregister import (processor, and the most memory that it held)")
    for size in SIZES:
        url, file = f"sqlite:///{folder / f'register-{size}.db'}", folder / f"register-{size}.csv"
        prepare("portal", url)
        _write(file, size)
        subprocess.run([sys.executable, "-c", IMPORT, url, str(file)], cwd=ROOT, check=True)


IMPORT = """
import os, resource, sys
sys.path.insert(0, os.getcwd())
from tools.bench.server import portal_app
app = portal_app(sys.argv[1])
def used():
    told = resource.getrusage(resource.RUSAGE_SELF)
    return told.ru_utime + told.ru_stime, told.ru_maxrss / 1024
before, _ = used()
done = app.test_cli_runner().invoke(args=["register", "import", sys.argv[2]])
assert done.exit_code == 0, done.output
after, most = used()
print(f"  {done.output.strip()}: {after - before:.1f} s (bar 3 s for 1,000), {most:.0f} MB")
"""


def _write(file: Path, rows: int) -> None:
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for number in range(rows):
            on = FIRST + timedelta(days=number % 700)
            told = [
                f"OLD-{number}",
                on,
                "complaint",
                "email",
                "service_area",
                "parent",
                "Early Help / Family Hubs",
                "Communication",
            ]
            if number % 2:
                told += ["accepted", "no", on + timedelta(days=number % 40), "upheld"]
            else:
                told += ["withdrawn", "", "", ""]
            writer.writerow(told)
