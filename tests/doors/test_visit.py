"""A visitor's tablet: the child's own screens, which clear themselves; and what is sorted is recorded in seconds."""

import re
from html import unescape

import pytest
from sqlalchemy import select

from portal.cases.models import Case, Kind
from portal.database import db
from portal.intake.models import Draft
from tests.factories.web import fill_in, page_of


def clears(client, address):
    """After how many seconds without a touch a page clears itself, and where it goes without scripts."""
    page = page_of(client.get(address))
    found = re.search(r'data-clear="(\d+)"', page)
    goes = re.search(r'<noscript><meta http-equiv="refresh" content="(.+?)">', page)
    return (int(found[1]) if found else 0, unescape(goes[1]) if goes else "")


def test_every_screen_on_a_visit_clears_itself_and_asks_first(client):
    assert clears(client, "/y/1") == (0, "")
    assert fill_in(client, "/helping/visit").location == "/y/"
    fill_in(client, "/y/")
    assert clears(client, "/y/1") == (600, "600;url=/y/still?back=/y/1")
    page = page_of(client.get("/y/4"))
    assert "Are you still there? We will clear this page soon." in page
    assert "In 10 minutes we ask if you are still there." in page
    fill_in(client, "/y/4", words="hello")
    fill_in(client, "/y/6")
    assert clears(client, "/y/7") == (120, "120;url=/y/still?back=/y/7")
    assert "We clear this page 2 minutes after you last touch it." in page_of(client.get("/y/7"))
    assert clears(client, "/y/still?back=/y/7") == (60, "60;url=/helping/visit")


def test_whoever_is_still_there_goes_on_where_they_were(client):
    fill_in(client, "/helping/visit")
    fill_in(client, "/y/")
    fill_in(client, "/y/4", words="secret thing")
    page = page_of(client.get("/y/still?back=/y/4"))
    assert "secret thing" not in page
    assert 'href="/y/4"' in page
    assert "secret thing" in page_of(client.get("/y/4"))


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "/staff/queue"])
def test_the_question_never_leads_elsewhere(client, back):
    assert back not in page_of(client.get("/y/still", query_string={"back": back}))


def test_a_tablet_that_clears_itself_wipes_what_was_written(app, client):
    fill_in(client, "/helping/visit")
    fill_in(client, "/y/")
    fill_in(client, "/y/4", words="secret thing")
    client.get("/helping/visit")
    with app.app_context():
        assert db.session.scalars(select(Draft)).all() == []


def test_the_page_of_the_visit_forgets_who_was_there_before(client):
    fill_in(client, "/helping/visit")
    fill_in(client, "/y/")
    fill_in(client, "/y/4", words="secret thing")
    client.get("/helping/visit")
    assert "secret thing" not in page_of(client.get("/y/6"))
    assert "secret thing" not in page_of(client.get("/y/4"))


def test_clear_leads_back_to_the_visit(client):
    fill_in(client, "/helping/visit")
    fill_in(client, "/y/")
    fill_in(client, "/y/4", words="hello")
    fill_in(client, "/y/6")
    assert fill_in(client, "/y/7", "/y/clear").headers["Refresh"] == "0;url=/left"
    assert client.get("/left").location == "/helping/visit"


def test_staff_know_that_it_came_on_a_visit(app, client):
    fill_in(client, "/helping/visit")
    fill_in(client, "/y/")
    fill_in(client, "/y/4", words="hello")
    fill_in(client, "/y/6")
    with app.app_context():
        assert "visited" in db.session.scalars(select(Case)).one().person["how"]


def test_what_is_sorted_is_one_page_and_is_counted_as_an_issue(app, client):
    page = page_of(fill_in(client, "/helping/sorted", who="independent_visitor", words="The bike came back"))
    assert "It is recorded" in page
    with app.app_context():
        case = db.session.scalars(select(Case)).one()
        assert case.kind is Kind.ISSUE
        assert case.reference in page


def test_coming_back_on_a_visit_clears_itself_too_and_is_shut_when_another_child_begins(client):
    fill_in(client, "/helping/visit")
    fill_in(client, "/y/")
    fill_in(client, "/y/4", words="hello")
    fill_in(client, "/y/6")
    words = page_of(client.get("/y/7")).split('translate="no">')[1].split("<")[0]
    fill_in(client, "/y/back", words=words)
    assert clears(client, "/y/answer")[0] == 600
    fill_in(client, "/y/")
    assert client.get("/y/answer").location == "/y/back"
