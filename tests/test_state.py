"""`flask check` tells the truth about an installation, and what to do."""

import socket
from contextlib import closing

import pytest

from portal.database import db
from portal.people.roles import Role
from portal.safe_start import DEMO_SEALING_KEY
from portal.sealing import ring
from portal.web.canary import SealCanary, keys_fit, set_canary
from portal.worker import do_every_job
from tests.conftest import app_for
from tests.factories.cases import a_case
from tests.factories.people import a_person


def lines(app):
    done = app.test_cli_runner().invoke(args=["check"])
    return done.exit_code, {name: line for line in done.output.splitlines() for name in [line[10:].partition(":")[0]]}


@pytest.fixture
def other_keys(app):
    """The portal's own keys are gone, and others are in use."""

    def use():
        ring.load((DEMO_SEALING_KEY,), app.config["SECRET_KEY"])

    yield use
    from portal.web.settings import settings

    with app.app_context():
        ring.load(settings().sealing_keys, app.config["SECRET_KEY"])


def test_what_is_missing_is_told_with_what_to_do(app):
    code, told = lines(app)
    assert code == 1
    assert "people --help" in told["people"]
    assert "PORTAL_MAIL_SERVER" in told["mail"]
    assert told["database"].startswith("in order")
    assert told["keys"].startswith("in order")


def test_a_mail_server_is_asked_and_not_only_set(app, monkeypatch):
    with closing(socket.create_server(("127.0.0.1", 0))) as door:
        port = door.getsockname()[1]
    monkeypatch.setitem(app.config, "MAIL_SERVER", "127.0.0.1")
    monkeypatch.setitem(app.config, "MAIL_PORT", port)
    assert "does not answer" in lines(app)[1]["mail"]


def test_people_who_can_work_are_counted(app):
    with app.app_context():
        a_person(Role.ADMINISTRATOR)
        a_person(Role.CUSTOMER_RELATIONS)
    assert lines(app)[1]["people"].startswith("in order")


@pytest.mark.parametrize("has_canary", [True, False])
def test_with_other_keys_nothing_is_taken_in_and_everyone_is_told(app, client, other_keys, has_canary):
    with app.app_context():
        a_case()
        assert set_canary() is True
        if not has_canary:
            db.session.query(SealCanary).delete()
            db.session.commit()
    other_keys()
    with app.app_context():
        assert keys_fit() is False
        done = do_every_job(at=None)
    assert done.stopped == ["everything"]
    assert done.told == []
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "do not open what is kept" in answer.get_data(as_text=True)
    assert lines(app)[1]["keys"].startswith("LOOK")


def test_wrong_keys_never_set_the_canary(app, other_keys):
    with app.app_context():
        a_case()
    other_keys()
    with app.app_context():
        assert set_canary() is False
        assert db.session.query(SealCanary).count() == 0


def test_a_command_that_meets_a_broken_seal_ends_with_one(app, other_keys):
    with app.app_context():
        person = a_person(Role.ADMINISTRATOR)
        person.nicknames = ["Lee"]
        db.session.commit()
        email = person.email
    other_keys()
    done = app.test_cli_runner().invoke(args=["people", "start-afresh", email])
    assert done.exit_code == 1
    assert "No key in PORTAL_SEALING_KEYS" in done.output


def test_the_tables_of_an_older_portal_are_told(tmp_path):
    app = app_for(f"sqlite:///{tmp_path / 'none.db'}")
    code, told = lines(app)
    assert code == 1
    assert "db upgrade" in told["database"]
