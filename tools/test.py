"""`make test`: lint, types, import contracts, templates, then every test. The first failure stops it.

With CI=true nothing may be skipped: a test that cannot run fails.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = ROOT / ".venv" / "bin"
CODE = ("portal", "tests", "tools", "wsgi.py")
CHECKS = {
    "lint": (BIN / "ruff", "check", "--quiet", *CODE),
    "format": (BIN / "ruff", "format", "--check", "--quiet", *CODE),
    "types": (BIN / "mypy", "--no-error-summary"),
    "import contracts": (BIN / "lint-imports", "--no-cache"),
    "templates": (BIN / "djlint", "templates", "--lint", "--quiet"),
}
TESTS = (BIN / "python", "-m", "pytest", "-n", "2", "--dist", "loadgroup", "-rs")


def main() -> None:
    """Run the checks, then the tests."""
    for name, command in CHECKS.items():
        done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{done.stdout}{done.stderr}\n{name}: not in order, see above.")
        print(f"{name}: in order", flush=True)
    if "--check" not in sys.argv:
        sys.exit(subprocess.run(TESTS, cwd=ROOT, check=False).returncode)


if __name__ == "__main__":
    main()
