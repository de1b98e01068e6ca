"""The documents are true: every folder is on the map, every command and setting is in the README."""

import re
from pathlib import Path

from portal.config import setting_names

ROOT = Path(__file__).parents[2]
README, MAP = (ROOT / "README.md").read_text(), (ROOT / "docs/map.md").read_text()


def test_every_room_is_on_the_map():
    rooms = {path.name for path in (ROOT / "portal").iterdir() if path.is_dir() and not path.name.startswith("__")}
    assert {room for room in rooms if f"`portal/{room}/`" not in MAP} == set()


def test_every_file_beside_the_rooms_is_on_the_map():
    files = {path.name for path in (ROOT / "portal").glob("*.py")} - {"__init__.py"}
    assert {name for name in files if f"portal/{name}" not in MAP} == set()


def test_the_map_names_nothing_that_is_not_there():
    named = re.findall(r"`(portal/[\w/]+(?:\.py|/))`", MAP)
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_command_is_in_the_readme(app):
    for name, group in app.cli.commands.items():
        if name not in ("run", "shell", "routes", "db", "users", "roles"):
            for command in getattr(group, "commands", {"": None}):
                assert f"{name} {command}".strip() in README, f"{name} {command}"


def test_every_setting_is_in_the_readme():
    read = set(re.findall(r'"(PORTAL_\w+)"', (ROOT / "portal/config.py").read_text()))
    read |= setting_names()
    assert {name for name in read if name not in README} == set()


def test_every_target_says_what_it_does():
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M)
    told = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.M)
    assert targets == told


def test_decisions_are_numbered_without_a_gap():
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs/decisions").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_dependency_has_its_reason():
    reasons = (ROOT / "docs/decisions/0005-dependencies.md").read_text().lower()
    lines = (ROOT / "requirements.in").read_text() + (ROOT / "requirements-dev.in").read_text()
    for line in lines.splitlines():
        name = re.split(r"[=\[<>]", line)[0].strip()
        if name and not name.startswith(("#", "-r")):
            assert name in reasons, name


def test_no_registry_is_named_in_the_locks():
    for name in ("requirements.txt", "requirements-dev.txt"):
        assert "://" not in (ROOT / name).read_text()
