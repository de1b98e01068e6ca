"""Nothing grows past its ceiling: a file that does becomes a folder, a function becomes two."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = [path for folder in ("portal", "tools") for path in (ROOT / folder).rglob("*.py")]
BANNED_NAMES = {"utils", "helpers", "common", "misc", "manager", "handler"}


def lines_of(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def test_files_stay_under_300_lines():
    assert {path.name: lines_of(path) for path in CODE if lines_of(path) > 300} == {}


def test_functions_stay_under_40_lines():
    long = {}
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > 40:
                long[f"{path.name}:{node.name}"] = node.end_lineno - node.lineno + 1
    assert long == {}


def test_templates_stay_under_150_lines():
    templates = [path for path in (ROOT / "templates").rglob("*") if path.is_file()]
    assert {path.name: lines_of(path) for path in templates if lines_of(path) > 150} == {}


def test_lines_of_templates_stay_under_120_letters():
    """But for a phrase of a catalogue, which is one piece, and the points of a drawing."""
    long = []
    for path in (ROOT / "templates").rglob("*.html"):
        for line in path.read_text(encoding="utf-8").splitlines():
            is_one_piece = re.search(r'_\("[^"]{80,}"', line) or re.search(r'd="[^"]{80,}"', line)
            if len(line) > 120 and not is_one_piece:
                long.append((path.name, line[:60]))
    assert long == []


def test_no_dictionary_of_words_stands_in_a_template():
    """`portal/code_words.py` has them; what is translated stays where its phrases are found."""
    found = [
        path.name
        for path in (ROOT / "templates").rglob("*.*")
        if re.search(r'\{\s*"\w+":\s*"[A-Za-z][a-z ]', path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_test_files_stay_under_400_lines():
    assert {path.name: lines_of(path) for path in (ROOT / "tests").rglob("*.py") if lines_of(path) > 400} == {}


def test_no_room_or_file_has_a_name_that_says_nothing():
    assert {path.name for path in (ROOT / "portal").rglob("*") if path.stem in BANNED_NAMES} == set()


def test_the_app_is_built_in_few_lines():
    assert lines_of(ROOT / "wsgi.py") <= 6
    assert lines_of(ROOT / "portal" / "__init__.py") == 1


def test_only_the_clock_asks_the_time():
    asking = ("datetime.now(", "date.today(", "datetime.utcnow(", "time.time(")
    found = {path.name for path in CODE for words in asking if words in path.read_text(encoding="utf-8")}
    assert found <= {"clock.py", "bench.py"}


def test_the_public_prints_no_third_party_code():
    assert {path.suffix for path in (ROOT / "static").rglob("*") if path.is_file()} <= {".css", ".js", ".svg", ".png"}


def test_each_picture_is_named_once():
    drawn = (ROOT / "templates" / "components" / "pictures.html").read_text(encoding="utf-8")
    names = re.findall(r'^ "(\w+)":', drawn, re.M)
    assert len(names) == len(set(names)) > 20
