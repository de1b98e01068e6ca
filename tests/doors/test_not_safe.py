"""A child who is not safe is heard, whatever they do and whatever was lost on the way."""

import pytest
from sqlalchemy import select

from portal.cases.models import Case
from portal.clock import today
from portal.database import db
from portal.duty.models import Alert
from portal.intake.models import Draft
from tests.factories.web import fill_in, form_on, page_of


def say_not_safe(client):
    fill_in(client, "/y/")
    return fill_in(client, "/y/2", kind="not_safe")


def the_case():
    return db.session.scalars(select(Case)).one()


def test_one_tap_sends_just_that(app, client):
    assert say_not_safe(client).location == "/y/now"
    assert fill_in(client, "/y/now", "/y/now").location == "/y/7"
    with app.app_context():
        assert (the_case().is_read_first, the_case().reads_first_why) == (True, "chose_not_safe")
        assert db.session.scalars(select(Alert)).one().about == the_case().about


@pytest.mark.parametrize("lost", ["the draft", "the cookies"])
def test_it_arrives_as_not_safe_also_when_the_draft_or_the_cookies_are_gone(app, client, lost):
    say_not_safe(client)
    if lost == "the draft":
        with app.app_context():
            db.session.query(Draft).delete()
            db.session.commit()
    else:
        client.delete_cookie("session")
    fill_in(client, "/y/now", "/y/now")
    with app.app_context():
        assert the_case().reads_first_why == "chose_not_safe"


def test_where_they_are_counts_as_something_said(app, client):
    fill_in(client, "/y/")
    fill_in(client, "/y/2", kind="wrong")
    fill_in(client, "/y/find", how="Room 4, Maple House, I am Jo")
    assert fill_in(client, "/y/6").location == "/y/7"
    with app.app_context():
        assert the_case().person["how_to_find"] == "Room 4, Maple House, I am Jo"


def test_the_last_screen_says_again_whom_to_call_day_and_night(client):
    say_not_safe(client)
    fill_in(client, "/y/now", "/y/now")
    page = page_of(client.get("/y/7"))
    assert all(number in page for number in ("999", "0800 1111", "01632 960 002"))


def test_an_ordinary_last_screen_is_as_calm_as_before(client):
    fill_in(client, "/y/")
    fill_in(client, "/y/2", kind="wrong")
    fill_in(client, "/y/4", words="my bike is at the old house")
    fill_in(client, "/y/6")
    assert "do not wait for us" not in page_of(client.get("/y/7"))


@pytest.mark.parametrize("address", ["/y/find", "/y/5"])
def test_how_to_find_them_is_asked_so_that_we_can_help(client, address):
    say_not_safe(client)
    page = page_of(client.get(address))
    assert "To come to you, we need to know where you are." in page
    assert "We do not know who you are" not in page


def test_the_same_day_is_named_before_and_after_sending(app, client):
    say_not_safe(client)
    before = page_of(client.get("/y/5"))
    fill_in(client, "/y/now", "/y/now")
    with app.app_context():
        due_on = the_case().next_due_on
    after = page_of(client.get("/y/7"))
    day = f"{due_on:%A} {due_on.day} {due_on:%B}"
    told = "We will read this today." if due_on == today() else f"We will read this at 9 in the morning on {day}"
    assert told in after
    assert "This is called a complaint" not in after
    assert "We will read this today." in before or day in before


def test_back_after_it_was_sent_shows_the_same_words_and_sends_nothing_twice(app, client):
    say_not_safe(client)
    form = form_on(page_of(client.get("/y/now")), "/y/now")
    assert client.post("/y/now", data=form).location.startswith("/y/7")
    assert client.get("/y/now").location.startswith("/y/7")
    assert client.post("/y/now", data=form).location.startswith("/y/7")
    with app.app_context():
        assert the_case().is_read_first
