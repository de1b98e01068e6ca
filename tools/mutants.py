"""`make mutants ROOM=…`: breaks one line of a room at a time and says which breaks its tests do not notice. Outside CI.

A copy of the project is broken, never the project itself. The score is the share of breaks that a test noticed.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
COPIED = ("portal", "tests", "templates", "static", "docs", "migrations", "tools", "wsgi.py", "pyproject.toml")
NOTICED, UNNOTICED = {"killed", "timeout", "suspicious"}, {"survived", "no tests"}
LINE = re.compile(r"^\s*([\w.]+?)\.x(?:ǁ\w+?ǁ|_)\w*__mutmut_\d+: ([\w ]+)$", re.M)


def main() -> None:
    """Copy, break, run, and print the score of each file."""
    room = sys.argv[1] if len(sys.argv) > 1 else "procedure"
    place = Path(tempfile.mkdtemp(prefix="your-say-mutants-"))
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, place / name)
    with (place / "pyproject.toml").open("a") as settings:
        settings.write(
            f'\n[tool.mutmut]\nsource_paths = ["portal/{room}"]\npytest_add_cli_args_test_selection = ["tests/{room}"]\n'
            f"also_copy = {json.dumps(COPIED)}\n"
        )
    mutmut = Path(sys.executable).parent / "mutmut"
    told = os.environ | {"CI": ""}
    subprocess.run([mutmut, "run"], cwd=place, check=False, env=told, stdout=subprocess.DEVNULL)
    results = subprocess.run([mutmut, "results", "--all", "true"], cwd=place, check=False, capture_output=True, text=True)
    show(results.stdout)
    print(f"\nThe breaks lie in {place}: `mutmut show NAME` there prints one.")


def show(results: str) -> None:
    """Print how many breaks of each file were noticed, and the score of the room."""
    noticed, every = Counter[str](), Counter[str]()
    for module, state in LINE.findall(results):
        if state in NOTICED | UNNOTICED:
            every[module] += 1
            noticed[module] += state in NOTICED
    for module in sorted(every):
        print(f"{module:45} {noticed[module]:4} of {every[module]:4}  {100 * noticed[module] / every[module]:5.1f} %")
    total = every.total() or 1
    print(f"{'all':45} {noticed.total():4} of {total:4}  {100 * noticed.total() / total:5.1f} %")


if __name__ == "__main__":
    main()
