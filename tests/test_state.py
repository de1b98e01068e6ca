"""`flask check` tells the truth about an installation, and what to do."""

import socket
from contextlib import closing

import pytest

from portal.cases.models import Case
from portal.clock import now
from portal.database import db
from portal.keys.canary import keys_fit, set_canary
from portal.keys.models import SealCanary
from portal.keys.services import renew_key
from portal.keys.stored import stored_keys, use_keys
from portal.people.roles import Role
from portal.safe_start import DEMO_SEALING_KEY
from portal.sealing.ring import Purpose, ring
from portal.worker import do_every_job
from tests.conftest import app_for
from tests.factories.cases import a_case
from tests.factories.people import a_person
from tests.factories.web import form_on, page_of
from tests.real_settings import KEY, SECRET


def lines(app):
    done = app.test_cli_runner().invoke(args=["check"])
    return done.exit_code, {name: line for line in done.output.splitlines() for name in [line[10:].partition(":")[0]]}


@pytest.fixture
def other_keys(app):
    """The portal's own keys are gone, and others are in use."""

    def use():
        ring.load((DEMO_SEALING_KEY,), SECRET, stored_keys)

    yield use
    from portal.web.settings import settings

    with app.app_context():
        ring.load(settings().sealing_keys, SECRET, stored_keys)
        use_keys(app)


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
        renew_key(Purpose.SESSIONS, at=now())
    other_keys()
    done = app.test_cli_runner().invoke(args=["keys", "list"])
    assert done.exit_code == 1
    assert "No key in PORTAL_SEALING_KEYS" in done.output


def test_the_tables_of_an_older_portal_are_told(tmp_path):
    app = app_for(f"sqlite:///{tmp_path / 'none.db'}")
    code, told = lines(app)
    assert code == 1
    assert "db upgrade" in told["database"]


def test_with_other_keys_no_page_takes_anything_in_and_no_command_runs(app, client, other_keys):
    with app.app_context():
        a_case()
        assert set_canary() is True
        before = db.session.query(Case).count()
    page = page_of(client.get("/thanks"))
    fields = form_on(page, "/thanks")
    other_keys()
    app.extensions.pop("the keys fit")
    answer = client.post("/thanks", data=fields | {"words": "typed words"})
    assert answer.status_code == 503
    assert "typed words" in page_of(answer)
    done = app.test_cli_runner().invoke(args=["people", "add", "new@example.org", "--role", "any_staff"])
    assert (done.exit_code, "do not open what is kept" in done.output) == (1, True)
    with app.app_context():
        assert db.session.query(Case).count() == before


def test_a_file_of_heads_that_contradicts_the_audit_is_told(app, tmp_path, monkeypatch):
    (tmp_path / "heads").write_text(f"2026-06-01T09:00:00+00:00 7 {'0' * 64}\n")
    strict = app_for(app.config["SQLALCHEMY_DATABASE_URI"], audit_heads=str(tmp_path / "heads"))
    assert "not in the audit any more" in lines(strict)[1]["audit heads"]


def test_another_secret_is_told_until_it_is_said_to_be_meant(app, other_keys):
    with app.app_context():
        a_case()
        set_canary()
        ring.load((KEY,), "another long secret of nobody but this test")
        assert keys_fit() is False
    refused = app.test_cli_runner().invoke(args=["keys", "accept"])
    assert (refused.exit_code, "these would be lost: sessions, passwords" in refused.output) == (1, True)
    assert app.test_cli_runner().invoke(args=["keys", "accept", "--lost"]).exit_code == 0
    with app.app_context():
        assert keys_fit() is True


def test_keys_that_open_nothing_are_never_accepted(app, other_keys):
    with app.app_context():
        a_case()
        set_canary()
    other_keys()
    assert app.test_cli_runner().invoke(args=["keys", "accept"]).exit_code == 1
