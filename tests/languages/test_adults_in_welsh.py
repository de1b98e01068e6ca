"""The pages of adults in Welsh: whole, polite, also with errors; staff read English, and a child's Polish stays theirs."""

import re
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from sqlalchemy import select

from portal.cases.models import Case
from portal.database import db
from portal.languages.catalogues import ADULTS, catalogue, full_day_in, offered_to_adults, phrases
from portal.people.roles import Role
from portal.wording import day
from tests.conftest import app_for
from tests.doors.test_doors import ADULT, HELPER, walk
from tests.factories.web import fill_in, form_on, page_at, page_of
from tools.phrases import ADULT_PAGES, bring_up_to_date

GAP = re.compile(r"%\(\w+\)s")
STEPS = tuple(f"/complain/{slug}" for slug in ADULT)
HELPING = tuple(f"/helping/{slug}" for slug in HELPER)
PAGES = (
    *("/", "/complain/", "/complain/back", "/complain/check", "/helping/", "/helping/visit", "/helping/sorted"),
    *("/thanks", "/thanks/sent", "/you-said", "/nowhere", *STEPS, *HELPING),
)
WELSH = '<html lang="cy" dir="ltr">'
ENGLISH_PHRASES = [words for words in ADULT_PAGES.phrases() if len(words) > 8 and "%(" not in words]


def in_welsh(client):
    assert fill_in(client, "/", "/language", code="cy").location == "/"
    return client


def english_left_on(page):
    """Phrases of ours that stand on a page in English, except where Welsh has the same letters."""
    seen = unescape(re.sub(r"<[^>]+>", "\n", page))
    shown = {line.strip() for line in seen.splitlines()}
    labels = set(re.findall(r'aria-label="([^"]+)"', page))
    return [words for words in ENGLISH_PHRASES if words in shown | labels]


def test_the_catalogue_has_every_phrase_of_the_pages_and_no_other():
    assert [str(one.id) for one in catalogue("cy", ADULTS) if one.id] == ADULT_PAGES.phrases()


def test_every_phrase_is_translated_with_the_same_gaps():
    for one in catalogue("cy", ADULTS):
        if one.id:
            assert one.string, one.id
            assert one.string != one.id
            assert sorted(GAP.findall(one.string)) == sorted(GAP.findall(one.id)), one.id
            assert ("(optional)" in one.id) == ("(dewisol)" in one.string), one.id


def test_what_a_page_tells_people_to_tap_is_called_so():
    said = phrases("cy", for_adults=True).gettext
    tap = (
        "To go on, come to this site, choose your form, and tap “Go on with what you saved”. You can do that on any device."
    )
    assert f"“{said('Go on with what you saved')}”" in said(tap)


def test_numbers_in_a_sentence_stay_the_same():
    for one in catalogue("cy", ADULTS):
        if one.id:
            assert re.findall(r"\d+", one.string) == re.findall(r"\d+", one.id), one.id


def test_adults_are_addressed_politely_and_children_as_friends():
    assert phrases("cy", for_adults=True).gettext("What is your name?") == "Beth yw eich enw?"
    assert phrases("cy").gettext("What is your name?") == "Beth yw dy enw di?"


def test_the_catalogue_is_brought_up_to_date_and_loses_nothing(tmp_path, monkeypatch, capsys):
    folder = tmp_path / "adults"
    folder.mkdir()
    (folder / "cy.po").write_text((ADULTS / "cy.po").read_text())
    bring_up_to_date(type(ADULT_PAGES)(folder, ("cy",), ADULT_PAGES.files))
    assert (folder / "cy.po").read_text() == (ADULTS / "cy.po").read_text()
    assert " 0 without a translation" in capsys.readouterr().out


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_in_welsh_after_it_was_chosen_and_in_english_before(begun, address):
    before = page_at(begun, address)
    assert '<html lang="en" dir="ltr">' in before
    assert english_left_on(before)
    page = page_at(in_welsh(begun), address)
    assert WELSH in page
    assert english_left_on(page) == []


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        *[(f"/complain/{slug}", {}) for slug in ("link", "what", "court", "contact", "name", "back")],
        ("/complain/when", {"month": "13", "year": "99"}),
        ("/complain/when", {"month": "May"}),
        ("/complain/link", {"link": "nobody"}),
        ("/complain/contact", {"email": "nobody"}),
        ("/complain/contact", {"answer_forms": ["nothing"], "post": "x" * 1_001}),
        ("/complain/back", {"words": "tiger spoon cloud rose"}),
        *[(f"/helping/{slug}", {}) for slug in ("who", "knows", "words", "reply", "you", "sorted")],
        ("/helping/you", {"name": "x" * 301}),
        ("/thanks", {}),
    ],
)
def test_errors_are_in_welsh(begun, address, typed):
    page = page_of(fill_in(in_welsh(begun), address, **typed))
    assert WELSH in page
    assert "<title>Gwall: " in page
    assert "Mae problem" in page
    assert english_left_on(page) == []


