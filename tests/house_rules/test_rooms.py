"""Who may import what inside a room, and of another room; and how large a room may be."""

import ast
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PORTAL = ROOT / "portal"
ORDER = ("models", "queries", "services", "forms", "actions", "routes", "commands")  # later ones may import earlier ones
MAX_SIZE = 0.15  # of all code
LAWS_ROUTES = "portal.procedure.routes"  # the ways that a part can go, and no pages
SIGN_IN = {"portal.people.models"}  # Flask-Security's mixins are what a person is made of
FILES = sorted(PORTAL.rglob("*.py"))


def name_of(file):
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name_of(file): file for file in FILES}


def room_of(module):
    """`portal.desk` of `portal.desk.routes.case`; each door is a room of its own."""
    depth = 3 if module.startswith("portal.doors.") else 2
    return ".".join(module.split(".")[:depth])


def furniture_of(module):
    """Which of the room's kinds of file a module is, or stands in."""
    rest = module.removeprefix(room_of(module)).split(".")
    return next((part for part in rest if part in ORDER), None)


def imports_of(file):
    """The modules of ours that a file imports, wherever it does; not what it names for types alone."""
    tree = ast.parse(file.read_text())
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("portal"):
            for name in node.names:
                whole = f"{node.module}.{name.name}"
                yield whole if whole in MODULES else node.module


PAIRS = [(module, wanted) for module, file in MODULES.items() for wanted in imports_of(file)]


def test_nobody_imports_another_rooms_routes():
    wrong = [pair for pair in PAIRS if furniture_of(pair[1]) == "routes" and room_of(pair[0]) != room_of(pair[1])]
    assert [pair for pair in wrong if pair[0] != "portal.app" and pair[1] != LAWS_ROUTES] == []


def test_inside_a_room_imports_go_one_way():
    wrong = []
    for module, wanted in PAIRS:
        own, other = furniture_of(module), furniture_of(wanted)
        if own and other and own != other and room_of(module) == room_of(wanted) and ORDER.index(other) > ORDER.index(own):
            wrong.append((module, wanted))
    assert wrong == []


@pytest.mark.parametrize("kind", ["services", "queries", "models"])
def test_what_does_and_what_finds_knows_no_web(kind):
    wrong = []
    for module, file in MODULES.items():
        if furniture_of(module) != kind or module in SIGN_IN:
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            named = node.module if isinstance(node, ast.ImportFrom) else None
            if named and named.split(".")[0] in ("flask", "wtforms", "flask_wtf"):
                wrong.append((module, named))
    assert wrong == []


def test_no_room_holds_more_than_its_share_of_the_code():
    lines = Counter()
    for module, file in MODULES.items():
        lines[room_of(module) if not module.startswith("portal.doors") else "portal.doors"] += len(
            file.read_text().split("\n")
        )
    largest, most = lines.most_common(1)[0]
    assert most <= MAX_SIZE * lines.total(), largest


def test_no_import_goes_round_in_a_circle():
    wanted = {module: {other for one, other in PAIRS if one == module and other != module} for module in MODULES}
    done, path = set(), []

    def follow(module):
        assert module not in path, " → ".join([*path[path.index(module) :], module])
        if module in done:
            return
        path.append(module)
        for other in sorted(wanted[module]):
            follow(other)
        path.pop()
        done.add(module)

    for module in MODULES:
        follow(module)
