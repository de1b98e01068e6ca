"""Adults save what they wrote and go on a week later, on any device, with four words."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from portal.cases.models import Case, LetterForm
from portal.clock import now
from portal.correspondence.services.messages import needs_of
from portal.database import db
from portal.intake.models import Draft
from portal.intake.services.drafts import wipe_old
from tests.factories.web import errors_on, fill_in, page_of

ANSWERS = {
    "link": {"link": "parent"},
    "child": {},
    "what": {"what": "The visits stopped"},
    "when": {},
    "team": {},
    "talked": {},
    "court": {"court": "no"},
    "right": {},
    "views": {},
    "contact": {"safe_to_write": "yes", "answer_forms": ["large_print", "interpreter"], "needs": "Somali"},
    "name": {"name": "Pat"},
}


def save(client, slug="what", **typed):
    fill_in(client, "/complain/")
    fill_in(client, "/complain/link", link="parent")
    page = page_of(fill_in(client, f"/complain/{slug}", save="yes", **typed))
    return page.split('translate="no">')[1].split("<")[0]


def test_what_was_typed_is_there_again_on_another_device(app, client):
    words = save(client, what="The visits stopped")
    other = app.test_client()
    answer = fill_in(other, "/complain/back", words=words.upper())
    assert answer.location == "/complain/child"
    assert "The visits stopped" in page_of(other.get("/complain/what"))


def test_a_page_that_is_not_good_yet_is_saved_too(app, client):
    words = save(client, "when", month="13", year="2026")
    other = app.test_client()
    fill_in(other, "/complain/back", words=words)
    assert 'value="13"' in page_of(other.get("/complain/when"))


def test_leaving_keeps_what_was_saved_and_forgets_the_way_to_it(app, client):
    words = save(client, what="The visits stopped")
    client.get("/leave")
    assert "The visits stopped" not in page_of(client.get("/complain/what"))
    fill_in(client, "/complain/back", words=words)
    assert "The visits stopped" in page_of(client.get("/complain/what"))


def test_other_words_lead_nowhere_and_stay_on_the_page(client):
    save(client, what="x")
    page = page_of(fill_in(client, "/complain/back", words="tiger spoon cloud rose"))
    assert "Check each word" in errors_on(page)
    assert "tiger spoon cloud rose" in page


def test_the_words_of_one_form_do_not_open_another(app, client):
    words = save(client, what="x")
    assert "Check each word" in errors_on(page_of(fill_in(app.test_client(), "/helping/back", words=words)))


@pytest.mark.parametrize(("days", "is_there"), [(6, True), (8, False)])
def test_it_is_kept_for_a_week(app, client, days, is_there):
    words = save(client, what="x")
    with app.app_context():
        db.session.execute(
            update(Draft).values(touched_at=now() - timedelta(days=days), kept_until=now() + timedelta(days=7 - days))
        )
        db.session.commit()
        wipe_old(at=now())
    answer = fill_in(app.test_client(), "/complain/back", words=words)
    assert (answer.status_code == 302) is is_there


def test_after_saving_the_words_are_asked_for_here_too(client):
    save(client, what="a private thing")
    assert "a private thing" not in page_of(client.get("/complain/what"))


def test_what_was_taken_up_again_is_open_for_an_hour_and_no_longer(app, client):
    words = save(client, what="a private thing")
    fill_in(client, "/complain/back", words=words)
    with app.app_context():
        db.session.execute(update(Draft).values(touched_at=now() - timedelta(minutes=61)))
        db.session.commit()
    assert "a private thing" not in page_of(client.get("/complain/what"))
    fill_in(client, "/complain/back", words=words)
    assert "a private thing" in page_of(client.get("/complain/what"))


def test_saving_has_the_limits_of_sending(client):
    fill_in(client, "/complain/")
    page = page_of(fill_in(client, "/complain/what", what="x" * 60_000, save="yes"))
    assert "It is saved" not in page
    assert "x" * 60_000 in page


def test_nothing_in_the_database_leads_to_it(app, client):
    words = save(client, what="x")
    with app.app_context():
        row = db.session.scalars(select(Draft)).one()
        assert not any(word in row.token_hash for word in words.split(" - "))


def test_it_can_be_sent_after_coming_back_and_is_gone_then(app, client):
    words = save(client, what="The visits stopped")
    other = app.test_client()
    fill_in(other, "/complain/back", words=words)
    for slug, typed in ANSWERS.items():
        fill_in(other, f"/complain/{slug}", **typed)
    fill_in(other, "/complain/check")
    with app.app_context():
        case = db.session.scalars(select(Case)).one()
        assert case.letter_form is LetterForm.LARGE_PRINT
        assert needs_of(case) == "large print; interpreter; Somali"
    assert "Check each word" in errors_on(page_of(fill_in(app.test_client(), "/complain/back", words=words)))


def test_what_they_need_is_told_at_every_stage(app, client, staff):
    fill_in(client, "/complain/")
    for slug, typed in ANSWERS.items():
        fill_in(client, f"/complain/{slug}", **typed)
    fill_in(client, "/complain/check")
    officer = staff()
    with app.app_context():
        reference = db.session.scalars(select(Case)).one().reference
    page = page_of(officer.get(f"/staff/cases/{reference}/do/hand-over"))
    assert "They need:</b> large print; interpreter; Somali" in page
