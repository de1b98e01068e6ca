"""The list of attacks names tests that are there."""

import re
from pathlib import Path

from tests.house_rules.test_asvs import names_in

ROOT = Path(__file__).parents[2]
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", (ROOT / "docs" / "attacks.md").read_text(encoding="utf-8"))


def test_every_attack_of_the_list_is_a_test():
    assert len(NAMED) > 50
    assert [f"{path}::{name}" for path, name in NAMED if name not in names_in(path)] == []


def test_no_attack_stands_there_twice():
    assert len(set(NAMED)) == len(NAMED)
