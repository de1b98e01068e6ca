"""`python -m tools.bench [NAME ...] [--million] [--beside COMMIT]`: measure what is named, or everything but the longest."""

import argparse
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from tools.bench.desk import bench_desk
from tools.bench.doors import bench_doors
from tools.bench.files import main as bench_files
from tools.bench.memory import bench_memory
from tools.bench.register import bench_register
from tools.bench.scans import bench_scans
from tools.bench.sealing import bench_sealing
from tools.bench.slow_lines import bench_lines
from tools.bench.start import bench_start
from tools.bench.where import bench_where

LONG = {"memory", "sealing", "scans"}  # minutes each


def main() -> None:
    """Measure."""
    asked = argparse.ArgumentParser(prog="python -m tools.bench")
    asked.add_argument("names", nargs="*")
    asked.add_argument("--million", action="store_true", help="pages of colleagues at 1,000,000 cases too (half an hour)")
    asked.add_argument("--beside", default="", metavar="COMMIT", help="an older build to compare children's visits with")
    told = asked.parse_args()
    benches: dict[str, Callable[[Path], None]] = {
        "start": bench_start,
        "where": bench_where,
        "doors": lambda folder: bench_doors(folder, told.beside),
        "desk": lambda folder: bench_desk(folder, million=told.million),
        "register": bench_register,
        "memory": bench_memory,
        "sealing": bench_sealing,
        "files": lambda folder: bench_files(),
        "scans": bench_scans,
        "lines": bench_lines,
    }
    if unknown := set(told.names) - set(benches):
        asked.error(f"{', '.join(sorted(unknown))}: choose from {', '.join(benches)}")
    for name, bench in benches.items():
        if name in told.names or (not told.names and name not in LONG):
            folder = Path(tempfile.mkdtemp())
            try:
                bench(folder)
            finally:
                shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
