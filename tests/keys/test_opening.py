"""A value that was moved or changed harms nobody else: lists are shown without it, jobs go on, and it is named."""

from cryptography.fernet import Fernet
from sqlalchemy import select, text, update

from portal.cases.models import Case, Message
from portal.cases.services.indexing import index_anew
from portal.clock import now
from portal.compliments.models import Compliment
from portal.correspondence.services.messages import receive_reply
from portal.database import db
from portal.incoming_email.models import IncomingEmail
from portal.keys.stored import stored_keys
from portal.people.roles import Role
from portal.sealing.ring import ring
from portal.sealing.values import SealBroken
from tests.factories.cases import a_case
from tests.factories.web import fill_in, page_of
from tests.real_settings import KEY, SECRET

NEW = Fernet.generate_key().decode()
NOT_SHOWN = "1 thing on this page cannot be opened"


def put_elsewhere(model, column, row_id):
    """Put into one row what another row says: what somebody could try who can write in the database."""
    table = model.__tablename__
    other = db.session.execute(text(f"select {column} from {table} where id <> :id"), {"id": row_id}).scalar()
    db.session.execute(text(f"update {table} set {column} = :other where id = :id"), {"other": other, "id": row_id})
    db.session.commit()
    db.session.expire_all()


def test_words_moved_to_another_case_do_not_open_and_the_other_case_does(in_app):
    moved, whole = a_case(words="he hits me"), a_case(words="the bus was late")
    put_elsewhere(Case, "told", moved.id)
    try:
        told = moved.told
    except SealBroken:
        told = "nothing"
    assert told == "nothing"
    assert whole.told[0][1] == "the bus was late"


def test_a_list_of_thanks_is_shown_without_the_one_that_does_not_open(app, client, staff):
    for words in ("first thanks", "second thanks"):
        fill_in(client, "/thanks", thanked="Kim", words=words)
    with app.app_context():
        first = db.session.scalars(select(Compliment).order_by(Compliment.id)).first()
        put_elsewhere(Compliment, "words", first.id)
    page = page_of(staff(Role.CUSTOMER_RELATIONS).get("/staff/compliments/"))
    assert NOT_SHOWN in page
    assert ("second thanks" in page, "first thanks" in page) == (True, False)


def test_the_page_of_set_aside_mail_is_shown_without_the_email_that_does_not_open(app, staff):
    with app.app_context():
        for number in range(2):
            told = {"sender": "a@example.org", "subject": f"subject {number}", "words": "", "state": "set_aside"}
            keys = {"message_key": f"m{number}", "content_key": f"c{number}", "mailbox": "complaints", "reason": "empty"}
            db.session.add(IncomingEmail(**told, **keys, fetched_at=now()))
        db.session.commit()
        put_elsewhere(IncomingEmail, "subject", 1)
    page = page_of(staff(Role.CUSTOMER_RELATIONS).get("/staff/email/"))
    assert NOT_SHOWN in page
    assert "subject 1" in page


def test_a_case_is_shown_without_the_letter_that_does_not_open(app, staff):
    with app.app_context():
        case = a_case()
        reference = case.reference
        for number in range(2):
            receive_reply(case.id, f"reply {number}", once_key=f"key {number}", at=now())
        put_elsewhere(Message, "words", 1)
    page = page_of(staff(Role.CUSTOMER_RELATIONS).get(f"/staff/cases/{reference}"))
    assert NOT_SHOWN in page
    assert "reply 1" in page


def test_a_page_of_one_thing_that_does_not_open_says_so(app, staff):
    with app.app_context():
        case = a_case()
        a_case()
        reference = case.reference
        put_elsewhere(Case, "told", case.id)
    answer = staff(Role.CUSTOMER_RELATIONS).get(f"/staff/cases/{reference}")
    assert answer.status_code == 500
    assert "does not open" in page_of(answer)


def test_what_does_not_open_is_named_and_nothing_of_what_was_written(app):
    run = app.test_cli_runner().invoke
    with app.app_context():
        case_id = a_case(words="he hits me").id
        a_case()
    assert "values open." in run(args=["keys", "try"]).output
    with app.app_context():
        put_elsewhere(Case, "told", case_id)
    done = run(args=["keys", "try"])
    assert (done.exit_code, f"does not open: cases.told id={case_id}" in done.output) == (1, True)
    assert "hits" not in done.output


def test_a_value_that_does_not_open_holds_up_no_rotation_and_no_new_secret(app):
    run = app.test_cli_runner().invoke
    with app.app_context():
        cases = [a_case(words=f"words {number}").id for number in range(3)]
        put_elsewhere(Case, "told", cases[0])
        ring.load((NEW, KEY), SECRET, stored_keys)
    try:
        done = run(args=["keys", "rotate"])
        assert (done.exit_code, "1 values do not open" in done.output) == (1, True)
        assert run(args=["keys", "accept", "--lost"]).exit_code == 0
        ring.load((NEW,), SECRET, stored_keys)
        with app.app_context():
            assert db.session.get(Case, cases[2]).told[0][1] == "words 2"
    finally:
        ring.load((KEY,), SECRET, stored_keys)


def test_a_case_that_does_not_open_keeps_no_other_from_being_indexed(in_app):
    cases = [a_case(words=f"words{number}") for number in range(3)]
    db.session.execute(update(Case).values(index_version=0))
    db.session.commit()
    put_elsewhere(Case, "told", cases[1].id)
    index_anew()
    assert [db.session.get(Case, case.id).index_version for case in cases] == [1, 0, 1]
