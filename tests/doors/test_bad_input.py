"""Text that tries something: kept as written, shown harmlessly, never half done."""

import io
import threading
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from sqlalchemy import select

from portal.cases.models import Case
from portal.cases.representation import Representation, answered
from portal.database import db
from portal.intake.services.receive import receive
from portal.intake.submission import Submission, SubmissionKind
from portal.procedure.eligibility import Complainant
from portal.procedure.receipt import Method
from tests.factories.cases import MONDAY
from tests.factories.web import errors_on, fill_in, form_on, page_of
from tests.hostile_texts import HOSTILE


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_kept_and_shown_harmlessly_to_child_and_staff(app, client, staff, name):
    text = HOSTILE[name]
    fill_in(client, "/y/")
    fill_in(client, "/y/2", kind="wrong")
    assert fill_in(client, "/y/4", words=text).status_code == 302
    check = page_of(client.get("/y/6"))
    fill_in(client, "/y/6")
    with app.app_context():
        case = db.session.scalars(select(Case)).one()
        reference, kept = case.reference, dict(case.told)["Tell us more"]
    assert kept == text.replace("\x00", "").replace("\x1b", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    officer = staff()
    pages = [check, page_of(officer.get(f"/staff/cases/{reference}")), page_of(officer.get("/staff/queue"))]
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b onmouseover" not in page
    assert "49" not in dict(case.told)["Tell us more"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_in_every_field_of_the_staff_log_is_never_a_failure(staff, name):
    text = HOSTILE[name]
    client = staff()
    answer = fill_in(client, "/staff/log", about=text, words=text, name=text, reach=text)
    assert answer.status_code in (200, 302)
    page = page_of(client.get("/staff/compliments/"))
    assert "<script>alert" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_in_every_field_of_an_adults_complaint_and_of_the_desk(app, client, staff, name):
    text = HOSTILE[name]
    short = text[:100]
    fields = {
        "link": {"link": "parent"},
        "child": {"child_name": short, "child_age_or_birth": short},
        "what": {"what": text},
        "when": {"still_going_on": "y", "why_not_sooner": text},
        "team": {"team": short},
        "talked": {"talked": text},
        "court": {"court": "no"},
        "right": {"right": text},
        "views": {"views": text},
        "contact": {"phone": text[:40], "post": text, "needs": text, "safe_to_write": "yes"},
        "name": {"name": short},
    }
    fill_in(client, "/complain/")
    for slug, typed in fields.items():
        fill_in(client, f"/complain/{slug}", **typed)
    pages = [page_of(client.get("/complain/check"))]
    fill_in(client, "/complain/check")
    officer = staff()
    with app.app_context():
        address = f"/staff/cases/{db.session.scalars(select(Case)).one().reference}"
    fill_in(officer, address, f"{address}/safeguarding", at_risk="yes", handed_over_to=short)
    fill_in(officer, f"{address}/parts/1", words=text, matter="personal_data", service_area=short, subject=short)
    decision = {"decision": "not_eligible", "route": "data_protection", "ground": "data_protection", "reasons": text}
    fill_in(officer, f"{address}/parts/1/decide", **decision)
    pages.append(page_of(officer.get(f"{address}/tell")))
    fill_in(officer, f"{address}/tell")
    pages += [page_of(officer.get(address)), page_of(officer.get(f"/staff/queue?find={quote(text)}"))]
    assert "Other routes" in pages[2]
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b onmouseover" not in page


def test_marks_that_turn_a_line_around_are_taken_out_of_names(app, staff):
    fill_in(staff(), "/staff/log", kind="complaint", words="x", name="Sam \u202egnp.exe")
    with app.app_context():
        assert db.session.scalars(select(Case)).one().person["name"] == "Sam gnp.exe"


def test_twenty_megabytes_are_answered_in_words_with_nothing_lost(app, client):
    fill_in(client, "/y/")
    text = "all my words " * (20 * 1024 * 1024 // 13)
    answer = fill_in(client, "/y/4", words=text)
    assert "Your words are still here" in errors_on(page_of(answer))
    assert text.strip() in page_of(answer)


def test_more_than_the_server_takes_is_a_clear_page(client):
    answer = client.post("/y/4", data={"words": "x" * (25 * 1024 * 1024)})
    assert answer.status_code == 413
    assert "Send it in smaller parts" in page_of(answer)


@pytest.mark.parametrize("address", ["/thanks", "/staff/sign-in"])
def test_a_form_of_more_fields_than_any_page_has_is_refused_before_it_is_taken_apart(client, monkeypatch, address):
    monkeypatch.setattr("werkzeug.formparser.parse_qsl", lambda *asked, **more: pytest.fail("taken apart"))
    body = b"&".join(b"a%d=" % number for number in range(100_000))
    answer = client.post(address, data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413


@pytest.mark.parametrize("address", ["/y/4", "/thanks", "/complain/what", "/helping/words", "/y/back"])
def test_a_form_without_its_token_records_nothing_and_keeps_the_words(client, address):
    answer = client.post(address, data={"words": "typed words", "what": "typed words", "child_words": "typed words"})
    page = page_of(answer)
    assert answer.status_code == 200
    assert "Your words are still here" in errors_on(page)
    assert "typed words" in page


@pytest.mark.parametrize("address", ["/y/2", "/y/3", "/complain/link", "/helping/who", "/y/share", "/staff/sign-in"])
@pytest.mark.parametrize("data", [{}, {"kind": "x" * 9000}, {"topics": ["nonsense", "../etc"]}, {"link": "\x00"}])
def test_nonsense_never_fails(client, address, data):
    assert client.post(address, data=data).status_code in (200, 302, 400)


@pytest.mark.parametrize("address", ["/y/4", "/y/back", "/thanks", "/staff/sign-in"])
@pytest.mark.parametrize("body", ['{"words": 5}', '{"words": "\\ud800"}', "[1, 2]", "x"])
def test_what_is_no_form_is_refused_in_words(client, address, body):
    answer = client.post(address, data=body, content_type="application/json")
    assert answer.status_code == 400
    assert "We could not read that" in page_of(answer)


def test_a_file_where_words_should_be_is_no_failure(client):
    fields = form_on(page_of(client.get("/thanks")), "/thanks")
    answer = client.post("/thanks", data=fields | {"words": (io.BytesIO(b"x"), "x.txt")}, content_type="multipart/form-data")
    assert "Tell us what they did" in errors_on(page_of(answer))


@pytest.mark.parametrize("address", ["/c/%00", "/staff/cases/%00", "/staff/queue?find=%00", "/y/%00"])
def test_a_zero_character_in_an_address_is_not_found(staff, address):
    assert staff().get(address).status_code == 404


def test_after_the_calendar_ends_nothing_that_was_said_is_lost(any_app):
    given = Submission(
        kind=SubmissionKind.COMPLAINT,
        representation=Representation(
            method=Method.QR_CARD, complainant=Complainant.CHILD_OR_YOUNG_PERSON, told=answered((("What?", "x"),))
        ),
    )
    receipt = receive(given, at=datetime(2029, 3, 1, tzinfo=UTC))
    assert (receipt.answer_by, receipt.read_by) == (None, None)


def test_unknown_pages_and_methods_are_pages_of_ours(client):
    assert "Check the address" in page_of(client.get("/nowhere"))
    assert client.put("/y/").status_code == 405
    assert client.get("/complain/nowhere").status_code == 404


def test_two_sends_at_once_of_one_form_make_one_record(any_app):
    given = Submission(
        kind=SubmissionKind.COMPLAINT,
        representation=Representation(
            method=Method.ONLINE_FORM,
            complainant=Complainant.PARENT,
            told=answered((("What?", "It stopped"),)),
            once_key="the same form",
        ),
    )
    found = []

    def send():
        with any_app.app_context():
            found.append(receive(given, at=MONDAY).reference)
            db.session.remove()

    threads = [threading.Thread(target=send) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(found) == 4
    assert len(set(found)) == 1
