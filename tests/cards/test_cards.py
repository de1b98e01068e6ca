"""Cards lead to the first screen, and their counters know no child."""

import threading
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from portal.cards.models import UNKNOWN_BATCH, CardBatch, CardCount, CardEvent
from portal.cards.printing import card_address
from portal.cards.services import BatchTooSmall, count, make_batch
from portal.cases.models import Case
from portal.database import db
from tests.factories.web import errors_on, fill_in, page_of

AT, DAY = datetime(2026, 6, 1, 9, tzinfo=UTC), date(2026, 6, 1)


def counts():
    return {(row.batch_id, row.event): row.n for row in db.session.scalars(select(CardCount))}


@pytest.mark.parametrize("shape", [str.lower, str.upper])
def test_a_card_in_any_case_of_letters_leads_to_the_first_screen(app, client, shape):
    with app.app_context():
        batch_id, code = (batch := make_batch("Children in Need", 25, at=AT)).id, batch.code
    assert "Tell us what you think" in page_of(client.get(f"/c/{shape(code)}"))
    with app.app_context():
        assert counts() == {(batch_id, "scan"): 1}


@pytest.mark.parametrize("code", ["ZZZZ", "<script>", "x" * 400, "٣٤"])
def test_an_unknown_code_leads_there_too_and_is_counted_as_unknown(app, client, code):
    answer = client.get(f"/c/{code}")
    assert answer.status_code == 200
    with app.app_context():
        assert counts() == {(UNKNOWN_BATCH, "scan"): 1}


def test_a_message_knows_that_it_came_by_card_but_not_by_which(app, client):
    with app.app_context():
        code = make_batch("Children in Need", 25, at=AT).code
    fill_in(client, f"/c/{code}")
    fill_in(client, "/y/2", kind="wrong")
    fill_in(client, "/y/4", words="hello there")
    fill_in(client, "/y/6")
    with app.app_context():
        case = db.session.scalars(select(Case)).one()
        assert case.method == "qr_card"
        kept = [str(getattr(case, column.key)) for column in Case.__mapper__.column_attrs]
        assert not any(code.lower() in value.lower() for value in kept)


def test_concurrent_scans_lose_no_count(any_app):
    batch = make_batch("Children in Need", 25, at=AT)
    batch_id, code = batch.id, batch.code
    db.session.remove()

    def scan():
        with any_app.app_context():
            for _ in range(10):
                count(code, CardEvent.SCAN, on=DAY)
            db.session.remove()

    threads = [threading.Thread(target=scan) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert counts() == {(batch_id, "scan"): 40}


def test_a_batch_so_small_that_it_could_point_at_a_child_is_refused(in_app):
    with pytest.raises(BatchTooSmall):
        make_batch("Children in Need", 24, at=AT)


def test_the_form_says_why_a_batch_is_too_small_and_keeps_what_was_typed(staff):
    answer = fill_in(staff(), "/staff/cards/", team="Leaving Care", quantity="3")
    assert "25 to 10,000" in errors_on(page_of(answer))
    assert 'value="Leaving Care"' in page_of(answer)


def test_codes_hold_no_letters_that_look_alike(in_app):
    codes = {make_batch("Team", 25, at=AT).code for _ in range(30)}
    assert len(codes) == 30
    assert not set("01IO") & set("".join(codes))


def test_a_printed_address_is_short_and_in_small_letters():
    assert card_address("https://yoursay.example.gov.uk/", "7KQ2") == "https://yoursay.example.gov.uk/c/7kq2"


def test_a_withdrawn_batch_still_leads_to_the_first_screen(app, client):
    with app.app_context():
        code = make_batch("Team", 25, at=AT).code
        db.session.scalars(select(CardBatch)).one().withdrawn_on = DAY
        db.session.commit()
    assert client.get(f"/c/{code}").status_code == 200
    with app.app_context():
        assert counts() == {(UNKNOWN_BATCH, "scan"): 1}
