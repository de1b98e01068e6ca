"""Counting without watching anyone: people are counted, machines are not, and a flood of codes that are not ours is told."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.cards.models import UNKNOWN_BATCH, CardBatch, CardCount, CardEvent
from portal.cards.queries import batch_by_code, unknown_scans_spike
from portal.cards.services import count_batch, make_batch, reissue_batch, withdraw_batch
from portal.cards.watching import tell_of_spike
from portal.cases.models import Case
from portal.clock import now, today
from portal.database import db
from portal.intake.models import Draft
from portal.outbox.models import OutgoingEmail
from portal.people.roles import Role
from tests.factories.web import errors_on, fill_in, page_of


def counts():
    db.session.expire_all()
    return {(row.batch_id, row.event): row.n for row in db.session.scalars(select(CardCount))}


def a_batch(app, **more):
    with app.app_context():
        batch = make_batch("Children in Care", 50, at=now(), **more)
        return batch.id, batch.code


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "WhatsApp/2.23"},
        {"User-Agent": "facebookexternalhit/1.1"},
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"Sec-Purpose": "prefetch"},
        {"Accept": "*/*"},
        {"Range": "bytes=0-100"},
    ],
)
def test_a_link_preview_and_a_look_ahead_are_no_scans(app, client, headers):
    _, code = a_batch(app)
    client.get(f"/c/{code}", headers=headers)
    with app.app_context():
        assert counts() == {}


def test_each_step_is_counted_once_for_its_batch_and_the_message_does_not_know_it(app, client):
    batch_id, code = a_batch(app)
    client.get(f"/c/{code}")
    fill_in(client, f"/c/{code}")
    fill_in(client, "/y/2", kind="wrong")
    fill_in(client, "/y/2", kind="idea")
    fill_in(client, "/y/3", topics=["school"])
    fill_in(client, "/y/4", words="hello")
    fill_in(client, "/y/6")
    client.get("/y/7")
    with app.app_context():
        events = ("scan", "start", "said_kind", "said_topics", "said_words", "sent")
        assert {event: n for (batch, event), n in counts().items() if batch == batch_id} == dict.fromkeys(events, 1) | {
            "scan": 2
        }
        case = db.session.scalars(select(Case)).one()
        assert str(batch_id) not in str(case.person)
        assert db.session.scalars(select(Draft)).one().answers == {}


def test_send_pressed_twice_is_sent_once(app, client):
    from tests.factories.web import form_on

    batch_id, code = a_batch(app)
    fill_in(client, f"/c/{code}")
    fill_in(client, "/y/4", words="hello")
    fields = form_on(page_of(client.get("/y/6")), "/y/6")
    for _ in range(2):
        client.post("/y/6", data=fields)
    with app.app_context():
        assert counts()[batch_id, "sent"] == 1


def test_a_reissued_batch_has_a_new_code_and_the_old_one_counts_as_unknown(app, client):
    batch_id, code = a_batch(app, language="cy")
    with app.app_context():
        anew = reissue_batch(db.session.get(CardBatch, batch_id), at=now(), by_id=None)
        assert (anew.team, anew.language, anew.replaces_id) == ("Children in Care", "cy", batch_id)
        assert anew.code != code
    client.get(f"/c/{code}")
    with app.app_context():
        assert counts() == {(UNKNOWN_BATCH, "scan"): 1}


@pytest.mark.parametrize("gone", ["expired", "withdrawn"])
def test_an_expired_or_withdrawn_code_lands_on_the_start_page_and_is_counted_as_unknown(app, client, gone):
    _, code = a_batch(app)
    with app.app_context():
        batch = batch_by_code(code)
        if gone == "expired":
            batch.expires_on = today() - timedelta(days=1)
            db.session.commit()
        else:
            withdraw_batch(batch, at=now(), by_id=None)
    assert "Tell us what you think" in page_of(client.get(f"/c/{code}"))
    with app.app_context():
        assert counts() == {(UNKNOWN_BATCH, "scan"): 1}


def test_a_card_in_welsh_begins_in_welsh_and_the_visitor_can_change_it(app, client):
    _, code = a_batch(app, language="cy")
    assert '<html lang="cy"' in page_of(client.get(f"/c/{code}"))
    fill_in(client, f"/c/{code}", "/language", code="en")
    assert '<html lang="en"' in page_of(client.get(f"/c/{code}"))


def test_cards_handed_out_are_one_number(app, staff):
    batch_id, _ = a_batch(app)
    worker = staff(Role.ANY_STAFF)
    fill_in(worker, "/staff/cards/handed-out", how_many="7")
    assert "Write a number" in errors_on(page_of(fill_in(worker, "/staff/cards/handed-out", how_many="0")))
    with app.app_context():
        assert counts() == {(batch_id, "handed_out"): 7}


def test_a_paper_form_is_counted_for_its_batch_and_its_message_does_not_know_it(app, staff):
    batch_id, code = a_batch(app)
    fill_in(staff(), "/staff/log", kind="complaint", words="from the leaflet", form_code=code.lower())
    with app.app_context():
        assert counts() == {(batch_id, "form"): 1}
        assert code not in str(db.session.scalars(select(Case)).one().told)


def unknown(on, how_many):
    count_batch(UNKNOWN_BATCH, CardEvent.SCAN, on=on, how_many=how_many)


def test_a_flood_of_unknown_codes_is_told_once_a_day(in_app):
    for days in range(1, 10):
        unknown(today() - timedelta(days=days), 3)
    unknown(today(), 40)
    assert unknown_scans_spike(today()) == 40
    assert [tell_of_spike("team@example.org", at=now()) for _ in range(2)] == [True, False]
    assert len(db.session.scalars(select(OutgoingEmail)).all()) == 1


@pytest.mark.parametrize(("before", "now_many"), [(0, 19), (30, 60)])
def test_a_few_or_the_usual_are_no_flood(in_app, before, now_many):
    for days in range(1, 14):
        if before:
            unknown(today() - timedelta(days=days), before)
    unknown(today(), now_many)
    assert unknown_scans_spike(today()) == 0


def test_the_funnel_and_the_voices_show_no_small_number(app, staff):
    batch_id, _ = a_batch(app)
    with app.app_context():
        count_batch(batch_id, CardEvent.HANDED_OUT, on=today(), how_many=30)
        count_batch(batch_id, CardEvent.SCAN, on=today(), how_many=3)
    officer = staff()
    page = page_of(officer.get("/staff/cards/funnel"))
    assert "<b>30</b>" in page
    assert "at least 0" in page
    assert ">3<" not in page
    assert "Children&#39;s voices" in page_of(officer.get("/staff/reports/voices")) or "Children's voices" in page_of(
        officer.get("/staff/reports/voices")
    )


def test_listening_to_the_first_screen_is_no_second_scan(app, client):
    batch_id, code = a_batch(app)
    client.get(f"/c/{code}")
    client.get(f"/c/{code}?sound=1")
    with app.app_context():
        assert counts() == {(batch_id, "scan"): 1}


def test_no_page_sums_over_teams_what_the_funnel_hides():
    from portal.cards.funnel import STEPS
    from portal.cards.routes import ALL_TOGETHER
    from portal.reports import voices

    assert not {event.value for event in ALL_TOGETHER} & set(STEPS)
    assert not set(voices.STEPS) & set(STEPS)
