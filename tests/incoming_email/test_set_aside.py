"""What was set aside is shown with its reason until somebody looked; what people answer lands on their case."""

from datetime import UTC, datetime

from sqlalchemy import select

from portal.cases.models import Case, WallReason
from portal.cases.services.walls import new_wall
from portal.compliments.models import Compliment
from portal.database import db
from portal.incoming_email.models import EmailState, IncomingEmail
from portal.incoming_email.services.receive_email import Mailbox, receive_email
from portal.incoming_email.services.who_wrote import OurOwn
from portal.outbox.services import queue_email
from portal.people.queries import people_with
from portal.people.roles import Role
from tests.factories.cases import a_case
from tests.factories.emails import ASHA, BOUNCE, OURS, gmail, outlook, plain
from tests.factories.web import fill_in, page_of

AT = datetime(2026, 3, 5, 9, tzinfo=UTC)
OWN = OurOwn(frozenset({OURS}), frozenset({"exampleshire.example"}))
AWAY = plain(
    "Please ring me, nobody came.",
    "Automatic reply: hello",
    ("Pat", "pat@post.example.org"),
    key="away",
    Auto_Submitted="auto-replied",
)


def came(message, mailbox=Mailbox.COMPLAINTS):
    raw = message if isinstance(message, bytes) else message.as_bytes()
    return receive_email(mailbox, raw, OWN, at=AT).id


def test_each_reason_is_told_in_words_and_a_person_settles_it(app, staff):
    with app.app_context():
        one = came(AWAY)
    client = staff()
    page = page_of(client.get("/staff/email/"))
    assert "An automatic reply" in page
    assert "nobody came" in page
    fill_in(client, "/staff/email/", f"/staff/email/{one}/nothing")
    assert "Nothing here" in page_of(client.get("/staff/email/"))
    assert "nobody came" in page_of(client.get("/staff/email/?show=settled"))


def test_a_machine_may_still_have_told_of_a_complaint(app, staff):
    with app.app_context():
        one = came(AWAY)
    client = staff()
    fill_in(client, "/staff/email/", f"/staff/email/{one}/complaint")
    with app.app_context():
        case = db.session.scalars(select(Case)).one()
        assert "nobody came" in dict(case.told)["What they wrote"]
        assert dict(case.told)["When it came to the council"] == "Thursday 5 March 2026, when our mail server took it"
        assert db.session.scalars(select(IncomingEmail)).one().record == f"case/{case.id}"
    assert "What became of it" in page_of(client.get("/staff/email/?show=settled"))


def test_a_letter_that_came_back_leads_to_its_case(app, staff):
    with app.app_context():
        case = a_case()
        letter = queue_email("letter", "p@example.org", at=AT, belongs_to=case.about, reference=case.reference, words="x")
        came(BOUNCE % letter.message_id.encode())
        reference = case.reference
    page = page_of(staff().get("/staff/email/"))
    assert "A letter of ours came back" in page
    assert f"/staff/cases/{reference}" in page


def test_an_answer_lands_on_its_case_once(in_app):
    case = a_case()
    letter = queue_email("letter", "p@example.org", at=AT, belongs_to=case.about, reference=case.reference, words="x")
    answer = plain("Thank you, I agree.", "Re", ("P", "other@example.org"), key="re", In_Reply_To=letter.message_id)
    assert came(answer) == came(answer)
    replies = [one.words for one in db.session.get(Case, case.id).messages if not one.from_us]
    assert replies == ["Thank you, I agree."]


def test_the_same_thanks_from_the_same_person_on_another_day_are_new(in_app):
    for key, day in (("a", "Tue, 03 Mar 2026 10:12:00 +0000"), ("b", "Wed, 04 Mar 2026 10:12:00 +0000")):
        came(plain("Thank you", "Hi", ("Pat", "pat@post.example.org"), key=key, date=day), Mailbox.THANKS)
    assert len(db.session.scalars(select(Compliment)).all()) == 2


def test_nothing_of_an_email_can_be_read_in_the_database(in_app, stored):
    came(plain("Zanzibar", "Quagga", ("Pat", "okapi@post.example.org"), key="z"))
    db.session.remove()
    kept = stored()
    assert not any(word in kept for word in (b"Zanzibar", b"Quagga", b"okapi"))
    assert db.session.scalars(select(IncomingEmail)).one().state is EmailState.TAKEN


def test_an_email_of_harm_is_read_first(in_app):
    came(plain("my dad hits me", "help", ("Kid", "kid@post.example.org"), key="harm"), Mailbox.THANKS)
    assert db.session.scalars(select(Case)).one().is_read_first


def test_what_somebody_from_outside_sends_on_is_theirs_and_whole(in_app):
    words = "This letter is wrong.\n\n" + outlook(
        "Your Say", OURS, ("Pat", "pat@post.example.org"), "Dear Pat, we will answer."
    )
    came(plain(words, "FW: Your complaint", ("Pat", "pat@post.example.org"), key="outside"))
    case = db.session.scalars(select(Case)).one()
    told = dict(case.told)
    assert told["What they wrote"].startswith("This letter is wrong.")
    assert "we will answer" in told["What they wrote"]
    assert case.person["email"] == "pat@post.example.org"
    assert "What a colleague wrote above it" not in told


def test_a_colleague_may_send_on_from_the_shared_mailbox(in_app):
    message = plain(
        gmail("Bev", "bev@post.example.org", ASHA, "Thank you all"), "Fwd: Thanks", ("Your Say", OURS), key="shared"
    )
    came(message, Mailbox.THANKS)
    assert db.session.scalars(select(Compliment)).one().words == "Thank you all"


def test_what_a_colleague_answers_to_thanks_is_an_enquiry_of_their_own_words(in_app):
    letter = queue_email("letter", "asha@exampleshire.example", at=AT, belongs_to="compliment/1", reference="x", words="x")
    words = (
        "She also says that nobody rang.\n\nOn 2 Mar 2026 at 10:12, Your Say <your-say@exampleshire.example> wrote:\n> Asha,"
    )
    came(plain(words, "Re: Someone thanked you", ASHA, key="answer", In_Reply_To=letter.message_id))
    case = db.session.scalars(select(Case)).one()
    assert (case.kind, dict(case.told)["What they wrote"]) == ("enquiry", "She also says that nobody rang.")


def test_an_email_behind_a_wall_is_on_no_page_of_who_is_shut_out(app, staff):
    officer = staff()
    with app.app_context():
        came(plain("The officer was rude to us.", "Complaint", ("Pat", "pat@post.example.org"), key="wall"))
        case, who = db.session.scalars(select(Case)).one(), people_with(Role.CUSTOMER_RELATIONS)[0].id
        db.session.add(new_wall(case.id, who, WallReason.COMPLAINED_ABOUT))
        db.session.commit()
    assert "rude to us" not in page_of(officer.get("/staff/email/?show=taken"))
    assert "rude to us" in page_of(staff(name="Alex").get("/staff/email/?show=taken"))
