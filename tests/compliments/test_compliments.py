"""The list of thanks and the page of each: who may read them, what waits, and what can be done."""

import pytest
from sqlalchemy import select

from portal.compliments.models import Compliment, Held
from portal.database import db
from portal.people.roles import Role
from tests.compliments.conftest import fresh, some_thanks
from tests.factories.web import fill_in, page_of, queries_of
from tests.house_rules.test_pages import inspect


def test_thanks_that_were_passed_on_another_way_are_marked_so(app, staff):
    with app.app_context():
        address = f"/staff/compliments/{some_thanks(thanked='the cleaner').id}"
    officer = staff()
    fill_in(officer, address, f"{address}/passed-on")
    assert "Passed on" in page_of(officer.get("/staff/compliments/"))


def test_one_press_in_the_list_passes_on_what_somebody_read(app, staff, asha):
    with app.app_context():
        thanks = some_thanks().id
    fill_in(staff(), "/staff/compliments/", f"/staff/compliments/{thanks}/pass-on")
    with app.app_context():
        assert fresh(thanks).passed_on_on


def test_a_director_reads_thanks_and_changes_nothing(app, staff):
    with app.app_context():
        thanks = some_thanks("You never listened").id
    director = staff(Role.DIRECTOR)
    assert "You never listened" in page_of(director.get("/staff/compliments/"))
    page = page_of(director.get(f"/staff/compliments/{thanks}"))
    assert page.count("<form") == 1  # to sign out


def test_thanks_come_newest_first_page_by_page(app, staff):
    with app.app_context():
        for number in range(30):
            some_thanks(thanked=f"Person {number:02}")
    client = staff()
    assert "Person 29" in page_of(client.get("/staff/compliments/"))
    assert "Person 00" in page_of(client.get("/staff/compliments/?page=2"))
    assert client.get("/staff/compliments/?page=zero").status_code == 200


def test_what_waits_for_somebody_has_a_list_of_its_own(app, staff, asha):
    with app.app_context():
        some_thanks()
        some_thanks("Lovely, but nobody ever rang us back", "Asha Khan")
        some_thanks(thanked="Someone unknown")
    client = staff()
    assert "2 wait for someone" in page_of(client.get("/staff/compliments/"))
    page = page_of(client.get("/staff/compliments/?show=waiting"))
    assert "nobody ever rang" in page
    assert "Someone unknown" in page
    assert page.count('<p class="words"') == 2


@pytest.mark.parametrize("held", [*Held, None])
def test_the_page_has_a_good_shape_whatever_holds_it(app, staff, asha, held):
    with app.app_context():
        address = f"/staff/compliments/{some_thanks('شكرا لكم', held_why=held, may_share=held is None).id}"
    client = staff()
    inspect(page_of(client.get(address)))
    inspect(page_of(client.get("/staff/compliments/")))
    inspect(page_of(client.get(f"{address}/decide")))
    if held is Held.MAY_COMPLAIN:
        inspect(page_of(fill_in(client, f"{address}/decide")))
    inspect(page_of(fill_in(client, address, f"{address}/quote" if held is None else f"{address}/agreed", quote="")))


def test_a_list_of_many_asks_no_more_of_the_database_than_one_of_few(app, staff, asha):
    client, asked = staff(), []
    for how_many in (2, 20):
        with app.app_context():
            for _ in range(how_many):
                some_thanks()
        asked.append(queries_of(app, client, "/staff/compliments/"))
    assert asked[0] == asked[1] <= 16


def test_what_cannot_be_done_is_told_on_the_page_with_what_was_typed(app, staff):
    with app.app_context():
        address = f"/staff/compliments/{some_thanks(thanked='Someone unknown').id}"
    page = page_of(fill_in(staff(), address, f"{address}/whom", whom="Nobody Here"))
    assert "We are not sure who you mean" in page
    assert 'value="Nobody Here"' in page


def test_an_action_that_is_none_and_thanks_that_are_none_are_not_found(staff):
    client = staff()
    assert client.get("/staff/compliments/77").status_code == 404
    assert client.post("/staff/compliments/77/quote").status_code == 404
    assert client.get("/staff/compliments/1/files/none").status_code == 404


def test_thanks_are_sealed(in_app, stored):
    some_thanks(words="Zanzibar kindness")
    db.session.remove()
    assert b"Zanzibar" not in stored()
    assert db.session.scalars(select(Compliment)).one().words == "Zanzibar kindness"
