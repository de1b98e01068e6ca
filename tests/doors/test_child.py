"""The child's door."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from portal import clock
from portal.audit.models import AuditEntry
from portal.cards.models import CardCount, CardEvent
from portal.cases.models import Case, SecretWords
from portal.compliments.models import Compliment
from portal.database import db
from portal.intake.models import Draft
from portal.intake.services.drafts import wipe_old
from tests.factories.web import errors_on, fill_in, form_on, page_of, queries_of

PRESSES: list[tuple[str, dict[str, str]]] = [
    ("/y/", {}),
    ("/y/2", {"kind": "wrong"}),
    ("/y/3", {"topics": "money"}),
    ("/y/4", {"words": "my bike"}),
    ("/y/6", {}),
]


def begin(client, kind="wrong", **more):
    fill_in(client, "/y/")
    fill_in(client, "/y/2", kind=kind)
    if more.get("topics"):
        fill_in(client, "/y/3", topics=more["topics"])
    return fill_in(client, "/y/4", words=more.get("words", ""))


def send(client, **more):
    begin(client, **more)
    return fill_in(client, "/y/6")


def count(model):
    return db.session.scalars(select(func.count()).select_from(model)).one()


def the_case(app):
    with app.app_context():
        return db.session.scalars(select(Case)).one()


def test_words_alone_are_enough(app, client):
    assert send(client, words="my bike").location == "/y/7"
    assert ["Tell us more", "my bike"] in the_case(app).told


def test_a_picture_alone_is_enough(app, client):
    send(client, topics=["money", "wait"])
    assert ["What is it about?", "Money or my things. I have to wait too long"] in the_case(app).told


def test_nothing_at_all_is_asked_for_kindly(app, client):
    answer = begin(client)
    assert errors_on(page_of(answer)) == "Pick a picture or tell us some words"
    assert "Error: Tell us more" in page_of(answer)


def test_a_name_or_a_way_to_reach_them_is_never_needed(app, client):
    send(client, words="sort it. Jay")
    case = the_case(app)
    assert case.person == {}
    assert case.disposition == "open"


def test_the_last_screen_shows_the_words_and_real_dates(app, client):
    send(client, words="hello")
    page = page_of(client.get("/y/7"))
    secret = page.split('class="secret" translate="no">')[1].split("<")[0]
    assert len(secret.split(" - ")) == 4
    due = clock.today()
    assert "By " in page
    assert str(due.year) not in page


def test_pressing_send_twice_makes_one_record_and_shows_the_same_words(app, client):
    begin(client, words="hello")
    fields = form_on(page_of(client.get("/y/6")), "/y/6")
    assert [client.post("/y/6", data=fields).location for _ in range(2)] == ["/y/7", "/y/7"]
    assert (
        page_of(client.get("/y/7")).split('class="secret"')[1][:80]
        == page_of(client.get("/y/7")).split('class="secret"')[1][:80]
    )
    with app.app_context():
        assert (count(Case), count(SecretWords)) == (1, 1)


def test_leave_wipes_the_draft_and_the_cookie_and_lands_elsewhere(app, client):
    begin(client, words="do not keep this")
    blank = client.get("/leave")
    assert not re.search("<body>.+</body>", page_of(blank))
    assert blank.headers["Refresh"] == "0;url=/left"
    answer = client.get("/left")
    assert answer.status_code == 303
    assert answer.location == "https://www.bbc.co.uk/weather"
    assert "cookies" in answer.headers["Clear-Site-Data"]
    assert "session=;" in answer.headers["Set-Cookie"]
    assert "do not keep" not in page_of(client.get("/y/4"))
    with app.app_context():
        assert count(Draft) == 0


def test_a_draft_dies_after_an_hour(app, client):
    begin(client, words="old words")
    with app.app_context():
        db.session.execute(update(Draft).values(touched_at=clock.now() - timedelta(minutes=61)))
        db.session.commit()
    assert "old words" not in page_of(client.get("/y/4"))
    assert "We cleared this page" in page_of(client.get("/y/6"))
    with app.app_context():
        assert wipe_old(at=clock.now()) == 1


def test_words_posted_after_the_page_expired_are_kept_on_the_page(app, client):
    begin(client, words="x")
    page = form_on(page_of(client.get("/y/4")), "/y/4")
    client.delete_cookie("session")
    answer = client.post("/y/4", data={**page, "words": ["i typed this for ten minutes"]})
    assert "i typed this for ten minutes" in page_of(answer)
    assert "Your words are still here" in errors_on(page_of(answer))
    again = form_on(page_of(answer), "/y/4")
    assert client.post("/y/4", data=again).location == "/y/6"


def test_the_first_visit_sets_one_session_cookie_that_dies_with_the_browser(client):
    cookies = client.get("/y/").headers.getlist("Set-Cookie")
    assert len(cookies) == 1
    assert "Max-Age" not in cookies[0]
    assert "Expires" not in cookies[0]
    assert "HttpOnly" in cookies[0]


def test_a_session_holds_nothing_that_was_typed(client):
    begin(client, words="secret sentence")
    with client.session_transaction() as session:
        assert set(session) <= {"drafts", "csrf_token", "_fresh", "_permanent"}
        assert "sentence" not in str(dict(session))


@pytest.mark.parametrize("words", ["he hits me", "i want to die", "kil my self", "he toched me"])
def test_worrying_words_show_help_first_and_are_read_first(app, client, words):
    assert begin(client, words=words).location == "/y/5"
    page = page_of(client.get("/y/5"))
    assert words not in page
    assert "0800 1111" in page
    fill_in(client, "/y/6")
    assert the_case(app).is_read_first


def test_not_feeling_safe_is_read_first_whatever_is_written(app, client):
    fill_in(client, "/y/")
    assert fill_in(client, "/y/2", kind="not_safe").location == "/y/now"
    assert fill_in(client, "/y/4", words="blue").location == "/y/5"
    fill_in(client, "/y/find", how="Jay, at school")
    fill_in(client, "/y/6")
    assert the_case(app).person == {"how_to_find": "Jay, at school"}
    assert the_case(app).is_read_first


def test_something_good_is_a_thank_you_and_asks_before_it_is_passed_on(app, client):
    send(client, kind="good", words="Asha got me my bike")
    page = page_of(client.get("/y/7"))
    assert "We will say thank you to them for you" in page
    assert "complaint" not in page
    fields = form_on(page, "/y/7", "/y/share")
    client.post("/y/share", data={**fields, "share": ["yes"]})
    with app.app_context():
        thanks = db.session.scalars(select(Compliment)).one()
        assert (thanks.may_pass_on, thanks.may_share, thanks.source) == (True, False, "child_or_young_person")
        assert count(Case) == 0


def test_thanks_that_hold_a_sign_of_harm_are_read_first_too(app, client):
    send(client, kind="good", words="my carer is nice but her son touches me at night")
    case = the_case(app)
    assert (case.kind, case.is_read_first) == ("comment", True)
    with app.app_context():
        assert db.session.scalars(select(Compliment)).one().may_pass_on is False


def test_an_idea_is_a_comment(app, client):
    send(client, kind="idea", words="meetings after school")
    assert the_case(app).kind == "comment"


def test_clearing_the_page_forgets_the_words(app, client):
    send(client, words="hello")
    fill_in(client, "/y/7", "/y/clear")
    assert "secret words" not in page_of(client.get("/y/7"))


def test_no_address_of_a_visitor_is_kept_anywhere(app, client, stored, caplog):
    begin(client, words="hello")
    fields = form_on(page_of(client.get("/y/6")), "/y/6")
    client.post("/y/6", data=fields, environ_base={"REMOTE_ADDR": "203.0.113.77"}, headers={"User-Agent": "OldPhone/7"})
    kept = stored()
    assert b"203.0.113.77" not in kept
    assert b"OldPhone" not in kept
    assert "203.0.113.77" not in caplog.text


def test_every_page_of_a_child_says_that_nothing_is_kept(client):
    for page in ("/y/", "/y/1", "/y/2", "/help", "/c/abcd"):
        headers = client.get(page).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"


def test_a_send_that_fails_half_way_keeps_the_words_and_no_record(app, client, monkeypatch):
    begin(client, words="keep me")
    fields = form_on(page_of(client.get("/y/6")), "/y/6")
    app.testing = False

    def broken(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("portal.cases.services.opening.index_new_case", broken)
    assert client.post("/y/6", data=fields).status_code == 500
    monkeypatch.undo()
    assert "keep me" in page_of(client.get("/y/6"))
    with app.app_context():
        assert (count(Case), count(AuditEntry)) == (0, 0)
    assert client.post("/y/6", data=fields).location == "/y/7"


@pytest.mark.parametrize(("address", "budget"), [("/y/", 5), ("/y/2", 6), ("/y/3", 6), ("/y/4", 7), ("/y/6", 20)])
def test_each_press_of_a_child_stays_within_its_queries(app, client, address, budget):
    send(app.test_client(), words="a message that comes first")
    for earlier, given in PRESSES[: [one for one, _ in PRESSES].index(address)]:
        fill_in(client, earlier, **given)
    typed = {name: [value] for name, value in dict(PRESSES)[address].items()}
    sends = form_on(page_of(client.get(address)), address) | typed
    assert queries_of(app, client, address, sends) <= budget
    assert client.get("/y/7" if address == "/y/6" else "/y/6").status_code == 200


def test_a_press_that_comes_twice_is_counted_once(app, client):
    begin(client, words="my bike")
    fill_in(client, "/y/4", words="my bike")
    with app.app_context():
        counts = dict(db.session.execute(select(CardCount.event, func.sum(CardCount.n)).group_by(CardCount.event)).all())
    assert counts[CardEvent.SAID_WORDS] == 1
    assert counts[CardEvent.START] == 1


@pytest.mark.parametrize("words", ["", "my bike"])
def test_whoever_is_not_safe_and_whose_draft_was_wiped_meanwhile_is_still_shown_help(app, client, words):
    fill_in(client, "/y/")
    fill_in(client, "/y/2", kind="not_safe")
    page = page_of(client.get("/y/4"))
    with app.app_context():
        wipe_old(at=clock.now() + timedelta(hours=2))
    typed = form_on(page, "/y/4") | {"words": [words]}
    assert client.post("/y/4", data=typed).location == "/y/5"
