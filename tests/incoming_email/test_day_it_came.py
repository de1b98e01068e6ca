"""When an email came, who is answered, and what could not be kept: told on its record, each with where it is known from."""

from datetime import UTC, datetime, timedelta
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from sqlalchemy import select

from portal.cases.models import Case, Message
from portal.compliments.models import Compliment
from portal.correspondence.reach import way
from portal.database import db
from portal.incoming_email.services.receive_email import Mailbox, receive_email
from portal.incoming_email.services.who_wrote import OurOwn
from tests.factories.cases import a_case
from tests.factories.emails import ASHA, OURS, ROWAN, gmail, outlook, plain, with_files
from tests.factories.machines import headed

AT = datetime(2026, 3, 5, 9, tzinfo=UTC)
TAKEN = datetime(2026, 3, 4, 8, tzinfo=UTC)
OWN = OurOwn(frozenset({OURS}), frozenset({"exampleshire.example"}))
PAT = ("Pat", "pat@post.example.org")
BANNER = "CAUTION: This email originated from outside the organisation. Do not click links unless you know the sender."
pytestmark = pytest.mark.usefixtures("in_app")


def came(message, mailbox=Mailbox.COMPLAINTS, **more):
    """Take one email in, and give the case."""
    receive_email(mailbox, message.as_bytes(), OWN, at=AT, **more)
    return db.session.scalars(select(Case).order_by(Case.id.desc())).first()


@pytest.mark.parametrize("date", ["Tue, 03 Mar 2020 10:12:00 +0000", "Tue, 03 Mar 2037 10:12:00 +0000", "nonsense"])
def test_an_email_came_when_our_server_took_it_whatever_its_sender_says(date):
    case = came(plain("Nobody rang.", "Hello", PAT, key="1", date=date), arrived_at=TAKEN)
    assert case.received_at == TAKEN
    assert dict(case.told)["When it came to the council"] == "Wednesday 4 March 2026, when our mail server took it"


@pytest.mark.parametrize("arrived_at", [None, AT + timedelta(days=2), AT - timedelta(days=4000)])
def test_a_server_that_says_what_cannot_be_is_not_believed(arrived_at):
    assert came(plain("Nobody rang.", "Hello", PAT, key="1"), arrived_at=arrived_at).received_at == AT


def test_what_a_colleague_sends_on_came_when_they_got_it():
    case = came(plain(gmail(*PAT, ASHA, "Nobody rang."), "Fwd: Hello", ROWAN, key="1"), arrived_at=TAKEN)
    assert str(case.received_on) == "2026-03-03"
    assert dict(case.told)["When it came to the council"] == "Tuesday 3 March 2026, as the forwarded email says"


@pytest.mark.parametrize(
    ("to", "date"),
    [
        (("Gran", "gran@post.example.org"), "03 March 2026 10:12"),  # a colleague got it from Gran, nobody knows when
        (ASHA, "03 March 2027 10:12"),
        (ASHA, "03 March 1998 10:12"),
    ],
)
def test_a_guess_never_counts(to, date):
    words = outlook(*PAT, to, "Nobody rang.").replace("03 March 2026 10:12", date)
    case = came(plain(words, "Fwd: Hello", ROWAN, key="1"), arrived_at=TAKEN)
    assert case.received_at == TAKEN
    assert "when our mail server took it; the forwarded email does not say" in dict(case.told)["When it came to the council"]


def test_what_a_colleague_attaches_came_when_they_got_it():
    message = MIMEMultipart()
    message.attach(MIMEText("See attached."))
    message.attach(MIMEMessage(plain("Nobody rang.", "Hello", PAT, to=ASHA[1], key="in")))
    case = came(headed(message, "FW: Hello", "out", ROWAN), arrived_at=TAKEN)
    assert str(case.received_on) == "2026-03-03"


def test_thanks_that_a_colleague_sends_on_tell_the_day_too():
    came(plain(gmail(*PAT, ASHA, "Thank you"), "Fwd: Thanks", ROWAN, key="1"), Mailbox.THANKS, arrived_at=TAKEN)
    thanks = db.session.scalars(select(Compliment)).one()
    assert str(thanks.received_on) == "2026-03-03"
    assert thanks.note.endswith("When it came to the council: Tuesday 3 March 2026, as the forwarded email says")


@pytest.mark.parametrize(
    ("sender", "answered"),
    [
        (("Our web form", "no-reply@forms.example.org"), "gran@post.example.org"),
        (("Form", "webform@council.example.org"), "gran@post.example.org"),
        (("MFP 3", "scanner03@school.example.org"), "gran@post.example.org"),
        (PAT, "pat@post.example.org"),
    ],
)
def test_reply_to_decides_only_where_a_machine_sent_it_and_both_are_shown(sender, answered):
    case = came(plain("Nobody rang.", "Hello", sender, key="1", Reply_To="Gran <gran@post.example.org>"))
    told = dict(case.told)
    assert way(case, "email") == answered
    assert told["Sent from"] == f"{sender[0]} {sender[1]}"
    assert told["Answers are asked to go to"] == "Gran gran@post.example.org"


def test_an_address_that_nobody_reads_is_never_answered():
    case = came(plain("Nobody rang.", "Hello", ("Form", "noreply@forms.example.org"), key="1"))
    assert way(case, "email") == ""
    assert dict(case.told)["Sent from"] == "Form noreply@forms.example.org"


def test_answers_asked_to_go_to_ourselves_go_to_the_sender():
    case = came(plain("Nobody rang.", "Hello", PAT, key="1", Reply_To=OURS))
    assert way(case, "email") == PAT[1]
    assert "Sent from" not in dict(case.told)


def test_what_could_not_be_kept_is_told_on_the_case():
    case = came(with_files(plain("Nobody rang.", "Hello", PAT, key="1")))
    assert dict(case.told)["Came with it and could not be kept"].startswith("notes.docx: ")


def test_what_could_not_be_kept_of_an_answer_is_told_with_it():
    case = a_case(person={"is_adult": True, "name": "Pat", "email": PAT[1]})
    came(with_files(plain("I agree.", f"About {case.reference}", PAT, key="1")))
    reply = db.session.scalars(select(Message).where(Message.case_id == case.id, Message.from_us.is_(False))).one()
    assert reply.words == "I agree."
    assert "Came with it and could not be kept:\nnotes.docx" in reply.whole


def test_a_subject_alone_is_the_words():
    case = came(plain("", "help my carer hits me", PAT, key="1"))
    assert dict(case.told)["What they wrote"] == "help my carer hits me"
    assert case.is_read_first


def test_a_banner_is_neither_words_nor_a_sign_nor_a_subject():
    words = f"{BANNER}\n\nThe minutes went to the wrong house."
    case = came(plain(words, "[EXTERNAL] Minutes", PAT, key="1"))
    assert dict(case.told) == {"Subject": "Minutes", "What they wrote": "The minutes went to the wrong house."}
    assert not case.is_read_first


def test_a_banner_inside_what_is_sent_on_is_cut_from_each_message():
    inner = outlook(*PAT, ASHA, f"{BANNER}\n\nFirst.")
    words = gmail(*PAT, ASHA, f"{BANNER}\n\nSecond.\n{inner}", BANNER)
    case = came(plain(words, "Fwd: [EXTERNAL] Minutes", ROWAN, key="1"))
    told = dict(case.told)
    assert told["What they wrote"].startswith("Second.")
    assert "First." in told["The whole email, with earlier messages"]
    assert BANNER not in str(case.told)
    assert not case.is_read_first