def test_a_text_that_is_too_long_says_so_in_welsh_with_its_numbers(begun):
    page = page_of(fill_in(in_welsh(begun), "/complain/name", name="x" * 301))
    assert "Defnyddiwch 300 o lythrennau ar y mwyaf." in page
    page = page_of(fill_in(begun, "/complain/what", what="x" * 50_001))
    assert "mae 50,001 o lythrennau ynddo" in page


def test_a_file_that_is_refused_is_refused_in_welsh(client):
    fields = form_on(page_of(in_welsh(client).get("/thanks")), "/thanks")
    fields |= {"thanked": "Kit", "words": "Kit rang", "photo": (BytesIO(b"MZ" + bytes(99)), "cards.exe")}
    page = page_of(client.post("/thanks", data=fields, content_type="multipart/form-data"))
    assert "Ni dderbynnir rhaglenni" in page
    assert english_left_on(page) == []


def test_the_answers_are_checked_in_welsh_and_reach_staff_in_english(app, client):
    in_welsh(client)
    walk(client, "complain", ADULT | {"when": {"month": "3", "year": "2026", "still_going_on": "y"}})
    page = page_of(client.get("/complain/check"))
    assert english_left_on(page) == []
    for words in (
        "Beth yw eich cysylltiad â&#39;r plentyn?",
        "Fi yw rhiant y plentyn",
        'Mae&#39;n dal i ddigwydd</dt><dd dir="auto">Ie',
    ):
        assert words in page
    fill_in(client, "/complain/check")
    sent = page_of(client.get("/complain/sent"))
    assert WELSH in sent
    assert english_left_on(sent) == []
    assert "10 diwrnod gwaith" in sent
    with app.app_context():
        case = db.session.scalars(select(Case)).one()
        told = dict(case.told)
        assert told["What is your link to the child?"] == "I am the child's parent, or I have parental responsibility"
        assert told["It is still going on"] == "Yes"
        assert case.person["safe_to_write"] == "yes"
        assert not set(told) & set(phrases("cy", for_adults=True).said.values())


def test_a_helper_sends_in_welsh_and_staff_read_english(app, client):
    walk(in_welsh(client), "helping", HELPER)
    fill_in(client, "/helping/check")
    with app.app_context():
        told = dict(db.session.scalars(select(Case)).one().told)
        assert told["Who are you?"] == "Advocate"
        assert told["Does the child know you are telling us?"] == "Yes, they asked me to"


def test_what_is_sorted_and_recorded_in_welsh_is_told_in_english(app, client):
    page = page_of(fill_in(in_welsh(client), "/helping/sorted", words="Mae'r beic yn ôl"))
    assert "Mae wedi&#39;i gofnodi" in page or "Mae wedi'i gofnodi" in page
    with app.app_context():
        case = db.session.scalars(select(Case)).one()
        assert case.told == [["What was it, and how was it sorted?", "Mae'r beic yn ôl"]]


def test_days_are_said_in_welsh_with_their_year(client):
    walk(in_welsh(client), "complain", ADULT)
    fill_in(client, "/complain/check")
    assert re.search(r"Erbyn dydd (Llun|Mawrth|Mercher|Iau|Gwener) \d+ \w+ 20\d\d, ", page_of(client.get("/complain/sent")))


def test_a_day_with_its_year_is_the_same_in_english_as_before():
    assert full_day_in("en", date(2026, 6, 2)) == day(date(2026, 6, 2)) == "Tuesday 2 June 2026"
    assert full_day_in("cy", date(2026, 6, 2)) == "dydd Mawrth 2 Mehefin 2026"


