"""Staff log in seconds: an email pasted or dropped, a photo of a card, undo, and many from a table."""

import io

import pytest
from sqlalchemy import func, select

from portal.cases.models import Case
from portal.clock import now
from portal.compliments.models import Compliment, Held
from portal.database import db
from portal.file_reading.services import make_waiting
from portal.people.roles import Role
from tests.factories.emails import ASHA, outlook, plain
from tests.factories.files import a_picture, a_word_file
from tests.factories.outlook import a_saved_message
from tests.factories.web import fill_in, form_on, page_of

TABLE = b"""received_on,words,thanked,source,kind,may_quote
2024-05-06,Thank you for all you did,Rowan,court,thanks,yes
2024-05-07,Lovely but nobody rang us back,Rowan,parent,,no
2024-05-08,The bus pass was late and is here now,,child or young person,issue,
"""


def all_thanks(app):
    with app.app_context():
        return db.session.scalars(select(Compliment).order_by(Compliment.id)).all()


def log_with(client, file, name, **changed):
    fields = form_on(page_of(client.get("/staff/log")), "/staff/log") | {one: [value] for one, value in changed.items()}
    return client.post("/staff/log", data=fields | {"photo": (io.BytesIO(file), name)}, content_type="multipart/form-data")


def test_a_pasted_email_tells_who_wrote_it_and_when(app, staff):
    words = outlook("Pat Example", "pat@post.example.org", ASHA, "You were kind to us.").split("____\n")[-1]
    fill_in(staff(Role.ANY_STAFF), "/staff/log", about="Rowan", words=words)
    (thanks,) = all_thanks(app)
    assert (thanks.words, thanks.from_name, thanks.method) == ("You were kind to us.", "Pat Example", "email")
    assert str(thanks.received_on) == "2026-03-03"


def test_a_dropped_email_is_read(app, staff):
    saved = plain("You were kind to us.", "Thanks", ("Pat Example", "pat@post.example.org"), key="x").as_bytes()
    log_with(staff(Role.ANY_STAFF), saved, "thanks.eml", about="Rowan")
    (thanks,) = all_thanks(app)
    assert (thanks.words.strip(), thanks.from_name, str(thanks.received_on)) == (
        "You were kind to us.",
        "Pat Example",
        "2026-03-03",
    )


def test_a_photo_of_a_card_is_logged_and_its_words_are_typed_later(app, staff):
    log_with(staff(Role.ANY_STAFF), a_picture(), "card.jpg", about="Rowan")
    (thanks,) = all_thanks(app)
    assert thanks.held_why is Held.TO_TYPE
    officer, address = staff(), f"/staff/compliments/{thanks.id}"
    assert "Type what the card says" in page_of(fill_in(officer, address, f"{address}/words"))
    fill_in(officer, address, f"{address}/words", words="Thank you Rowan")
    (thanks,) = all_thanks(app)
    assert (thanks.words, thanks.held_why) == ("Thank you Rowan", None)


def test_thanks_with_a_paper_that_was_read_are_undone_with_its_pages(app, staff):
    client = staff(Role.ANY_STAFF)
    answer = log_with(client, a_word_file("Thank you Rowan"), "letter.docx", about="Rowan", words="See the letter")
    with app.app_context():
        assert make_waiting(tell_time=now) == 1
    assert "Undone" in page_of(fill_in(client, answer.location, "/staff/log/undo"))
    assert all_thanks(app) == []


def test_a_message_that_outlook_saved_is_read(app, staff):
    saved = a_saved_message("Thanks", "You were kind to us.", ("Pat Example", "pat@post.example.org"))
    log_with(staff(Role.ANY_STAFF), saved, "thanks.msg", about="Rowan")
    (thanks,) = all_thanks(app)
    assert (thanks.words, thanks.from_name) == ("You were kind to us.", "Pat Example")


def test_a_file_that_is_not_taken_is_refused_with_all_that_was_typed(staff):
    page = page_of(log_with(staff(Role.ANY_STAFF), b"MZ" + bytes(99), "a.exe", about="Rowan", words="Thank you"))
    assert "Programs are not taken" in page
    assert "Thank you" in page


