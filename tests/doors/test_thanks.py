"""Thanks from anyone: with a photo, from a code on a wall, and asked about when something went wrong too."""

import io

import pytest
from sqlalchemy import select

from portal.cases.models import Case
from portal.clock import LONDON
from portal.compliments.models import Compliment, Held
from portal.database import db
from portal.intake.models import Draft
from portal.people.roles import Role
from portal.web.downloads import SHUT_IN
from tests.factories.files import a_picture
from tests.factories.web import fill_in, form_on, page_of

MIXED = "Asha is wonderful. The one before her never came."


def only(app, model):
    with app.app_context():
        return db.session.scalars(select(model)).one()


def sent(client, words=MIXED):
    return fill_in(client, "/thanks", thanked="Asha", words=words)


def test_thanks_with_a_photo_wait_for_a_look_and_open_no_case(app, client):
    fields = form_on(page_of(client.get("/thanks")), "/thanks") | {"thanked": ["Asha"], "words": ["Look at this"]}
    fields["photo"] = (io.BytesIO(a_picture()), "card.jpg")
    client.post("/thanks", data=fields, content_type="multipart/form-data")
    thanks = only(app, Compliment)
    assert thanks.held_why is Held.PICTURE
    with app.app_context():
        assert db.session.scalars(select(Case)).all() == []
    officer, address = app.test_client(), f"/staff/compliments/{thanks.id}"
    assert officer.get(address).status_code == 302


def test_staff_look_at_the_photo_and_let_it_go_on(app, client, staff):
    fields = form_on(page_of(client.get("/thanks")), "/thanks") | {"thanked": ["Asha"], "words": ["Look at this"]}
    fields["photo"] = (io.BytesIO(a_picture()), "card.jpg")
    client.post("/thanks", data=fields, content_type="multipart/form-data")
    officer, address = staff(), f"/staff/compliments/{only(app, Compliment).id}"
    page = page_of(officer.get(address))
    file = page.split(f'href="{address}/files/')[1].split('"')[0]
    shown = officer.get(f"{address}/files/{file}")
    assert (shown.mimetype, shown.headers["Content-Security-Policy"]) == ("image/jpeg", SHUT_IN)
    fill_in(officer, address, f"{address}/fine")
    assert only(app, Compliment).held_why is None


@pytest.mark.parametrize("place", ["desk", "COURT", "nowhere"])
def test_a_code_on_a_wall_leads_to_the_form_and_is_counted_as_one(app, client, place):
    address = f"/t/{place}"
    fill_in(client, address, thanked="Asha", words="You were kind")
    thanks = only(app, Compliment)
    assert (thanks.method, thanks.is_from_court) == ("qr_card", place == "COURT")


def test_at_four_on_a_working_day_what_nobody_read_goes_on(app, client):
    sent(client, "You were kind")
    goes_on = only(app, Compliment).passes_on_at.astimezone(LONDON)
    assert (goes_on.hour, goes_on.minute, goes_on.weekday() < 5) == (16, 0, True)


def test_a_person_is_asked_when_something_went_wrong_too(app, client):
    assert sent(client).location == "/thanks/ask"
    assert "The one before her never came." in page_of(client.get("/thanks/ask"))
    assert "Choose what you would like" in page_of(fill_in(client, "/thanks/ask"))


def test_it_is_only_thanks(app, client):
    sent(client)
    assert fill_in(client, "/thanks/ask", wish="thanks").location == "/thanks/sent"
    thanks = only(app, Compliment)
    assert (thanks.held_why, thanks.left_out) == (None, None)
    assert "only a thank you" in thanks.asked_words
    assert client.get("/thanks/ask").location == "/thanks/sent"


def test_without_that_part(app, client):
    sent(client)
    fill_in(client, "/thanks/ask", wish="leave_out")
    assert only(app, Compliment).left_out == "The one before her never came."


def test_who_wants_to_complain_goes_on_with_their_words_and_the_thanks_stay_held(app, client):
    sent(client)
    assert fill_in(client, "/thanks/ask", wish="complain").location == "/complain/link"
    assert MIXED in page_of(client.get("/complain/what"))
    assert only(app, Compliment).held_why is Held.MAY_COMPLAIN
    assert only(app, Draft).door == "complain"


def test_nobody_else_is_asked_about_thanks_that_are_not_theirs(app, client):
    sent(client)
    stranger = app.test_client()
    assert stranger.get("/thanks/ask").location == "/thanks/sent"
    assert stranger.post("/thanks/ask", data={"wish": "thanks"}).location == "/thanks/sent"
    assert only(app, Compliment).held_why is Held.MAY_COMPLAIN


def test_a_colleague_writes_down_what_they_decided_and_a_complaint_is_opened(app, client, staff):
    sent(client)
    officer, thanks = staff(), only(app, Compliment)
    address = f"/staff/compliments/{thanks.id}/decide"
    assert "Write what they said" in page_of(fill_in(officer, address, decision="complain"))
    answer = fill_in(officer, address, decision="complain", said="On the phone today: yes, please look into it")
    case = only(app, Case)
    assert answer.location == f"/staff/cases/{case.reference}"
    assert (case.kind, case.told[1][1]) == ("complaint", "On the phone today: yes, please look into it")
    thanks = only(app, Compliment)
    assert (thanks.became_case_id, thanks.held_why) == (case.id, None)
    assert fill_in(officer, f"/staff/compliments/{thanks.id}", f"/staff/compliments/{thanks.id}/ask").status_code == 302


def test_the_posters_have_codes_of_their_own(staff):
    client = staff(Role.ADMINISTRATOR)
    assert "At court" in page_of(client.get("/staff/compliments/posters"))
    assert client.get("/staff/compliments/posters/court/poster.pdf").mimetype == "application/pdf"
    assert client.get("/staff/compliments/posters/moon/poster.pdf").status_code == 404
