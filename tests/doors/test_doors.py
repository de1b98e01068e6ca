"""The other doors: adults, helpers, thanks, and what staff log."""

import pytest
from sqlalchemy import func, select

from portal.cases.models import Case
from portal.compliments.models import Compliment
from portal.correspondence.reach import is_for_adult
from portal.database import db
from portal.people.roles import Role
from tests.factories.web import errors_on, fill_in, form_on, page_of

ADULT = {
    "link": {"link": "parent"},
    "child": {"child_name": "Robin Example", "child_age_or_birth": "9"},
    "what": {"what": "The support stopped. Nobody wrote to us."},
    "when": {"month": "3", "year": "2026"},
    "team": {},
    "talked": {},
    "court": {"court": "no"},
    "right": {"right": "Start it again"},
    "views": {},
    "contact": {"email": "pat@example.org", "safe_to_write": "yes"},
    "name": {"name": "Pat Example"},
}
HELPER = {
    "who": {"who": "advocacy_service"},
    "knows": {"knows": "asked"},
    "words": {"child_words": "i want to stay at my school"},
    "wants": {},
    "reply": {"reply_to": "both"},
    "you": {"name": "Ade Advocate", "phone": "01632 960 200", "safe_to_write": "yes"},
}


def walk(client, door, answers):
    fill_in(client, f"/{door}/")
    for slug, changed in answers.items():
        last = fill_in(client, f"/{door}/{slug}", **changed)
        assert last.status_code == 302, errors_on(page_of(last))
    return last


def cases(app):
    with app.app_context():
        return list(db.session.scalars(select(Case).order_by(Case.id)))


def test_an_adult_complaint_keeps_every_answer_and_gives_named_dates(app, client):
    assert walk(client, "complain", ADULT).location == "/complain/check"
    fill_in(client, "/complain/check")
    page = page_of(client.get("/complain/sent"))
    (case,) = cases(app)
    assert case.reference in page
    assert "10 working days" in page
    assert dict(case.told)["What is your complaint about?"] == "The support stopped. Nobody wrote to us."
    assert case.person["email"] == "pat@example.org"


def test_check_answers_links_back_and_returns_to_the_check(client):
    walk(client, "complain", ADULT)
    assert fill_in(client, "/complain/right", right="Say sorry").location == "/complain/check"
    assert "Say sorry" in page_of(client.get("/complain/check"))


def test_who_was_adopted_is_asked_of_no_child_and_a_change_of_mind_asks_what_is_missing(app, client):
    theirs = {slug: said for slug, said in ADULT.items() if slug not in ("child", "views")}
    assert walk(client, "complain", theirs | {"link": {"link": "adopted_person"}}).location == "/complain/check"
    assert client.get("/complain/views").location == "/complain/check"
    assert "Question 2 of 9" in page_of(client.get("/complain/what"))
    assert fill_in(client, "/complain/link", link="birth_relative").location == "/complain/child"
    fill_in(client, "/complain/link", link="adopted_person")
    checked = page_of(client.get("/complain/check"))
    assert "What is your complaint about?" in checked
    assert "child know" not in checked
    fill_in(client, "/complain/check")
    (case,) = cases(app)
    assert (case.complainant, "child_name" in case.person) == ("adopted_person", False)


def test_a_skipped_page_is_asked_for_before_it_is_sent(app, client):
    fill_in(client, "/complain/")
    fill_in(client, "/complain/what", what="It stopped")
    page = page_of(client.get("/complain/check"))
    assert "Some answers are missing" in page
    assert "/complain/link" in page
    assert cases(app) == []


@pytest.mark.parametrize(
    ("slug", "changed", "told"),
    [
        ("link", {}, "Choose your link to the child"),
        ("what", {"what": " \x00 "}, "Tell us what your complaint is about"),
        ("when", {"month": "13", "year": "2026"}, "The month must be a number from 1 to 12"),
        ("when", {"month": "1", "year": "2099"}, "The date must be in the past"),
        ("when", {"month": "May"}, "The month must be a number from 1 to 12"),
        ("contact", {"email": "nobody", "safe_to_write": "yes"}, "It should look like name@example.com"),
        ("name", {"name": "x" * 301}, "This is too long"),
    ],
)
def test_a_wrong_answer_says_what_to_do_and_keeps_what_was_typed(client, slug, changed, told):
    fill_in(client, "/complain/")
    page = page_of(fill_in(client, f"/complain/{slug}", **changed))
    assert told in errors_on(page)
    assert "Error: " in page
    for typed in changed.values():
        assert typed.strip(" \x00") in page


def test_sending_twice_makes_one_complaint(app, client):
    walk(client, "complain", ADULT)
    fields = form_on(page_of(client.get("/complain/check")), "/complain/check")
    assert {client.post("/complain/check", data=fields).location for _ in range(3)} == {"/complain/sent"}
    assert len(cases(app)) == 1


