"""A visitor's tablet: the child's own screens, which clear themselves; and what is sorted is recorded in seconds."""

from sqlalchemy import select

from portal.casework.models import Case, Kind
from portal.database import db
from tests.factories.web import fill_in, page_of


def test_every_screen_on_a_visit_clears_itself(client):
    assert "Refresh" not in client.get("/y/1").headers
    assert fill_in(client, "/helping/visit").location == "/y/"
    fill_in(client, "/y/")
    assert client.get("/y/1").headers["Refresh"] == "600;url=/helping/visit"
    fill_in(client, "/y/4", words="hello")
    fill_in(client, "/y/6")
    assert client.get("/y/7").headers["Refresh"] == "120;url=/helping/visit"


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
    assert fill_in(client, "/y/7", "/y/clear").location == "/helping/visit"


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
    assert client.get("/y/answer").headers["Refresh"] == "600;url=/helping/visit"
    fill_in(client, "/y/")
    assert client.get("/y/answer").location == "/y/back"
