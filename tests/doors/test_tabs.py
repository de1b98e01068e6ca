"""A page belongs to its draft: two tabs stay two; what was typed is kept for an hour; what was left is not shown again."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from portal.cases.models import Case
from portal.clock import now
from portal.database import db
from portal.intake.models import Draft, EndedVisit
from portal.intake.services.drafts import wipe_old
from portal.intake.services.visits import REMEMBERED_FOR
from tests.factories.web import errors_on, fill_in, form_on, page_of


def two_children(client):
    """Two tabs, each with a child of its own; gives the addresses of their words."""
    fill_in(client, "/y/")
    fill_in(client, "/y/4", words="the first child")
    begun = page_of(fill_in(client, "/y/"))
    assert "You started before" in begun
    second = client.post("/y/", data=form_on(begun, "/y/")).location
    key = re.fullmatch(r"/y/1\?d=([a-z0-9]{8})", second)[1]
    return "/y/4", f"/y/4?d={key}"


def told(app):
    with app.app_context():
        return [dict(case.told)["Tell us more"] for case in db.session.scalars(select(Case).order_by(Case.id))]


def test_two_tabs_about_two_children_stay_two(app, client):
    first, second = two_children(client)
    assert fill_in(client, second, words="the second child").location == second.replace("/4", "/6")
    assert "the first child" in page_of(client.get(first))
    assert "the second child" not in page_of(client.get("/y/6"))
    assert fill_in(client, second.replace("/4", "/6")).location == second.replace("/4", "/7")
    assert "These are your secret words" in page_of(client.get(second.replace("/4", "/7")))
    assert "the first child" in page_of(client.get("/y/6"))
    fill_in(client, "/y/6")
    assert told(app) == ["the second child", "the first child"]


def test_every_link_and_form_of_a_further_draft_keeps_to_it(client):
    _, second = two_children(client)
    fill_in(client, second, words="the second child")
    key = second.partition("?")[2]
    for address in ("/y/1", "/y/4", "/y/5", "/y/6", "/y/side", "/y/who", "/y/more/feel"):
        page = page_of(client.get(f"{address}?{key}"))
        led = re.findall(r'(?:href|action)="(/y/(?:[2-7]|find|who|now|more|side|ask)[^"]*)"', page)
        assert led or address == "/y/who" or "<form" in page, address
        assert all(one.endswith(key) for one in led), (address, led)


def test_two_complaints_in_two_tabs_stay_two(client):
    fill_in(client, "/complain/")
    fill_in(client, "/complain/what", what="about Robin")
    asked = page_of(fill_in(client, "/complain/"))
    assert "You began this before" in asked
    second = client.post("/complain/", data=form_on(asked, "/complain/")).location
    other = second.replace("/link", "/what")
    assert "about Robin" not in page_of(client.get(other))
    fill_in(client, other, what="about Kit")
    assert "about Robin" in page_of(client.get("/complain/what"))
    assert "about Kit" in page_of(client.get(other))


def test_going_on_leads_to_what_was_told(client):
    fill_in(client, "/y/")
    fill_in(client, "/y/4", words="the bus")
    page = page_of(fill_in(client, "/c/7kq2"))
    assert 'href="/y/6">Go on' in page
    assert "the bus" not in page  # someone else may hold the phone


def test_nothing_is_asked_when_nothing_was_told_or_all_was_sent(client):
    fill_in(client, "/y/")
    assert fill_in(client, "/y/").status_code == 302
    fill_in(client, "/y/4", words="the bus")
    fill_in(client, "/y/6")
    assert fill_in(client, "/y/").status_code == 302


def test_a_copied_address_opens_nothing_in_another_browser(app, client):
    _, second = two_children(client)
    fill_in(client, second, words="the second child")
    other = app.test_client()
    assert other.get(second).location == "/y/"
    assert "the second child" not in page_of(other.get(second.replace("/4", "/6")))


@pytest.mark.parametrize("key", ["x", "<script>", "A" * 8, "../../etc", "é" * 8, ""])
def test_a_key_that_is_none_is_no_key(client, key):
    fill_in(client, "/y/")
    assert client.get("/y/4", query_string={"d": key}).status_code == 200


def test_a_message_that_follows_a_sent_one_is_another(app, client):
    fill_in(client, "/y/")
    fill_in(client, "/y/4", words="one")
    fill_in(client, "/y/6")
    after = fill_in(client, "/y/4", words="two").location
    assert re.fullmatch(r"/y/6\?d=[a-z0-9]{8}", after)
    assert "secret words" in page_of(client.get("/y/7"))
    fill_in(client, after)
    assert told(app) == ["one", "two"]


def pause(app, minutes):
    with app.app_context():
        db.session.execute(update(Draft).values(touched_at=now() - timedelta(minutes=minutes)))
        db.session.commit()


def test_after_an_hour_the_words_on_an_open_page_are_taken_and_nothing_says_that_they_were_cleared(app, client):
    fill_in(client, "/y/")
    fill_in(client, "/y/2", kind="wrong")
    fields = form_on(page_of(client.get("/y/4")), "/y/4")
    pause(app, 61)
    assert client.post("/y/4", data=fields | {"words": ["typed for an hour"]}).location == "/y/6"
    page = page_of(client.get("/y/6"))
    assert "typed for an hour" in page
    assert "We cleared" not in page


def test_a_page_of_a_complaint_that_waited_an_hour_says_what_is_there(app, client):
    fill_in(client, "/complain/")
    fields = form_on(page_of(client.get("/complain/what")), "/complain/what")
    pause(app, 61)
    client.post("/complain/what", data=fields | {"what": ["typed for an hour"]})
    page = page_of(client.get("/complain/check"))
    assert "What you wrote on the others is here" in page
    assert "we clear what you wrote" not in page
    assert "typed for an hour" in page_of(client.get("/complain/what"))


@pytest.mark.parametrize("address", ["/y/4", "/y/2", "/complain/link", "/helping/who"])
def test_a_page_of_a_draft_that_was_wiped_is_not_shown(app, begun, address):
    assert begun.get(address).status_code == 200
    pause(app, 61)
    assert begun.get(address).location == f"/{address.split('/')[1]}/"


@pytest.mark.parametrize(("go", "leads"), [("help", "/help?back=/y/4"), ("speak-pl", "/y/4")])
def test_help_and_another_language_keep_what_was_typed_so_far(client, go, leads):
    fill_in(client, "/y/")
    assert fill_in(client, "/y/4", words="half a sen", go=go).location == leads
    assert 'href="/y/4"' in page_of(client.get("/help?back=/y/4"))
    page = page_of(client.get("/y/4"))
    assert "half a sen" in page
    assert ('<html lang="pl"' in page) is (go == "speak-pl")
    fill_in(client, "/y/4", words="half a sentence")
    assert "half a sentence" in page_of(client.get("/y/4"))


@pytest.mark.parametrize(
    ("address", "name"),
    [("/complain/when", "month"), ("/helping/you", "name"), ("/thanks", "words"), ("/y/more/name", "name")],
)
def test_what_is_not_right_yet_is_kept_too(begun, address, name):
    assert fill_in(begun, address, go="help", **{name: "13"}).status_code == 303
    page = page_of(begun.get(address))
    assert "13" in form_on(page, address)[name][0]
    assert errors_on(page) == ""


def test_a_page_may_keep_what_is_typed_without_going_anywhere(app, client):
    fill_in(client, "/y/")
    fields = form_on(page_of(client.get("/y/4")), "/y/4")
    assert client.post("/y/4", data=fields | {"words": ["half a sen"], "go": ["stay"]}).status_code == 204
    assert "half a sen" in page_of(client.get("/y/4"))
    assert "half a sen" not in page_of(client.get("/y/6"))  # it was not told yet
    client.get("/leave")
    assert client.post("/y/4", data=fields | {"words": ["half a sen"], "go": ["stay"]}).location == "/y/"
    with app.app_context():
        assert db.session.scalars(select(Draft)).all() == []


def test_a_chosen_file_leaves_no_name_beside_the_words(client):
    fill_in(client, "/y/")
    fill_in(client, "/y/4", words="look", photo="me and my bruise.jpg", go="help")
    assert "bruise" not in page_of(client.get("/y/4"))


def test_where_help_leads_back_to_is_ours(client):
    for back in ("https://elsewhere.example/", "//elsewhere.example", "/staff/queue", "javascript:alert(1)"):
        assert back not in page_of(client.get("/help", query_string={"back": back}))


def test_a_form_whose_cookie_was_lost_never_lands_in_the_draft_that_was_begun_since(app, client):
    fill_in(client, "/y/")
    fields = form_on(page_of(client.get("/y/4")), "/y/4")
    client.delete_cookie("session")
    fill_in(client, "/y/")
    fill_in(client, "/y/4", words="the second child")
    fields |= {"words": ["the first child"]}
    sent_on = client.post("/y/4", data=fields)
    assert sent_on.status_code == 307  # a browser sends the same words again, to a page of a draft of their own
    address = sent_on.location
    shown = client.post(address, data=fields)
    assert "Your words are still here" in errors_on(page_of(shown))
    again = form_on(page_of(shown), address)
    assert client.post(address, data=again).location == address.replace("/4", "/6")
    assert "the second child" in page_of(client.get("/y/6"))
    assert "the first child" not in page_of(client.get("/y/6"))


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("/y/4", {"words": "a long story"}),
        ("/y/more/name", {"name": "a long story"}),
        ("/complain/what", {"what": "a long story"}),
        ("/helping/words", {"child_words": "a long story"}),
        ("/thanks", {"words": "a long story", "thanked": "Asha"}),
        ("/helping/sorted", {"words": "a long story"}),
    ],
)
def test_a_form_whose_cookie_was_lost_is_shown_again_and_the_next_press_works(begun, address, typed):
    fields = form_on(page_of(begun.get(address)), address)
    begun.delete_cookie("session")
    shown = begun.post(address, data=fields | {name: [one] for name, one in typed.items()})
    assert "Your words are still here" in errors_on(page_of(shown))
    again = form_on(page_of(shown), address)
    assert {name: again[name] for name in typed} == {name: [one] for name, one in typed.items()}
    assert errors_on(page_of(begun.post(address, data=again, follow_redirects=True))) == ""


@pytest.mark.parametrize("address", ["/y/4", "/y/back", "/complain/what", "/thanks", "/helping/sorted"])
def test_a_form_of_a_visit_that_was_left_is_neither_taken_nor_shown(app, begun, address):
    fields = form_on(page_of(begun.get(address)), address)
    copied = begun.get_cookie("session").value
    begun.get("/leave")
    begun.get("/left")
    for cookie in ("", copied):  # a browser may even bring its old cookie back
        if cookie:
            begun.set_cookie("session", cookie)
        answer = begun.post(address, data=fields | {"words": ["quokka"], "what": ["quokka"]})
        assert answer.status_code == 303
        assert "quokka" not in page_of(answer)
    with app.app_context():
        assert db.session.scalars(select(Draft)).all() == []


@pytest.fixture
def secret(client):
    """The secret words of a message that was sent."""
    fill_in(client, "/y/")
    fill_in(client, "/y/4", words="the bus")
    fill_in(client, "/y/6")
    words = page_of(client.get("/y/7")).split('translate="no">')[1].split("<")[0]
    client.delete_cookie("session")
    return words


def test_a_reply_whose_cookie_was_lost_waits_for_the_secret_words(client, secret):
    fill_in(client, "/y/back", words=secret)
    fields = form_on(page_of(client.get("/y/answer")), "/y/answer")
    client.delete_cookie("session")
    asked = page_of(client.post("/y/answer", data=fields | {"words": ["it did not\ncome again"]}))
    assert "Type your secret words again" in errors_on(asked)
    again = form_on(asked, "/y/back")
    wrong = page_of(client.post("/y/back", data=again | {"words": ["no no no no"]}))
    assert client.post("/y/back", data=form_on(wrong, "/y/back") | {"words": [secret]}).location == "/y/answer"
    assert "it did not\ncome again" in page_of(client.get("/y/answer"))


def test_a_reply_that_was_begun_never_stands_on_somebody_elses_answer(app, client, secret):
    fill_in(client, "/y/back", words=secret)
    fill_in(client, "/y/answer", words="a private thing", go="help")
    assert "a private thing" in page_of(client.get("/y/answer"))
    other = app.test_client()
    fill_in(other, "/y/")
    fill_in(other, "/y/4", words="my bike")
    fill_in(other, "/y/6")
    theirs = page_of(other.get("/y/7")).split('translate="no">')[1].split("<")[0]
    fill_in(client, "/y/back", words=theirs)
    assert "a private thing" not in page_of(client.get("/y/answer"))


def test_that_a_visit_was_left_is_known_by_a_hash_and_forgotten_in_time(app, begun):
    begun.get("/leave")
    with app.app_context():
        (ended,) = db.session.scalars(select(EndedVisit))
        assert re.fullmatch("[0-9a-f]{64}", ended.mark)
        wipe_old(at=now() + REMEMBERED_FOR - timedelta(minutes=1))
        assert db.session.scalars(select(EndedVisit)).all()
        wipe_old(at=now() + REMEMBERED_FOR + timedelta(minutes=1))
        assert db.session.scalars(select(EndedVisit)).all() == []


def test_a_draft_that_was_saved_for_a_week_stands_beside_the_one_of_another_tab(client):
    fill_in(client, "/complain/")
    saved = page_of(fill_in(client, "/complain/what", save="yes", what="about Robin"))
    words = saved.split('translate="no">')[1].split("<")[0]
    fill_in(client, "/complain/")
    fill_in(client, "/complain/what", what="about Kit")
    assert re.fullmatch(r"/complain/link\?d=[a-z0-9]{8}", fill_in(client, "/complain/back", words=words).location)
    assert "about Kit" in page_of(client.get("/complain/what"))