def test_an_advocate_brings_the_childs_own_words(app, client):
    walk(client, "helping", HELPER)
    fill_in(client, "/helping/check")
    (case,) = cases(app)
    assert (case.kind, case.complainant) == ("complaint", "advocacy_service")
    assert ["In the child's words", "i want to stay at my school"] in case.told
    assert case.person["child_knows"] == "asked"


def test_a_helper_can_ask_that_the_child_is_answered(app, client):
    walk(client, "helping", HELPER | {"reply": {"reply_to": "child", "how": "Short words"}})
    fill_in(client, "/helping/check")
    (case,) = cases(app)
    assert (case.person["reply_to"], case.person["how"]) == ("child", "Short words")
    assert not is_for_adult(case)


def test_what_is_sorted_already_is_recorded_as_an_issue(app, client):
    walk(client, "helping", HELPER | {"words": {"own_words": "The bike is back", "sorted_already": "y"}})
    fill_in(client, "/helping/check")
    assert cases(app)[0].kind == "issue"
    assert "count it in our report" in page_of(client.get("/helping/sent"))


def test_thanks_are_kept_once_with_consent_unticked(app, client):
    fields = form_on(page_of(client.get("/thanks")), "/thanks") | {"thanked": ["Asha"], "words": ["She listened. " * 600]}
    for _ in range(2):
        assert client.post("/thanks", data=fields).location == "/thanks/sent"
    with app.app_context():
        thanks = db.session.scalars(select(Compliment)).one()
        assert (thanks.thanked, thanks.may_share, len(thanks.words)) == ("Asha", False, 8399)


def test_other_words_from_the_same_page_are_not_lost(app, client):
    fields = form_on(page_of(client.get("/thanks")), "/thanks") | {"thanked": ["Asha"], "words": ["She listened"]}
    for words in ("She listened", "She listened and rang"):
        client.post("/thanks", data=fields | {"words": [words]})
    with app.app_context():
        assert db.session.scalars(select(func.count(Compliment.id))).one() == 2


def test_what_a_parent_says_of_court_and_time_reaches_the_part(app, client):
    walk(client, "complain", ADULT | {"court": {"court": "yes"}})
    fill_in(client, "/complain/check")
    with app.app_context():
        part = db.session.scalars(select(Case)).one().parts[0]
        assert (part.proceedings, str(part.happened_on)) == ("said_to_run_not_known_which", "2026-03-31")


def test_empty_thanks_are_asked_for_by_field(client):
    page = page_of(fill_in(client, "/thanks"))
    assert "Tell us who you want to thank" in errors_on(page)
    assert 'href="#thanked"' in page


def test_staff_log_a_call_with_its_method_point_and_day(app, staff):
    client = staff(Role.ANY_STAFF)
    log = {"kind": "complaint", "source": "parent", "words": "She rang about the report", "method": "telephone"}
    fill_in(client, "/staff/log", **log, point_of_receipt="chief_executive", received_on="2026-06-01")
    (case,) = cases(app)
    assert (case.method, case.point_of_receipt, str(case.received_on)) == ("telephone", "chief_executive", "2026-06-01")


def test_staff_log_thanks_in_one_page(app, staff):
    client = staff(Role.ANY_STAFF)
    answer = fill_in(client, "/staff/log", follow=True, about="Kit", words="Thank you so much")
    assert "Logged" in page_of(answer)
    with app.app_context():
        assert db.session.scalars(select(func.count(Compliment.id))).one() == 1


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"about": "Kit"}, "Write or paste what they said"),
        ({"words": "Thanks"}, "Say who the thanks are for"),
        ({"about": "Kit", "words": "x", "received_on": "2999-01-01"}, "must be today or earlier"),
        ({"about": "Kit", "words": "x", "received_on": "2010-05-05"}, "within the last five years"),
        ({"about": "Kit", "words": "x", "received_on": "31/31/2026"}, "Write the day it came, like 2026-05-31"),
    ],
)
def test_a_log_that_is_not_complete_keeps_what_was_typed(staff, changed, told):
    page = page_of(fill_in(staff(Role.ANY_STAFF), "/staff/log", **changed))
    assert told in errors_on(page)
    assert all(value in page for name, value in changed.items() if name != "received_on")


def test_a_log_sent_twice_is_one_record(app, staff):
    client = staff(Role.ANY_STAFF)
    fields = form_on(page_of(client.get("/staff/log")), "/staff/log") | {"about": ["Kit"], "words": ["Thank you"]}
    for _ in range(2):
        client.post("/staff/log", data=fields)
    with app.app_context():
        assert db.session.scalars(select(func.count(Compliment.id))).one() == 1
