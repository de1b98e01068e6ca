"""Searching over keyed hashes: a whole word, or its beginning from four letters on, whatever the case and accents."""

import pytest
from sqlalchemy import delete, func, select, update

from portal.cases.models import Case, SearchWord
from portal.cases.queries import QueueFilter, queue
from portal.cases.services.indexing import MAX_WORDS
from portal.database import db
from tests.factories.cases import a_case
from tests.factories.web import page_of, queries_of


@pytest.fixture
def officer(staff):
    """Someone of the team, signed in."""
    return staff(name="Rowan")


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


@pytest.mark.parametrize(
    "typed", ["gra", "qui", "randmother", "zo", "zoë nobody", "grandmother bus", "%", "'; drop table cases; --"]
)
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


def test_very_many_cases_with_a_word_are_looked_through_up_to_a_number_and_the_page_says_so(any_app, monkeypatch):
    monkeypatch.setattr("portal.cases.queries.MAX_FOUND", 2)
    newest = [a_case(words="My grandmother").reference for _ in range(3)][1:]
    page = queue(QueueFilter(words="grandmother"))
    assert (page.too_many, len(page.cases)) == (True, 2)
    if db.engine.dialect.name == "sqlite":  # the newest group is looked at first
        assert set(newest) & {case.reference for case in page.cases}
    assert not queue(QueueFilter(words="nobody")).too_many


def test_a_colleague_is_told_that_a_search_did_not_look_at_everything(app, officer, monkeypatch):
    monkeypatch.setattr("portal.cases.queries.MAX_FOUND", 1)
    with app.app_context():
        a_case(words="My grandmother")
    assert "Only some of them are looked through" in page_of(officer.get("/staff/queue?find=grandmother"))
    assert "Only some of them" not in page_of(officer.get("/staff/queue"))


@pytest.mark.parametrize("cases", [1, 30])
def test_a_search_asks_the_database_as_little_for_many_cases_as_for_one(app, officer, cases):
    with app.app_context():
        for _ in range(cases):
            a_case(words="My grandmother")
    assert queries_of(app, officer, "/staff/queue?find=grandmother") <= 18
