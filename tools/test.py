"""`make test`: lint, types, import contracts, templates, then every test. The first failure stops it.

With CI=true nothing may be skipped: a test that cannot run fails.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
MEMORY, ROOM = Path("/dev/shm"), 4 * 1024**3  # noqa: S108 - a folder of its own is made in it
BIN = ROOT / ".venv" / "bin"
CODE = ("portal", "tests", "tools", "wsgi.py")
CHECKS = {
    "lint": (BIN / "ruff", "check", "--quiet", *CODE),
    "format": (BIN / "ruff", "format", "--check", "--quiet", *CODE),
    "types": (BIN / "mypy", "--no-error-summary"),
    "import contracts": (BIN / "lint-imports", "--no-cache"),
    "templates": (BIN / "djlint", "templates", "--lint", "--quiet"),
}
TESTS = (BIN / "python", "-m", "pytest", "-n", "2", "--dist", "loadgroup", "-rsfE")


def main() -> None:
    """Run the checks, then the tests."""
    for name, command in CHECKS.items():
        done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{done.stdout}{done.stderr}\n{name}: not in order, see above.")
        print(f"{name}: in order", flush=True)
    if "--check" not in sys.argv:
        place = _in_memory()
        try:
            sys.exit(subprocess.run(TESTS, cwd=ROOT, check=False, env=os.environ | place).returncode)
        finally:
            for folder in place.values():
                shutil.rmtree(folder, ignore_errors=True)


def _in_memory() -> dict[str, str]:
    """Where the tests keep their databases: in memory, where there is room. A portal waits for the disk, a test need not."""
    if "PYTEST_DEBUG_TEMPROOT" in os.environ or not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM:
        return {}
    return {"PYTEST_DEBUG_TEMPROOT": tempfile.mkdtemp(prefix="your-say-", dir=MEMORY)}


if __name__ == "__main__":
    main()
