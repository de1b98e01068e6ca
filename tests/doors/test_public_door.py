"""The public door: a flood is held, a school is not, a script waits, and no trace of who knocked stays anywhere."""

import logging
from itertools import pairwise

import pytest
from flask.sessions import SecureCookieSessionInterface
from limits import parse_many

from portal.cases.models import Case
from portal.clock import now
from portal.compliments.models import Compliment
from portal.database import db
from portal.web import public_form
from portal.web.headers import child_script
from portal.web.public_form import LIMITS
from tests.conftest import app_for
from tests.factories.web import errors_on, fill_in, form_on, page_of

ADDRESS = "203.0.113.77"
TYPED = "the purple umbrella of aunt zenobia"
CHILD = (
    ("/y/", {}),
    ("/y/2", {"kind": "wrong"}),
    ("/y/3", {"topics": ["family"]}),
    ("/y/4", {"words": TYPED}),
    ("/y/find", {"how": TYPED}),
    ("/y/who", {"who": TYPED}),
    ("/y/6", {}),
)
ADULT = (
    ("/complain/", {}),
    ("/complain/link", {"link": "parent"}),
    ("/complain/what", {"what": TYPED}),
)


def tell(client, steps=CHILD):
    for address, given in steps:
        answer = fill_in(client, address, **given)
        assert answer.status_code == 302, (address, errors_on(page_of(answer)))


def from_address(app, address=ADDRESS):
    client = app.test_client()
    client.environ_base |= {"REMOTE_ADDR": address, "HTTP_X_FORWARDED_FOR": address, "HTTP_USER_AGENT": "Cracked Phone 5"}
    return client


def count(app, kind):
    with app.app_context():
        return db.session.query(kind).count()


def test_a_class_of_35_behind_one_address_all_send_within_ten_minutes_twice(app):
    for _ in range(70):
        tell(from_address(app), (("/y/", {}), ("/y/3", {"topics": ["family"]}), ("/y/6", {})))
    assert count(app, Case) == 70


def test_a_flood_from_one_address_is_held_and_nothing_typed_is_lost(app):
    client = from_address(app)
    fields = form_on(page_of(client.get("/thanks")), "/thanks")
    answers = [
        client.post("/thanks", data=fields | {"thanked": ["Asha"], "words": [f"thanks {number}"]}) for number in range(101)
    ]
    assert [answer.status_code for answer in answers] == [302] * 100 + [200]
    assert "Very many people" in errors_on(page_of(answers[-1]))
    assert "thanks 100" in page_of(answers[-1])
    assert count(app, Compliment) == 100
    assert fill_in(from_address(app, "203.0.113.78"), "/thanks", thanked="Asha", words="thanks").status_code == 302


def test_a_flood_from_everywhere_is_held_too(app, monkeypatch):
    few = public_form.Limit(LIMITS["thank"].from_one, tuple(parse_many("3 per minute")))
    monkeypatch.setitem(LIMITS, "thank", few)
    codes = [
        fill_in(from_address(app, f"203.0.113.{n}"), "/thanks", thanked="Asha", words="thanks").status_code for n in range(5)
    ]
    assert codes == [302, 302, 302, 200, 200]


def test_a_child_whose_post_is_held_keeps_the_draft(app, monkeypatch):
    monkeypatch.setitem(LIMITS, "send", public_form.Limit((), tuple(parse_many("1 per minute"))))
    first, second = from_address(app), from_address(app)
    tell(first)
    tell(second, CHILD[:-1])
    held = page_of(fill_in(second, "/y/6"))
    assert "A lot of people" in held
    assert TYPED in held


def test_what_fills_in_the_field_that_nobody_sees_is_asked_to_press_again(client):
    refused = fill_in(client, "/thanks", thanked="Asha", words="She came each week", extra="http://spam.example")
    assert "Wait a few seconds" in errors_on(page_of(refused))
    assert "She came each week" in page_of(refused)
    again = form_on(page_of(refused), "/thanks")
    assert client.post("/thanks", data=again).status_code == 302


