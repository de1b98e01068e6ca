"""Searching over keyed hashes: a whole word, or its beginning from four letters on, whatever the case and accents."""

import pytest
from sqlalchemy import delete, func, select, update

from portal.cases.models import Case, SearchWord
from portal.cases.queries import QueueFilter, queue
from portal.cases.services.indexing import MAX_WORDS
from portal.database import db
from tests.factories.cases import a_case


def found(words):
    return [case.reference for case in queue(QueueFilter(words=words)).cases]


@pytest.mark.parametrize(
    "typed",
    [
        "grandmother",
        "Grandmother",
        "gran",
        "GRANDM",
        "grandmoth",
        "grandmothe",  # ten letters: the longest beginning
        "zoe",
        "Zoë",
        "Straße",
        "strasse",
        "zoë gran",
        "07700900123",
    ],
)
def test_a_name_or_a_word_is_found_by_itself_or_its_beginning(any_app, typed):
    case = a_case(words="My grandmother lives in the Straße", person={"name": "Zoë Quill", "phone": "07700900123"})
    a_case(words="Something else")
    assert found(typed) == [case.reference]


@pytest.mark.parametrize("typed", ["gra", "qui", "randmother", "zo", "zoë nobody", "%", "'; drop table cases; --"])
def test_less_than_four_letters_is_no_beginning_and_marks_are_no_jokers(any_app, typed):
    a_case(words="My grandmother", person={"name": "Zoë Quill"})
    assert found(typed) == []


def test_old_cases_are_found_by_beginnings_after_the_index_is_made_anew(any_app):
    case = a_case(words="My grandmother")
    db.session.execute(delete(SearchWord))
    db.session.execute(update(Case).values(index_version=0))
    db.session.commit()
    assert found("grand") == []
    for _ in range(2):
        assert any_app.test_cli_runner().invoke(args=["casework", "index"]).exit_code == 0
    assert found("grand") == [case.reference]


def test_one_very_long_text_takes_no_more_than_its_share(in_app):
    a_case(words=" ".join(f"word{number}long" for number in range(6_000)))
    assert db.session.scalar(select(func.count()).select_from(SearchWord)) <= 2 * MAX_WORDS
