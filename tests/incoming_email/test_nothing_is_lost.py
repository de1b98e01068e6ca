"""Whatever somebody wrote in an email stands on its record: earlier messages, answers between the lines, a Word file."""

from datetime import UTC, datetime

import pytest

from portal.cases.models import Case, Message
from portal.compliments.models import Compliment
from portal.database import db
from portal.incoming_email.models import IncomingEmail
from portal.incoming_email.parsing.forwards import MAX_NAME_LENGTH, unfold
from portal.incoming_email.services.receive_email import Mailbox, receive_email
from portal.incoming_email.services.who_wrote import OurOwn
from portal.outbox.services import queue_email
from tests.factories.cases import MONDAY, a_case
from tests.factories.emails import OURS, ROWAN, gmail, outlook, plain
from tests.factories.files import a_word_file
from tests.factories.web import page_of

AT = datetime(2026, 3, 5, 9, tzinfo=UTC)
OWN = OurOwn(frozenset({OURS}), frozenset({"exampleshire.example"}))
PAT = ("Pat", "pat@post.example.org")


def came(message, mailbox=Mailbox.COMPLAINTS):
    """Take one email in."""
    return receive_email(mailbox, message.as_bytes(), OWN, at=AT)


def all_told(kept):
    """All that the case of an email tells."""
    return dict(db.session.get(Case, int(kept.record.removeprefix("case/"))).told)


def answered(words, sender=PAT):
    """A case whose letter somebody answers by email, and the answer on it."""
    case = a_case(person={"is_adult": True, "name": PAT[0], "email": PAT[1]})
    letter = queue_email("letter", PAT[1], at=MONDAY, belongs_to=case.about, reference=case.reference, words="x")
    came(plain(words, "Re: your complaint", sender, key=f"answer-{case.id}", In_Reply_To=letter.message_id))
    return case, db.session.query(Message).filter_by(case_id=case.id, from_us=False).one()


@pytest.mark.usefixtures("in_app")
def test_the_earlier_messages_of_what_a_colleague_sends_on_are_told_too():
    first = outlook("Pat", PAT[1], ROWAN, "She was left alone at school for three hours on Monday.")
    told = all_told(
        came(plain(gmail("Pat", PAT[1], ROWAN, f"Still nothing, see below.\n{first}", "For you"), "FW", ROWAN, key="1"))
    )
    assert told["What they wrote"].startswith("Still nothing")
    assert "left alone at school" in told["The whole email, with earlier messages"]


@pytest.mark.usefixtures("in_app")
def test_one_message_that_is_sent_on_is_told_once():
    told = all_told(came(plain(gmail("Pat", PAT[1], ROWAN, "Nobody rang."), "FW", ROWAN, key="2")))
    assert "The whole email, with earlier messages" not in told


@pytest.mark.usefixtures("in_app")
def test_answers_between_our_lines_are_kept_with_the_answer():
    _, reply = answered("See below.\n\nOn 2 March 2026, Us <us@x.org> wrote:\n> Who was there?\nHer teacher was.")
    assert reply.words == "See below."
    assert reply.whole.endswith("Her teacher was.")
    assert reply.other_sender is None


@pytest.mark.parametrize("sender", [("Sam", "sam@elsewhere.example.org"), ("Nobody", "")])
def test_an_answer_from_another_address_says_so(app, staff, sender):
    with app.app_context():
        case, reply = answered("She made it all up. Close this.", sender)
        assert reply.other_sender == (sender[1] or "an address that cannot be read")
        reference = case.reference
    page = page_of(staff().get(f"/staff/cases/{reference}"))
    assert "not the address on this case" in page
    assert reply.other_sender in page


@pytest.mark.usefixtures("in_app")
def test_what_stands_below_the_name_of_a_telephone_was_written_and_stays():
    told = unfold(gmail("Pat", PAT[1], ROWAN, "Thank you.\nSent from my iPhone\n\nPS She still has no bed.")).blocks[0]
    assert told.words == "Thank you.\n\nPS She still has no bed."
    heart = unfold(gmail("Pat", PAT[1], ROWAN, "Thank you.\nSent from my heart, and from the boys")).blocks[0]
    assert heart.words.endswith("from the boys")


def with_word_file(message, content):
    """The same with a Word file."""
    message.add_attachment(content, maintype="application", subtype="msword", filename="letter.docx")
    return message


@pytest.mark.usefixtures("in_app")
def test_the_words_of_a_word_file_are_told_and_read_for_signs_of_harm():
    email = plain("My complaint is attached.", "Complaint", PAT, key="3")
    kept = came(with_word_file(email, a_word_file("Nobody came on Monday.", "He hits me when she is out.")))
    told = all_told(kept)
    assert told["In the file letter.docx"] == "Nobody came on Monday.\n\nHe hits me when she is out."
    assert not kept.left_behind
    assert db.session.query(Case).one().reads_first_why == "words"


@pytest.mark.usefixtures("in_app")
def test_thanks_in_a_word_file_are_thanks_and_wait_for_somebody_to_read_them():
    email = plain("Please see the attached.", "Thank you", PAT, key="4")
    came(with_word_file(email, a_word_file("Asha never gave up on us.")), Mailbox.THANKS)
    compliment = db.session.query(Compliment).one()
    assert "Asha never gave up on us." in compliment.words
    assert compliment.passes_on_at is not None


@pytest.mark.usefixtures("in_app")
def test_an_answer_in_a_word_file_lands_on_its_case():
    case = a_case(person={"is_adult": True, "name": PAT[0], "email": PAT[1]})
    email = plain("Attached.", f"About {case.reference}", PAT, key="5")
    came(with_word_file(email, a_word_file("I agree with part 1.")))
    reply = db.session.query(Message).filter_by(case_id=case.id, from_us=False).one()
    assert "I agree with part 1." in reply.words
    assert db.session.query(IncomingEmail).one().record == case.about


@pytest.mark.usefixtures("in_app")
def test_a_name_as_long_as_a_letter_is_cut_and_the_letter_is_not():
    kept = came(plain("Nobody rang.", "Complaint", ("P" * 5_000, PAT[1]), key="6"))
    case = db.session.query(Case).one()
    assert len(case.person["name"]) == MAX_NAME_LENGTH
    assert all_told(kept)["What they wrote"] == "Nobody rang."
