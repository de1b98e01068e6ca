"""Whatever can be next on a case has words and an action that does it; and every action says what it needs to say."""

import re
from pathlib import Path

import pytest

from portal.cases.models import NextAction
from portal.cases.next_actions import NEXT
from portal.compliments.actions import ACTIONS as ON_THANKS
from portal.desk.actions import WHO_MAY_SEE
from portal.desk.every_action import ON_CASES
from portal.desk.routes.case import fresh_forms
from portal.learning.actions import ACTIONS as ON_LESSONS
from tests.factories.cases import a_case

TEMPLATES = Path(__file__).parents[2] / "templates"
ON_RECORDS = (*ON_CASES, *WHO_MAY_SEE, *ON_THANKS, *ON_LESSONS)


@pytest.mark.parametrize("code", NextAction)
def test_every_next_action_has_its_words_and_an_action(code):
    assert NEXT[code].in_queue
    assert NEXT[code].on_case.endswith((".", "?"))
    assert NEXT[code].needs >= 1
    assert code is NextAction.NOTHING or [action.slug for action in ON_CASES if code in action.does]


@pytest.mark.parametrize("action", ON_RECORDS, ids=lambda action: action.slug)
def test_an_action_says_who_may_what_it_leaves_and_what_it_is(action):
    assert action.leaves, "whatever is done is in the audit"
    assert action.told.endswith(".")
    assert action.title or not action.has_page
    assert bool(action.offered_at) == bool(action.link)
    assert action.has_page or not (action.letter or action.preview)


def test_every_link_stands_at_a_place_that_a_page_shows():
    pages = "".join(path.read_text() for path in TEMPLATES.rglob("*.html"))
    shown = set(re.findall(r'offered\("([\w-]+)"', pages))
    assert {action.offered_at for action in ON_CASES if action.offered_at} - shown - {"stage-2", "stage-3"} == set()
    assert 'offered("stage-" ~ stage.number)' in pages


def test_every_action_that_is_pressed_on_the_page_of_a_case_has_its_form_there(in_app):
    with in_app.test_request_context():
        forms = fresh_forms(a_case())
    assert {action.form_name for action in ON_CASES if not action.has_page} - forms.keys() == set()


@pytest.mark.parametrize("actions", [ON_CASES + WHO_MAY_SEE, ON_THANKS, ON_LESSONS])
def test_no_two_actions_on_a_record_have_one_name_or_one_address(actions):
    assert len({action.slug for action in actions}) == len(actions)
    assert len({action.address or action.slug for action in actions}) == len(actions)