def test_choosing_beside_a_question_keeps_what_was_typed(client):
    fill_in(client, "/complain/")
    page = page_of(fill_in(client, "/complain/what", language="cy", what="They never rang"))
    assert WELSH in page
    assert "They never rang" in page
    assert "<title>Gwall" not in page
    assert '<button class="plain" name="language" value="en" lang="en">English</button>' in page
    assert '<html lang="en"' in page_of(fill_in(client, "/complain/what", language="en", what="x"))


def test_a_choice_without_the_pages_own_token_changes_nothing(client):
    assert '<html lang="en"' in page_of(client.post("/complain/what", data={"language": "cy", "what": "x"}))
    client.post("/language", data={"code": "cy", "back": "/"})
    assert '<html lang="en"' in page_of(client.get("/"))


def test_a_page_that_shows_words_once_has_no_way_to_lose_them(client):
    fill_in(client, "/complain/")
    fill_in(client, "/complain/link", link="parent")
    assert 'action="/language"' not in page_of(fill_in(client, "/complain/what", save="yes", what="x"))


@pytest.mark.parametrize("address", ["/helping/sorted", "/thanks"])
def test_choosing_beside_what_is_typed_leads_back_to_it(begun, address):
    assert fill_in(begun, address, go="speak-cy", words="half a sen").location == address
    page = page_of(begun.get(address))
    assert WELSH in page
    assert "half a sen" in page


@pytest.mark.parametrize("back", ["/complain/back", "/you-said", "/"])
def test_choosing_leads_back_to_the_page_of_the_choice(begun, back):
    assert fill_in(begun, back, "/language", code="cy").location == back


@pytest.mark.parametrize("address", ["/nowhere", "/thanks/nowhere", "/healthz/x"])
def test_choosing_on_an_error_page_leads_to_the_first_page(client, address):
    assert fill_in(client, address, "/language", code="cy").location == "/"


@pytest.mark.parametrize(
    "back",
    [
        "/staff/queue",
        "/complain/../staff/queue",
        "/complain//elsewhere.example",
        "/thanks?x=1",
        "/\\elsewhere",
        "/leave",
    ],
)
def test_choosing_never_leads_to_staff_or_elsewhere(client, back):
    assert fill_in(client, "/", "/language", code="cy", back=back).location == "/y/"


def test_a_childs_polish_does_not_make_an_adults_page_polish(begun):
    fill_in(begun, "/y/", "/language", code="pl")
    for address in ("/", "/complain/", "/helping/", "/helping/words", "/thanks", "/nowhere"):
        page = page_of(begun.get(address))
        assert '<html lang="en" dir="ltr">' in page
        assert phrases("pl").gettext("There is a problem") not in page
    assert '<html lang="pl"' in page_of(begun.get("/y/1"))


def test_a_childs_pages_are_in_welsh_too_and_speak_to_a_child(begun):
    in_welsh(begun)
    page = page_of(begun.get("/y/more/name"))
    assert '<html lang="cy"' in page
    assert "Beth yw dy enw di?" in page


def test_staff_read_english_whatever_they_chose_outside(staff):
    client = in_welsh(staff(Role.CUSTOMER_RELATIONS))
    for address in ("/staff/log", "/staff/queue", "/staff/nowhere"):
        page = page_of(client.get(address))
        assert '<html lang="en" dir="ltr">' in page
        assert 'action="/language"' not in page
    page = page_of(fill_in(client, "/staff/log", words="x" * 50_001, about="Kit"))
    assert "This is too long: it has 50,001 letters." in page
    assert "There is a problem" in page


def test_signing_in_is_in_english_and_offers_no_other(client):
    page = page_of(in_welsh(client).get("/staff/sign-in"))
    assert '<html lang="en"' in page
    assert 'action="/language"' not in page
    assert "Get help now" in page


def test_a_tablet_keeps_the_helpers_welsh_and_forgets_the_childs(client):
    assert WELSH in page_of(in_welsh(client).get("/helping/visit"))
    assert fill_in(client, "/helping/visit").location == "/y/"
    fill_in(client, "/y/", "/language", code="cy")
    assert '<html lang="en"' in page_of(client.get("/helping/visit"))


def test_a_portal_that_wants_checked_languages_offers_none_that_is_not():
    assert [one.code for one in offered_to_adults(only_checked=True)] == ["en"]
    assert [one.code for one in offered_to_adults(only_checked=False)] == ["en", "cy"]
    page = page_of(app_for("sqlite://", only_checked_languages=True).test_client().get("/thanks"))
    assert 'action="/language"' not in page
