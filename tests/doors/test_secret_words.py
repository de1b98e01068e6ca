"""Secret words: easy to remember, forgiving to type, hard to guess, impossible to find again."""

import itertools

import pytest
from rapidfuzz.distance import OSA
from sqlalchemy import text

from portal.cases.queries import case_by_reference, case_by_secret_words
from portal.cases.secret_words import new_words, pictures, understood, word_list
from portal.cases.services.stock_of_words import draw_secret_words
from portal.clock import today
from portal.database import db
from portal.doors.own_page.forms import NOT_FOUND, WAIT_A_MINUTE
from tests.factories.cases import a_case
from tests.factories.web import errors_on, fill_in, form_on, page_of


@pytest.fixture
def words(in_app):
    drawn = draw_secret_words()
    return a_case(drawn=drawn).id, drawn.words


def test_any_two_words_are_three_slips_apart():
    for one, other in itertools.combinations(pictures(), 2):
        assert OSA.distance(one, other, score_cutoff=2) > 2, (one, other)


def test_there_are_over_a_million_million_sets():
    assert len(word_list()) ** 4 > 10**12
    assert new_words() != new_words()


def test_every_word_that_is_given_out_has_a_picture_of_its_own():
    shown = [pictures()[word] for word in word_list()]
    assert all(shown)
    assert len(set(shown)) == len(shown)


def test_a_word_that_is_no_longer_given_out_is_still_understood():
    assert "garlic" not in word_list()
    assert understood("garlic banana garlik banana") == "garlic banana garlic banana"


def test_slips_case_gaps_and_plurals_are_forgiven(words):
    case_id, said = words
    one, two, three, four = said.split()
    typed = f" {one.upper()}-{two[:-1]}x ,{three}s  {four.title()}. "
    assert case_by_secret_words(typed, today()).id == case_id
    assert case_by_secret_words(said, today()).id == case_id


@pytest.mark.parametrize("typed", ["", "one two", "tiger " * 5, "😀 😀 😀 😀", "a" * 100_000, "tiger\x00 tiger tiger tiger"])
def test_what_is_not_four_words_leads_nowhere(in_app, typed):
    assert case_by_secret_words(typed, today()) is None


def test_other_words_lead_nowhere(words):
    others = [word for word in word_list() if word not in words[1]][:4]
    assert case_by_secret_words(" ".join(others), today()) is None


def test_the_words_are_not_in_the_database(words):
    kept = db.session.execute(text("select * from case_secret_words")).one()
    assert not any(word.encode() in bytes(str(kept), "utf8") for word in words[1].split())
    assert understood(words[1]) == words[1]


def test_wrong_words_get_a_kind_answer_and_stay_on_the_page(client):
    page = page_of(fill_in(client, "/y/back", words="tiger spoon cloud purple"))
    assert "We can't find those words" in errors_on(page)
    assert 'value="tiger spoon cloud purple"' in page


def test_many_guesses_are_slowed_without_blame(app, client):
    said = [errors_on(page_of(fill_in(client, "/y/back", words="a b c d"))) for _ in range(62)]
    assert said[:60] == [NOT_FOUND] * 60
    assert said[61] == WAIT_A_MINUTE
    assert "You have done nothing wrong" in said[61]


def test_the_answer_page_needs_the_words_first(client):
    assert client.get("/y/answer").location == "/y/back"


def test_a_reply_is_kept_once_and_comes_up_first(app, client):
    with app.app_context():
        drawn = draw_secret_words()
        reference, said = a_case(person={}, drawn=drawn).reference, drawn.words
    fill_in(client, "/y/back", words=said)
    fields = form_on(page_of(client.get("/y/answer")), "/y/answer") | {"words": ["are you still there?"]}
    for _ in range(2):
        client.post("/y/answer", data=fields)
    page = page_of(client.get("/y/answer"))
    assert page.count("are you still there?") == 1
    with app.app_context():
        case = case_by_reference(reference)
        assert (case.reads_first_why, case.unread_reply_at is not None) == ("reply", True)


def test_the_four_words_differ():
    assert all(len(set(new_words().split())) == 4 for _ in range(20_000))


@pytest.mark.parametrize(
    "typed", ["bookcase ice cream owl totem", "book case icecream owl totem", "book case ice cream owl tot em"]
)
def test_a_word_may_be_written_as_two(typed):
    assert understood(typed) == "bookcase icecream owl totem"


def test_five_words_are_not_four():
    assert understood("bookcase icecream owl totem owl") is None
