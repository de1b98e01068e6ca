"""The same words about two children are two; the same email with the file that was forgotten is one, and has the file."""

from datetime import UTC, datetime
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from sqlalchemy import select

from portal.cases.models import Case
from portal.compliments.models import Compliment, Held
from portal.database import db
from portal.files.models import StoredFile
from portal.incoming_email.models import EmailState, IncomingEmail, SetAside
from portal.incoming_email.services.receive_email import Mailbox, receive_email
from portal.incoming_email.services.who_wrote import OurOwn
from tests.factories.emails import ASHA, OURS, ROWAN, gmail, outlook, plain
from tests.factories.files import a_pdf, a_picture, a_word_file
from tests.factories.machines import headed

AT = datetime(2026, 3, 5, 9, tzinfo=UTC)
OWN = OurOwn(frozenset({OURS}), frozenset({"exampleshire.example"}))
PAT = ("Pat", "pat@post.example.org")
WORDS = "Nobody came to the review again."
pytestmark = pytest.mark.usefixtures("in_app")


def came(message, mailbox=Mailbox.COMPLAINTS):
    """Take one email in."""
    return receive_email(mailbox, message.as_bytes(), OWN, at=AT)


def written(key, *, subject="Complaint", to=OURS, words=WORDS, files=()):
    """One email with files, each a name and what it holds."""
    message = plain(words, subject, PAT, to=to, key=key)
    for name, content in files:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message


def files():
    """The names of all files that are kept."""
    return [one.name for one in db.session.scalars(select(StoredFile).order_by(StoredFile.id))]


def cases():
    """All cases."""
    return db.session.scalars(select(Case).order_by(Case.id)).all()


@pytest.mark.parametrize(
    "second",
    [
        {"subject": "Complaint about Sam"},
        {"to": f"{OURS}, sam@school.example.org"},
        {"words": f"{WORDS} Sam cried."},
        {"files": [("b.pdf", a_pdf(lambda pdf: pdf.add_blank_page(page_size=(9, 9))))]},
    ],
)
def test_the_same_words_about_another_child_are_another_case(second):
    came(written("1", files=[("a.pdf", a_pdf())] if "files" in second else []))
    assert came(written("2", **second)).state is EmailState.TAKEN
    assert len(cases()) == 2


def test_the_very_same_again_is_set_aside_where_somebody_sees_it():
    came(written("1", files=[("a.pdf", a_pdf())]))
    again = came(written("2", subject="Re: [EXTERNAL] Complaint", files=[("a.pdf", a_pdf())]))
    assert (again.state, again.reason) == (EmailState.SET_ASIDE, SetAside.DUPLICATE)
    assert came(written("3")).reason is SetAside.DUPLICATE  # once more, without its file
    assert files() == ["a.pdf"]


def test_the_forgotten_file_lands_on_the_case_that_is_here():
    first = came(written("1"))
    second = came(written("2", files=[("a.pdf", a_pdf()), ("letter.docx", a_word_file("He was alone at home."))]))
    assert (second.state, second.record) == (EmailState.TAKEN, first.record)
    case = cases()[0]
    reply = case.messages[-1].words
    assert reply.startswith("[The same email came again, with more: a.pdf, letter.docx, In the file letter.docx]")
    assert "He was alone at home." in reply
    assert (len(cases()), files(), case.reads_first_why) == (1, ["a.pdf", "letter.docx"], "reply words")


def test_another_word_file_of_the_same_name_is_no_repetition():
    came(written("1", files=[("letter.docx", a_word_file("He was alone."))]))
    came(written("2", files=[("letter.docx", a_word_file("She was hungry."))]))
    told = " ".join(str(case.told) for case in cases())
    assert "He was alone." in told
    assert "She was hungry." in told


def test_the_forgotten_picture_lands_on_the_thanks_and_somebody_looks_at_it():
    first = came(written("1", words="Thank you Asha."), Mailbox.THANKS)
    second = came(written("2", words="Thank you Asha.", files=[("card.jpg", a_picture())]), Mailbox.THANKS)
    assert second.record == first.record
    thanks = db.session.scalars(select(Compliment)).one()
    assert (files(), thanks.held_why) == (["card.jpg"], Held.PICTURE)


def test_a_forgotten_letter_that_tells_of_harm_is_read_as_if_it_came_alone():
    came(written("1", words="Thank you Asha."), Mailbox.THANKS)
    came(written("2", words="Thank you Asha.", files=[("a.docx", a_word_file("My dad hits me."))]), Mailbox.THANKS)
    assert cases()[0].is_read_first


def test_what_two_colleagues_send_on_is_one():
    came(plain(gmail(*PAT, ASHA, WORDS), "Fwd: Hello", ROWAN, key="1"))
    assert came(plain(outlook(*PAT, ASHA, WORDS), "FW: Hello", ASHA, key="2")).reason is SetAside.DUPLICATE


def test_one_whom_nobody_knows_is_never_taken_for_another():
    for key in ("1", "2"):
        raw = f"Subject: Help\r\nMessage-ID: <{key}@x.example>\r\n\r\nPlease help me.\r\n".encode()
        assert receive_email(Mailbox.COMPLAINTS, raw, OWN, at=AT).state is EmailState.TAKEN


def test_each_of_several_emails_that_a_colleague_attaches_is_told():
    message = MIMEMultipart()
    message.attach(MIMEText("Two of them."))
    for number in (1, 2):
        message.attach(MIMEMessage(plain(f"Complaint number {number}.", "Hello", PAT, to=ASHA[1], key=f"in-{number}")))
    kept = came(headed(message, "FW: two", "two", ROWAN))
    told = dict(cases()[0].told)
    assert told["What they wrote"] == "Complaint number 1."
    assert "Complaint number 2." in told["The whole email, with earlier messages"]
    assert db.session.get(IncomingEmail, kept.id).state is EmailState.TAKEN
