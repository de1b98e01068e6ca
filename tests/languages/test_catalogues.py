"""The catalogues: whole, with the same gaps to fill as the English, and offered only where the council allows it."""

import re
from datetime import date

import pytest

from portal.languages.catalogues import ENGLISH, OWN_NAMES, catalogue, day_in, languages, offered, phrases
from tests.conftest import app_for
from tests.factories.web import fill_in, page_of
from tools.phrases import found_phrases

OTHERS = [code for code in OWN_NAMES if code != ENGLISH]
GAP = re.compile(r"%\(\w+\)s")
SAME_EVERYWHERE = {"OK", "Start"}  # may be the same word in another language


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalogue_has_every_phrase_of_the_pages_and_no_other(code):
    kept = {str(one.id) for one in catalogue(code) if one.id}
    assert kept == set(found_phrases())


@pytest.mark.parametrize("code", OTHERS)
def test_every_phrase_is_translated_with_the_same_gaps(code):
    for one in catalogue(code):
        if one.id:
            assert one.string, one.id
            assert sorted(GAP.findall(one.string)) == sorted(GAP.findall(one.id)), one.id


@pytest.mark.parametrize("code", OTHERS)
def test_no_catalogue_leaves_the_english_standing(code):
    same = [one.id for one in catalogue(code) if one.id and one.string == one.id]
    assert set(same) <= SAME_EVERYWHERE


def test_none_is_called_checked_before_a_speaker_checked_it():
    assert [language.code for language in offered(only_checked=True)] == [ENGLISH]
    assert [language.code for language in offered(only_checked=False)] == list(OWN_NAMES)


def test_a_portal_that_wants_checked_languages_offers_no_others():
    page = page_of(app_for("sqlite://", only_checked_languages=True).test_client().get("/y/"))
    assert 'value="en"' in page
    assert 'value="pl"' not in page


def test_the_side_a_language_is_read_from():
    assert [code for code, language in languages().items() if language.direction == "rtl"] == ["ar", "ur", "ckb", "fa"]


@pytest.mark.parametrize("code", OTHERS)
def test_a_day_is_said_in_each_language_and_never_with_its_year(code):
    said = day_in(code, date(2026, 6, 2))
    assert said != day_in(ENGLISH, date(2026, 6, 2))
    assert "2026" not in said
    assert "٢٠٢٦" not in said


def test_a_phrase_that_is_not_known_is_said_in_english():
    assert phrases("pl").gettext("No such phrase") == "No such phrase"


@pytest.mark.parametrize("code", OTHERS)
def test_a_child_chooses_a_language_and_every_page_speaks_it_the_right_way_round(begun, code):
    assert fill_in(begun, "/y/", "/language", code=code, back="/y/1").location == "/y/1"
    for address in ("/y/", "/y/1", "/y/4", "/help", "/y/back", "/y/more/feel"):
        page = page_of(begun.get(address))
        assert f'<html lang="{code}" dir="{languages()[code].direction}">' in page
        assert phrases(code).gettext("Get help") in page


def test_errors_are_in_the_childs_language_too(client):
    fill_in(client, "/y/", "/language", code="pl")
    fill_in(client, "/y/")
    page = page_of(fill_in(client, "/y/4"))
    assert phrases("pl").gettext("Pick a picture or tell us some words") in page


def test_staff_read_the_answers_in_english_and_know_the_language(app, client):
    from sqlalchemy import select

    from portal.cases.models import Case
    from portal.database import db

    fill_in(client, "/y/", "/language", code="pl")
    fill_in(client, "/y/")
    fill_in(client, "/y/3", topics=["school"])
    fill_in(client, "/y/6")
    with app.app_context():
        case = db.session.scalars(select(Case)).one()
        assert case.told == [["What is it about?", "School"]]
        assert case.person["language"] == "Polish"


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "/staff/queue", "/y//x", ""])
def test_choosing_a_language_never_leads_elsewhere(client, back):
    assert fill_in(client, "/y/", "/language", code="cy", back=back).location == "/y/"


def test_the_pages_of_staff_stay_english(client):
    fill_in(client, "/y/", "/language", code="ar")
    assert '<html lang="en"' in page_of(client.get("/staff/sign-in"))
