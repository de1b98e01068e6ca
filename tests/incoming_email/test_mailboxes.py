"""Two hundred emails go through a real mail server: each is a record or set aside, once, also when the worker is killed."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from portal.cases.models import Case, Message
from portal.compliments.models import Compliment
from portal.config import MailboxSettings, read_settings
from portal.database import db
from portal.files.models import StoredFile
from portal.incoming_email.fetching import fetch_all
from portal.incoming_email.models import EmailState, IncomingEmail
from portal.incoming_email.services.who_wrote import OurOwn
from portal.outbox.services import queue_email
from portal.people.roles import Role
from portal.people.services import add_hashed_person
from tests.factories.cases import MONDAY, a_case
from tests.factories.emails import ASHA, ROWAN, plain, samples
from tests.incoming_email.mail_server import start
from tests.real_settings import REAL

ROOT = Path(__file__).parents[2]
TAKEN, ASIDE = "Your Say taken", "Your Say set aside"
pytestmark = pytest.mark.xdist_group("mailboxes")


@pytest.fixture(scope="module")
def server():
    """Dovecot, for the tests of this file."""
    server = start()
    if server is None:
        pytest.skip("Dovecot is not installed")
    yield server
    server.stop()


@pytest.fixture
def mailboxes(server):
    """The same server with empty mailboxes."""
    server.empty()
    return server


@pytest.fixture
def colleagues(in_app):
    for name, address in (ASHA, ROWAN):
        add_hashed_person(address, name, [Role.ANY_STAFF], password_hash="none", team="Children in Care / Team")


def command(mailboxes, given=None):
    """A process of its own, as the worker's machine starts it; `given` says of the mailboxes what is not as usual."""
    url = str(db.engine.url.render_as_string(hide_password=False))
    db.session.remove()
    environment = {
        "PORTAL_DATABASE_URL": url,
        "PORTAL_MAIL_SENDER": "your-say@exampleshire.example",
        **REAL,
        **(given or mailboxes.settings()),
    }
    arguments = [sys.executable, "-m", "flask", "--app", "wsgi", "intake", "fetch-email"]
    return subprocess.Popen(arguments, env={**os.environ, **environment}, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def fetch(mailboxes):
    """Read the mailboxes once, to the end."""
    running = command(mailboxes)
    told, _ = running.communicate(timeout=300)
    assert running.returncode == 0, told
    return told.strip()


def all_of_them():
    """The samples, with a letter of ours that two of them answer and the reference of a case."""
    case = a_case(person={"is_adult": True, "name": "Pat", "email": "pat@post.example.org"})
    letter = queue_email(
        "letter", "pat@post.example.org", at=MONDAY, belongs_to=case.about, reference=case.reference, words="x"
    )
    return case.id, samples(letter.message_id, case.reference, "pat@post.example.org")


def counted(model):
    """How many rows there are."""
    return db.session.scalar(select(func.count()).select_from(model))


def states():
    """What became of every email that was read."""
    found = db.session.scalars(select(IncomingEmail).order_by(IncomingEmail.id)).all()
    return Counter(str(one.reason) if one.reason else one.record.split("/")[0] for one in found)


def check_everything(mailboxes, case_id, sent, *, kills=0):
    """Each of the two hundred is there once in the portal, and in the folder that says so.

    A mail server may leave a second copy in a folder when the line breaks while it moves a message.
    """
    wanted = Counter("case" if one.becomes == "reply" else one.becomes for one in sent)
    # The same message again, and the same one in the other mailbox, count once; noise has one of two reasons.
    kept = states()
    assert kept["compliment"] + kept["case"] == wanted["compliment"] + wanted["case"] - 1
    for reason in ("automatic_reply", "loop", "bounce", "too_large", "duplicate"):
        assert kept[reason] == wanted[reason], reason
    assert kept["empty"] + kept["broken"] == wanted["empty"] + wanted["broken or empty"]
    assert kept.total() == len(sent) - 2
    assert counted(Compliment) == kept["compliment"]
    assert counted(Case) == kept["case"] - wanted_replies(sent) + 1
    replies = db.session.scalars(select(Message).where(Message.case_id == case_id, Message.kind == "reply")).all()
    assert [reply.words for reply in sorted(replies, key=lambda one: one.id)] == [
        "Thank you for your letter. I agree.",
        "One more thing: it happened again.",
    ]
    assert counted(StoredFile) == sum(one.files for one in sent) + 2  # two with the answer
    left = [one.left_behind for one in db.session.scalars(select(IncomingEmail)) if one.left_behind]
    assert all("notes.docx" in files[0] for files in left)
    folders = Counter()
    for name in ("thanks", "complaints"):
        folders += Counter(mailboxes.counts(name))
    assert folders["INBOX"] == 0
    assert len(sent) <= folders[TAKEN] + folders[ASIDE] <= len(sent) + kills


def wanted_replies(sent):
    """How many of them answer a letter."""
    return sum(one.becomes == "reply" for one in sent)


def put_all(mailboxes, sent):
    """Put each into the mailbox that it comes to, in their order."""
    for name in ("thanks", "complaints"):
        mailboxes.put(name, *(one.raw for one in sent if one.mailbox == name))


@pytest.mark.usefixtures("colleagues")
def test_two_hundred_emails_are_each_a_record_or_set_aside_and_a_second_look_adds_nothing(mailboxes, record_property):
    case_id, sent = all_of_them()
    put_all(mailboxes, sent)
    began = time.monotonic()
    told = fetch(mailboxes)
    record_property("bar 32, 200 emails through a real mail server", f"{told} {time.monotonic() - began:.0f} s")
    check_everything(mailboxes, case_id, sent)
    assert fetch(mailboxes) == "0 taken in, 0 set aside, 0 mailboxes could not be read."
    put_all(mailboxes, sent[:40])  # a mail server that hands out the same messages once more
    fetch(mailboxes)
    assert counted(IncomingEmail) == len(sent) - 2


@pytest.mark.usefixtures("colleagues")
def test_killed_half_way_nothing_is_lost_and_nothing_comes_twice(mailboxes, record_property):
    case_id, sent = all_of_them()
    put_all(mailboxes, sent)
    kills = 0
    for after in (15, 60, 110, 150):
        running = command(mailboxes)
        while counted(IncomingEmail) < after and running.poll() is None:
            db.session.rollback()
            time.sleep(0.01)
        running.send_signal(signal.SIGKILL)
        running.communicate()
        kills += running.returncode == -signal.SIGKILL
        db.session.rollback()
    fetch(mailboxes)
    check_everything(mailboxes, case_id, sent, kills=kills)
    record_property("bar 32, killed half-way", f"{kills} times; nothing lost, nothing twice")
    assert kills >= 3


@pytest.mark.usefixtures("colleagues")
def test_a_mailbox_that_is_away_never_stops_the_other(mailboxes):
    mailboxes.put("thanks", plain("Thank you Asha Khan", "Hi", ("Pat", "p@post.example.org"), key="alone").as_bytes())
    wrong = {**mailboxes.settings(), "PORTAL_COMPLAINTS_MAILBOX_PASSWORD": "wrong"}
    running = command(mailboxes, wrong)
    told, _ = running.communicate(timeout=60)
    assert (running.returncode, told.strip()) == (1, "1 taken in, 0 set aside, 1 mailbox could not be read.")
    assert db.session.scalars(select(IncomingEmail)).one().state is EmailState.TAKEN


@pytest.mark.usefixtures("colleagues")
@pytest.mark.parametrize(("trusted", "told"), [(True, "1 taken in, 0 set aside, 0"), (False, "0 taken in, 0 set aside, 2")])
def test_a_server_is_read_over_tls_only_when_its_certificate_is_trusted(mailboxes, trusted, told):
    mailboxes.put("thanks", plain("Thank you Asha Khan", "Hi", ("Pat", "p@post.example.org"), key="tls").as_bytes())
    given = mailboxes.settings_with_tls()
    if not trusted:
        del given["SSL_CERT_FILE"]
    said, _ = command(mailboxes, given).communicate(timeout=60)
    assert said.startswith(told)


@pytest.mark.usefixtures("colleagues")
@pytest.mark.parametrize(("minutes", "told"), [(5, "1 taken in, 0 set aside, 0"), (-5, "0 taken in, 0 set aside, 2")])
def test_a_mailbox_is_opened_with_a_token_while_it_lasts(mailboxes, minutes, told):
    mailboxes.put("thanks", plain("Thank you Asha Khan", "Hi", ("Pat", "p@post.example.org"), key="token").as_bytes())
    given = mailboxes.settings_with_tokens(last_minutes=minutes)
    said, _ = command(mailboxes, given).communicate(timeout=60)
    assert said.startswith(told)


@pytest.mark.parametrize("server", ["", "mail.example.org"])
def test_without_a_mailbox_the_command_says_what_to_set(app, server):
    given = app.extensions["your_say_settings"]
    app.extensions["your_say_settings"] = replace(given, mailboxes=MailboxSettings(server))
    done = app.test_cli_runner().invoke(args=["intake", "fetch-email"])
    assert done.exit_code == 1
    assert "PORTAL_COMPLAINTS_MAILBOX_USER" in done.output


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"PORTAL_MAILBOX_SERVER": "nowhere.invalid", "PORTAL_MAILBOX_TLS": "1"}, "no server is called nowhere.invalid"),
        ({"PORTAL_MAILBOX_PORT": "1"}, "127.0.0.1, port 1 does not answer"),
        ({"PORTAL_MAILBOX_TLS": "1"}, "does not speak TLS"),
        ({"PORTAL_THANKS_MAILBOX_PASSWORD": "wrong"}, "did not let us in. Look at the user and the password"),
        ({"PORTAL_THANKS_MAILBOX_PASSWORD": "", "PORTAL_THANKS_MAILBOX_PASSWORD_COMMAND": "false"}, "PASSWORD_COMMAND"),
    ],
)
def test_what_stops_a_look_is_told_in_words_with_what_to_look_at(mailboxes, monkeypatch, tmp_path, caplog, given, words):
    for name, value in (mailboxes.settings() | given).items():
        monkeypatch.setenv(name, value)
    settings = read_settings({**os.environ, **REAL}, tmp_path).mailboxes
    fetch_all(settings, OurOwn(frozenset(), frozenset()), at=MONDAY)
    told = [line.getMessage() for line in caplog.records if "mailbox for thanks" in line.getMessage()]
    assert len(told) == 1
    assert words in told[0]
