"""The page about ASVS 5.0.0 is whole and true: every item once, a verdict for each, and evidence that is there."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/asvs.md").read_text(encoding="utf-8")
TABLES = PAGE.partition("\n## V1 ")[2]
VERDICTS = ("met", "not met", "does not apply")
IN_CHAPTER = (27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7)  # items of levels 1 and 2, from V1 to V17
LEVELS = """
    1.1=22 1.2=1111122223 1.3=112222222223 1.4=222 1.5=123  2.1=122 2.2=112 2.3=12223 2.4=23
    3.1=3 3.2=113 3.3=12223 3.4=11222233 3.5=11122333 3.6=3 3.7=22333  4.1=12233 4.2=23333 4.3=22 4.4=1222
    5.1=2 5.2=112333 5.3=113 5.4=222  6.1=122 6.2=111111112222 6.3=11223333 6.4=112233 6.5=22222333 6.6=2223 6.7=33 6.8=2222
    7.1=222 7.2=1111 7.3=22 7.4=11222 7.5=223 7.6=22  8.1=1233 8.2=1123 8.3=133 8.4=23  9.1=111 9.2=1222
    10.1=22 10.2=223 10.3=22223 10.4=1111122222233333 10.5=22222 10.6=22 10.7=222
    11.1=2233 11.2=22233 11.3=11233 11.4=1222 11.5=23 11.6=23 11.7=33  12.1=12233 12.2=11 12.3=22223
    13.1=2333 13.2=222223 13.3=2233 13.4=1222233  14.1=22 14.2=12223333 14.3=122  15.1=12233 15.2=12233
    15.3=1222222 15.4=3333  16.1=2 16.2=22222 16.3=2222 16.4=222 16.5=2223  17.1=23 17.2=22223333 17.3=22
"""  # the level of each item of each section, in their order
DOCUMENT = r"docs/[\w/-]+\.(?:md|conf)"
TEST, CODE = r"tests/[\w/]+\.py::test_\w+", r"portal/[\w/]+\.py: \w+"
ROWS = [tuple(cell.strip() for cell in line[1:-1].split(" | ")) for line in TABLES.splitlines() if line.startswith("| V")]


def wanted():
    for section, _, levels in (part.partition("=") for part in LEVELS.split()):
        for number, level in enumerate(levels, start=1):
            if level in "12":
                yield f"V{section}.{number}", level


@cache
def names_in(path):
    """Every function, class and constant of a file."""
    found = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return found


def test_every_item_of_levels_1_and_2_is_there_once_and_in_order():
    assert [row[:2] for row in ROWS] == list(wanted())


def test_each_chapter_has_as_many_as_the_standard():
    counted = Counter(int(row[0][1:].partition(".")[0]) for row in ROWS)
    assert tuple(counted[chapter] for chapter in range(1, 18)) == IN_CHAPTER


def test_each_item_says_in_a_few_words_what_it_is_about():
    assert [row[0] for row in ROWS if not 3 <= len(row[2].split()) <= 10] == []


def test_each_verdict_is_one_of_three():
    assert [row[0] for row in ROWS if row[3] not in VERDICTS] == []


def test_what_is_met_names_something_to_look_up():
    assert [row[0] for row in ROWS if row[3] == "met" and not re.search(f"`({TEST}|{CODE}|{DOCUMENT})`", row[4])] == []


def test_what_is_not_met_or_does_not_apply_says_why():
    assert [row[0] for row in ROWS if row[3] != "met" and len(row[4].split()) < 4] == []


def test_every_test_that_is_named_is_there():
    named = [one.split("::") for one in re.findall(f"`({TEST})`", PAGE)]
    assert len(named) > 100
    assert [f"{path}::{name}" for path, name in named if name not in names_in(path)] == []


def test_every_function_that_is_named_is_there():
    named = [one.split(": ") for one in re.findall(f"`({CODE})`", PAGE)]
    assert named
    assert [f"{path}: {name}" for path, name in named if name not in names_in(path)] == []


def test_nothing_is_named_in_another_shape():
    named = re.findall(r"`((?:tests|portal|docs|templates|static)/[^`]+)`", PAGE)
    files = [one for one in named if not re.fullmatch(f"{TEST}|{CODE}", one)]
    assert [one for one in files if not list(ROOT.glob(one))] == []


def test_the_counts_of_the_introduction_are_those_of_the_tables():
    said = re.search(
        r"Of (\d+) items \((\d+) of level 1, (\d+) of level 2\) (\d+) are met, (\d+) are not met and (\d+) do not", PAGE
    )
    levels, verdicts = Counter(row[1] for row in ROWS), Counter(row[3] for row in ROWS)
    counted = (len(ROWS), levels["1"], levels["2"], *(verdicts[verdict] for verdict in VERDICTS))
    assert tuple(map(int, said.groups())) == counted


def test_what_is_not_met_is_listed_whole_at_the_top():
    listed = re.findall(r"V\d+\.\d+\.\d+", PAGE.partition("\n## V1 ")[0])
    assert sorted(listed) == sorted(row[0] for row in ROWS if row[3] == "not met")


def test_every_document_that_is_named_is_there():
    named = set(re.findall(f"`({DOCUMENT})`", PAGE))
    assert named
    assert [path for path in named if not (ROOT / path).is_file()] == []
