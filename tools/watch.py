"""`make watch ROOM=desk`: the tests of one room, again after each change of code, templates or tests."""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
WATCHED, KINDS, SECONDS = ("portal", "templates", "static", "tests"), {".py", ".html", ".txt", ".css", ".js"}, 0.5
PYTEST = (sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadgroup", "-x")


def newest_change() -> float:
    """When a file was changed last."""
    files = (path for folder in WATCHED for path in (ROOT / folder).rglob("*") if path.suffix in KINDS)
    return max(path.stat().st_mtime for path in files)


def main() -> None:
    """Run, wait for a change, run again."""
    tests = sys.argv[1:] or ["tests"]
    seen = 0.0
    while True:
        if (newest := newest_change()) > seen:
            seen = newest
            subprocess.run([*PYTEST, *tests], cwd=ROOT, check=False)
            print("\nWaiting for a change. Stop with Ctrl-C.", flush=True)
        time.sleep(SECONDS)


if __name__ == "__main__":
    main()
