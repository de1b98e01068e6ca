"""`flask keys rotate`: everything sealed anew, nothing lost."""

import base64
import json
import threading

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select, text

from portal.audit.queries import verify_chain
from portal.cases.models import Case
from portal.database import db
from portal.keys.canary import is_moving, keys_fit
from portal.keys.models import SealCanary
from portal.sealing.ring import ring
from portal.sealing.rows import sealed_columns
from portal.sealing.values import SealBroken
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


def as_before(model, column, row_id):
    """Put back into a row what it said before values were bound to their place."""
    told = db.session.get(model, row_id)
    raw = base64.urlsafe_b64decode(Fernet(KEY).encrypt(json.dumps(getattr(told, column)).encode()))
    db.session.execute(text(f"update {model.__tablename__} set {column} = :raw where id = :id"), {"raw": raw, "id": row_id})
    db.session.commit()
    db.session.expire_all()
    return raw


def test_values_of_before_are_bound_and_then_open_nowhere_else(any_app):
    case_id = a_case(words="words of before").id
    raw = as_before(Case, "told", case_id)
    canary = base64.urlsafe_b64decode(Fernet(KEY).encrypt(ring.of_the_secret.made_for("canary").hex().encode()))
    db.session.add(SealCanary(id=1, song=""))
    db.session.flush()
    db.session.execute(text("update seal_canary set song = :song"), {"song": canary})
    db.session.commit()
    assert (keys_fit(), is_moving()) == (True, True)
    assert db.session.get(Case, case_id).told[0][1] == "words of before"
    assert any_app.test_cli_runner().invoke(args=["keys", "rotate"]).exit_code == 0
    db.session.expire_all()
    assert (keys_fit(), is_moving()) == (True, False)
    assert db.session.get(Case, case_id).told[0][1] == "words of before"
    db.session.execute(text("update cases set told = :raw where id = :id"), {"raw": raw, "id": case_id})
    db.session.commit()
    db.session.expire_all()
    with pytest.raises(SealBroken, match="It was put here"):
        _ = db.session.get(Case, case_id).told


def test_a_rotation_that_was_stopped_goes_on_where_it_was(any_app):
    for number in range(3):
        a_case(words=f"words {number}")
    ring.load((NEW, KEY), SECRET)
    try:
        first = any_app.test_cli_runner().invoke(args=["keys", "rotate"]).output
        assert any_app.test_cli_runner().invoke(args=["keys", "rotate"]).output.startswith("0 values")
        assert int(first.split()[0]) > 10
    finally:
        ring.load((KEY,), SECRET)
