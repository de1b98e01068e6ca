"""`flask keys rotate`: everything sealed anew, nothing lost."""

import threading

from cryptography.fernet import Fernet
from sqlalchemy import select

from portal.audit.queries import verify_chain
from portal.casework.models import Case
from portal.database import db
from portal.sealing.ring import ring
from portal.sealing.rows import sealed_columns
from tests.factories.cases import a_case
from tests.real_settings import KEY, SECRET

NEW = Fernet.generate_key().decode()


def test_after_a_rotation_the_old_key_is_not_needed(any_app):
    for number in range(3):
        a_case(words=f"words {number}")
    secret = SECRET
    ring.load((NEW, KEY), secret)
    try:
        done = any_app.test_cli_runner().invoke(args=["keys", "rotate"])
        assert "values are sealed under the newest key" in done.output
        ring.load((NEW,), secret)
        db.session.remove()
        assert [case.told[0][1] for case in db.session.scalars(select(Case).order_by(Case.id))] == [
            "words 0",
            "words 1",
            "words 2",
        ]
        assert verify_chain().trouble == ""
    finally:
        ring.load((KEY,), secret)


def test_without_the_old_key_it_says_what_is_missing(any_app):
    a_case()
    secret = SECRET
    ring.load((NEW,), secret)
    try:
        done = any_app.test_cli_runner().invoke(args=["keys", "rotate"])
        assert (done.exit_code, "Add the key" in done.output) == (1, True)
    finally:
        ring.load((KEY,), secret)


def test_everything_that_people_write_is_in_a_sealed_column():
    found = {f"{table.name}.{column.name}" for table, column in sealed_columns(db.metadata)}
    assert {
        "cases.told",
        "cases.person",
        "case_messages.words",
        "compliments.words",
        "drafts.answers",
        "audit_entries.facts",
    } <= found


def test_keys_rotate_while_others_read_and_write(any_app):
    for number in range(40):
        a_case(words=f"words {number}")
    secret, troubles, stop = SECRET, [], threading.Event()
    ring.load((NEW, KEY), secret)

    def read_and_write(writes):
        while not stop.is_set():
            try:
                with any_app.app_context():
                    if writes:
                        a_case(words="words in between")
                    told = [case.told[0][1] for case in db.session.scalars(select(Case))]
                    assert all(words.startswith("words ") for words in told)
                    db.session.remove()
            except Exception as trouble:
                troubles.append(trouble)

    busy = [threading.Thread(target=read_and_write, args=(writes,)) for writes in (True, False)]
    try:
        for thread in busy:
            thread.start()
        done = any_app.test_cli_runner().invoke(args=["keys", "rotate"])
        stop.set()
        for thread in busy:
            thread.join()
        assert (done.exit_code, troubles) == (0, [])
        ring.load((NEW,), secret)
        db.session.remove()
        assert db.session.scalars(select(Case)).all()
    finally:
        stop.set()
        ring.load((KEY,), secret)
