"""A child's letters are as easy as a child's screens; an adult's say sorry, a day, and who else can look at it."""

from datetime import date
from types import SimpleNamespace

import pytest

from portal import wording
from portal.cases.models import Promised
from portal.cases.promises import ByWhen
from portal.config import DEMO_COUNCIL
from portal.correspondence.letter_names import NAMES
from portal.procedure.roads import roads
from tests.house_rules.test_reading import check_child

DAY = date(2026, 12, 14)
PART = SimpleNamespace(
    position=1,
    words="The bus",
    called="part 1",
    route="corporate",
    reasons="",
    review_on=DAY,
    finding="upheld",
    ground="out_of_time",
    sooner_words="They could.",
    fair_words="It cannot.",
)
ELEMENT = SimpleNamespace(
    position=1,
    words="The bus",
    evidence="The record",
    finding="upheld",
    reasons="It shows it",
    recommendation="We will ring first",
    searched="The archive",
    independent_agrees=True,
    independent_comment="",
    decision="partially_upheld",
    decision_words="",
)
STAGE = SimpleNamespace(
    number=2,
    due_on=DAY,
    opens_on=DAY,
    asked_late=False,
    report_words="",
    independent_words="",
    extension_words="We need to talk to more people.",
    route="corporate",
)
FACTS = {
    "weeks": 4,
    "level": "all",
    "roads": {1: roads.named("school")},
    "road": roads.named("school"),
    "route": "another_body",
    "by_when": ByWhen(DAY, DAY, is_late=True),
    "kind": "meeting",
    "late_because": "The chair was ill.",
    "statement": SimpleNamespace(number=2, elements=["The bus"], desired="A bus"),
    "needs": "large print",
    "case": SimpleNamespace(
        reference="YS-1",
        parts=[PART],
        handler_id=None,
        received_on=DAY,
        has_sufficient_interest=False,
        standing_reasons="We asked.",
    ),
    "weighed": "the child's views",
    "council": DEMO_COUNCIL,
    "contact": "Rowan Officer",
    "stage": STAGE,
    "strand": STAGE,
    "part": PART,
    "elements": [ELEMENT],
    "outcome": "upheld",
    "finding": "upheld",
    "ending": "withdrawn",
    "words": "",
    "reasons": "We need to talk to more people.",
    "text": "We looked at it.",
    "to_whom": "The school",
    "where": "at the town hall",
    "you_said": "No one rang",
    "we_did": "We ring first now",
    "number": 2,
    "answers": 7,
    "dates": [],
    "is_early": False,
    "is_late": True,
    "is_panel": True,
    "worker": True,
    "said_on": DAY,
    "is_settled": False,
    "passed": [SimpleNamespace(what=what, by_on=DAY) for what in Promised],
    "was_read": False,
    "asked_already": False,
    "is_statutory": True,
    "only_for": "part 1",
    "has_day_later": True,
    "declined": True,
    "heard": [PART],
    "longest": SimpleNamespace(due_on=DAY),
    **dict.fromkeys(
        (
            "due_on",
            "ask_by",
            "until_on",
            "meets_on",
            "review_on",
            "opens_on",
            "longest_on",
            "answer_by",
            "ended_on",
            "comes_back_on",
        ),
        DAY,
    ),
    **dict.fromkeys(("promised_on", "expected_on", "writes_again_on"), DAY),
}
LETTERS = sorted(path.name for path in (wording.TEMPLATES / "letters").glob("*.txt"))
LATE = [name for name in LETTERS if name.startswith(("late_", "right_to"))]
TO_THE_OMBUDSMAN = [
    "stage_2_answer.txt",
    "stage_3_answer.txt",
    "stage_ended.txt",
    "strand_answer.txt",
    "strand_extended.txt",
]


def letter(name, *, is_child):
    return wording.render(f"letters/{name}", **FACTS | {"is_child": is_child})


@pytest.mark.parametrize("name", LETTERS)
def test_a_childs_letter_is_easy(name):
    told = letter(name, is_child=True).replace("Ombudsman", "Name")
    words = "".join(f"<p>{line}</p>" for line in told.splitlines() if line)
    check_child(f'<main id="main">{words}</main>')


def test_every_letter_has_a_name_that_people_use():
    assert {name.removesuffix(".txt") for name in LETTERS} <= NAMES.keys()


@pytest.mark.parametrize("name", LATE)
def test_a_letter_that_we_are_late_says_sorry_and_names_a_day(name):
    told = letter(name, is_child=False)
    assert "sorry" in told
    assert "14 December 2026" in told
    assert "sorry" in letter(name, is_child=True)


@pytest.mark.parametrize("name", [*TO_THE_OMBUDSMAN, "right_to_stage_2.txt", "late_stage_2.txt", "late_stage_3.txt"])
def test_a_letter_that_may_not_content_says_who_else_can_look_at_it(name):
    assert "Ombudsman" in letter(name, is_child=False)


@pytest.mark.parametrize("name", LETTERS)
def test_an_adults_letter_has_the_reference_and_who_wrote_it(name):
    told = letter(name, is_child=False)
    assert told.startswith("Our reference: YS-1")
    assert told.rstrip().endswith("Customer Relations Team")
    assert "\n\n\n\n" not in told