def test_a_slip_is_undone_and_the_form_is_filled_in_again(app, staff):
    client = staff(Role.ANY_STAFF)
    answer = fill_in(client, "/staff/log", about="Rowan", words="Thank yuo", source="court")
    page = page_of(client.get(answer.location))
    assert "Logged. 1 this month." in page
    page = page_of(fill_in(client, answer.location, "/staff/log/undo"))
    assert "Undone" in page
    assert form_on(page, "/staff/log")["words"] == ["Thank yuo"]
    assert form_on(page, "/staff/log")["source"] == ["court"]
    assert all_thanks(app) == []


def test_nobody_undoes_what_another_logged(app, staff):
    answer = fill_in(staff(Role.ANY_STAFF), "/staff/log", about="Rowan", words="Thank you")
    other = staff(Role.ANY_STAFF, "Kit")
    assert "Undo" not in page_of(other.get(answer.location))
    token = form_on(page_of(other.get("/staff/log")), "/staff/log")["csrf_token"]
    refused = other.post("/staff/log/undo", data={"csrf_token": token, "thanks": answer.location.split("=")[1]})
    assert refused.status_code == 409
    assert len(all_thanks(app)) == 1


def test_an_issue_says_who_told_us(app, staff):
    client = staff(Role.ANY_STAFF)
    fill_in(client, "/staff/log", kind="issue", source="advocacy_service", words="Contact was moved and is back now")
    fill_in(client, "/staff/log", kind="issue", words="A bus pass", raised_through="independent_visitor")
    with app.app_context():
        told = db.session.scalars(select(Case.raised_through).order_by(Case.id)).all()
    assert told == ["advocate", "independent_visitor"]


def looked_at(client, table=TABLE):
    page = page_of(client.get("/staff/log/many"))
    fields = form_on(page, "/staff/log/many") | {"file": (io.BytesIO(table), "thanks.csv")}
    return page_of(client.post("/staff/log/many", data=fields, content_type="multipart/form-data"))


def test_a_table_is_looked_at_first_and_adds_nothing(app, staff):
    page = looked_at(staff())
    assert "2 thanks" in page
    assert "1 issue" in page
    assert "Lovely but nobody rang us back" in page
    assert all_thanks(app) == []


def test_the_second_press_adds_it_once(app, staff):
    client = staff()
    for _ in range(2):
        page = looked_at(client)
        if "Add them" in page:
            fields = {"keep": ["y"], "sheet": [TABLE.decode()]}
            fields["csrf_token"] = form_on(page, "/staff/log/many")["csrf_token"]
            client.post("/staff/log/many", data=fields)
    found = all_thanks(app)
    assert [(str(one.received_on), one.is_from_court, one.may_share) for one in found] == [
        ("2024-05-06", True, True),
        ("2024-05-07", False, False),
    ]
    assert all(one.passes_on_at is None for one in found)
    with app.app_context():
        assert db.session.scalars(select(func.count(Case.id))).one() == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"tomorrow,Thanks,,,,", "is no day in the last 15 years"),
        (b"2024-05-06,,Asha,,,", "The words are missing"),
        (b"2024-05-06,x,,,complaint,", "complaints are logged one by one"),
        (b"2024-05-06,x,,martian,,", "source is"),
        (b"2024-05-06,x,,,,perhaps", "Write yes or no"),
    ],
)
def test_a_line_that_is_wrong_is_named(staff, line, told):
    page = looked_at(staff(), TABLE.split(b"\n")[0] + b"\n" + line)
    assert "Line 2" in page
    assert told in page


def test_the_command_does_the_same(app, tmp_path):
    table = tmp_path / "thanks.csv"
    table.write_bytes(TABLE)
    run = app.test_cli_runner().invoke
    assert "It would be: 1 issues, 2 thanks added" in run(args=["intake", "import", str(table), "--dry-run"]).output
    assert "2 thanks added, 0 were here already" in run(args=["intake", "import", str(table)]).output
    assert "nothing added, 3 were here already" in run(args=["intake", "import", str(table)]).output
    table.write_bytes(b"words\nx")
    assert "'received_on' is missing" in run(args=["intake", "import", str(table)]).output