def test_a_page_that_is_typed_into_is_not_sent_within_two_seconds(app, monkeypatch):
    client = app_for(app.config["SQLALCHEMY_DATABASE_URI"], seconds_before_sending=2).test_client()
    began = now()
    monkeypatch.setattr("portal.clock.now", lambda: began)
    refused = page_of(fill_in(client, "/thanks", thanked="Asha", words="She came each week"))
    assert "Wait a few seconds" in errors_on(refused)
    monkeypatch.setattr("portal.clock.now", lambda: began.fromtimestamp(began.timestamp() + 3, began.tzinfo))
    assert client.post("/thanks", data=form_on(refused, "/thanks")).status_code == 302


@pytest.mark.parametrize("made", ["", "1", "1.forged", "x" * 100])
def test_a_moment_that_we_did_not_sign_is_not_believed(app, made):
    client = app_for(app.config["SQLALCHEMY_DATABASE_URI"], seconds_before_sending=2).test_client()
    refused = page_of(fill_in(client, "/thanks", thanked="Asha", words="She came each week", made=made))
    assert "Wait a few seconds" in errors_on(refused)


def test_no_address_and_no_device_is_kept_or_logged_anywhere(app, stored, caplog):
    caplog.set_level(logging.DEBUG)
    client = from_address(app)
    tell(client)
    tell(from_address(app), ADULT)
    fill_in(client, "/thanks", thanked="Asha", words="thanks")
    fill_in(client, "/y/back", words="no such words here")
    client.get("/c/7kq2")
    client.get("/nowhere")
    client.get("/leave")
    client.post("/staff/sign-in", data={"email": "x@example.org", "password": "y"})
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    written = stored() + caplog.text.encode()
    assert len(written) > 100_000
    for trace in (ADDRESS, "Cracked Phone", TYPED, "zenobia"):
        assert trace.encode() not in written


def test_the_session_holds_nothing_typed(app):
    client, serializer = from_address(app), SecureCookieSessionInterface().get_signing_serializer(app)
    for address, given in (*CHILD, *ADULT):
        fill_in(client, address, **given)
        cookies = {name: cookie.value for name in ("session",) if (cookie := client.get_cookie(name))}
        held = str([serializer.loads(value) for value in cookies.values()])
        assert not any(word in held for word in ("purple", "zenobia", "umbrella", "family", "wrong"))
        assert list(cookies) == ["session"]
        assert len(client._cookies) == 1


@pytest.mark.parametrize("address", ["/", "/y/", "/y/4", "/complain/", "/thanks", "/y/back", "/help", "/c/7kq2", "/nowhere"])
def test_no_page_is_kept_and_none_asks_another_site(client, address):
    answer = client.get(address)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "<script" not in page_of(answer).replace('<script src="/static/', "").replace(
        f"<script>{child_script()}</script>", ""
    )
    assert "http://" not in page_of(answer)
    assert "https://" not in page_of(answer)


def test_a_post_that_comes_twice_makes_one_record_at_each_door(app):
    client = from_address(app)
    tell(client, CHILD[:-1])
    sends = form_on(page_of(client.get("/y/6")), "/y/6")
    places = [client.post("/y/6", data=sends).location for _ in range(3)]
    assert all(one == other for one, other in pairwise(places))
    thanks = form_on(page_of(client.get("/thanks")), "/thanks") | {"thanked": ["Asha"], "words": ["thanks"]}
    for _ in range(3):
        client.post("/thanks", data=thanks)
    assert (count(app, Case), count(app, Compliment)) == (1, 1)


def test_what_is_no_number_is_told_once_in_the_fields_own_words(client):
    fill_in(client, "/complain/")
    refused = fill_in(client, "/complain/when", month="May", year="last year")
    told = "The month must be a number from 1 to 12 Write the year with four numbers, like 2026"
    assert " ".join(errors_on(page_of(refused)).split()) == told
