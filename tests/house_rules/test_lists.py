"""The lists of attacks, guards, screens and bars name what is there."""

import re
from pathlib import Path

from tests.house_rules.test_asvs import names_in

ROOT = Path(__file__).parents[2]
GUARDS = (ROOT / "docs" / "guards.md").read_text(encoding="utf-8")
TEST = r"`(tests/[\w/]+\.py)::(test_\w+)`"
NAMED = re.findall(TEST, (ROOT / "docs" / "attacks.md").read_text(encoding="utf-8"))


def test_every_attack_of_the_list_is_a_test():
    assert len(NAMED) > 50
    assert [f"{path}::{name}" for path, name in NAMED if name not in names_in(path)] == []


def test_no_attack_stands_there_twice():
    assert len(set(NAMED)) == len(NAMED)


def test_every_guard_has_its_row_and_a_test_that_is_there():
    assert re.findall(r"^\| (G\d+) \|", GUARDS, re.M) == [f"G{number}" for number in range(1, 15)]
    assert [f"{path}::{name}" for path, name in re.findall(TEST, GUARDS) if name not in names_in(path)] == []


def test_every_guard_that_the_code_names_has_a_row():
    named = {
        guard for path in (ROOT / "portal").rglob("*.py") for guard in re.findall(r"\bG\d{1,2}\b", path.read_text("utf-8"))
    }
    assert named <= set(re.findall(r"^\| (G\d+) \|", GUARDS, re.M))
    assert len(named) > 5


def test_every_screen_that_the_code_names_has_a_row_and_its_file_is_there():
    screens = (ROOT / "docs" / "child-screens.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| ([CH]\d*) \|", screens, re.M))
    doors = (ROOT / "portal" / "doors").rglob("*.py")
    named = {screen for path in doors for screen in re.findall(r"\b[CH]\d{1,2}\b", path.read_text("utf-8"))}
    assert named - rows == set()
    assert len(named) > 10
    assert [path for path in re.findall(r"`(portal/[\w/]+\.py)`", screens) if not (ROOT / path).is_file()] == []


def test_every_bar_that_a_test_prints_has_a_row_and_a_test_that_is_there():
    bars = (ROOT / "docs" / "bars.md").read_text(encoding="utf-8")
    rows = {number for row in re.findall(r"^\| ([\d, ]+) \|", bars, re.M) for number in row.split(", ")}
    printed = {
        number for path in (ROOT / "tests").rglob("*.py") for number in re.findall(r"\bbar (\d+)", path.read_text("utf-8"))
    }
    assert printed - rows == set()
    assert len(printed) > 30
    assert [f"{path}::{name}" for path, name in re.findall(TEST, bars) if name not in names_in(path)] == []
