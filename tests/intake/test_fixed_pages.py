"""Pages of fixed words are made once: each visitor's is the same as one made for them alone."""

import pytest

from tests.factories.web import page_of

PAGES = ("/y/", "/y/1")


def choose(client, language):
    with client.session_transaction() as session:
        session["language"] = language


def without_the_keep(app):
    """What was kept of fixed pages is thrown away."""
    app.extensions.pop("fixed pages", None)


def own(page, client):
    """A page without what is one visitor's own."""
    with client.session_transaction() as session:
        token = session["csrf_token"]
    assert token not in page
    signed = page.partition('name="csrf_token" type="hidden" value="')[2].partition('"')[0]
    mark = page.partition('data-visit="')[2].partition('"')[0]
    assert mark
    return page.replace(signed, "TOKEN").replace(mark, "MARK") if signed else page.replace(mark, "MARK")


@pytest.mark.parametrize("language", ["en", "cy", "ar"])
@pytest.mark.parametrize("address", PAGES)
def test_a_page_that_was_kept_is_the_one_that_would_be_made(app, address, language):
    first, second, third = (app.test_client() for _ in range(3))
    for client in (first, second, third):
        choose(client, language)
    page_of(first.get(address))
    kept = own(page_of(second.get(address)), second)
    without_the_keep(app)
    assert own(page_of(third.get(address)), third) == kept


def test_each_visitor_has_the_token_of_their_own_form(app):
    first, second = app.test_client(), app.test_client()
    pages = [page_of(client.get("/y/")) for client in (first, second)]
    tokens = [page.partition('name="csrf_token" type="hidden" value="')[2].partition('"')[0] for page in pages]
    assert tokens[0] != tokens[1]
    assert second.post("/y/", data={"csrf_token": tokens[1]}).location == "/y/1"


def test_languages_are_kept_apart(app):
    english, welsh = app.test_client(), app.test_client()
    choose(welsh, "cy")
    pages = [page_of(client.get("/y/")) for client in (english, welsh, english)]
    assert ['<html lang="en"' in page for page in pages] == [True, False, True]


def test_on_a_tablet_of_a_visitor_nothing_kept_is_shown(app):
    page_of(app.test_client().get("/y/1"))
    tablet = app.test_client()
    with tablet.session_transaction() as session:
        session["visit"] = True
    assert "data-clear" in page_of(tablet.get("/y/1"))


def test_beside_a_draft_with_a_key_of_its_own_the_page_leads_on_with_the_key(app, client):
    """And nobody else's page does."""
    page_of(app.test_client().get("/y/1"))
    assert "d=abcd1234" in page_of(client.get("/y/1?d=abcd1234"))
    assert "d=abcd1234" not in page_of(app.test_client().get("/y/1"))
