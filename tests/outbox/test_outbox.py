"""Mail is written with the action and posted once, whatever happens in between."""

import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select, text

from portal.database import db, transaction
from portal.extensions import mail
from portal.outbox.commands import MAX_POST_SECONDS, MAX_WAIT_SECONDS, post_by_smtp
from portal.outbox.models import MailState, OutgoingEmail
from portal.outbox.services import TAKEN_FOR, AddressNotValid, deliver, note_came_back, queue_email
from tests.factories.certificates import make_certificate

AT = datetime(2026, 6, 1, 9, tzinfo=UTC)


def a_letter(to="someone@example.org", words="Hello"):
    return queue_email("letter", to, at=AT, reference="YS000001", words=words)


def at_after(**passed):
    return lambda: AT + timedelta(**passed)


class Postbox:
    """A real SMTP server that keeps what it is given."""

    def __init__(self):
        self.got, self.refuses, self.hangs_up = [], 0, False

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.refuses:
            return f"{self.refuses} no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_QUIT(self, server, session, envelope):
        if self.hangs_up:
            server.transport.abort()
        return "221 Bye"

    async def handle_DATA(self, server, session, envelope):
        self.got.append(envelope)
        return "250 OK"


@pytest.fixture
def smtp(any_app):
    postbox = Postbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(postbox, hostname="127.0.0.1", port=port)
    controller.start()
    any_app.config.update(MAIL_SERVER="127.0.0.1", MAIL_PORT=port, MAIL_SUPPRESS_SEND=False, MAIL_USE_TLS=False)
    any_app.extensions["mail"] = mail.init_app(any_app)
    yield postbox
    controller.stop()


def test_mail_is_posted_once_with_a_lasting_message_id(any_app, smtp):
    kept = a_letter(words="Grüße, شكرا").message_id
    assert deliver(post_by_smtp, tell_time=lambda: AT) == (1, 0)
    assert deliver(post_by_smtp, tell_time=lambda: AT) == (0, 0)
    assert len(smtp.got) == 1
    assert f"Message-ID: {kept}".encode() in smtp.got[0].content


def test_a_letter_says_that_a_machine_sends_it_so_that_no_machine_answers(any_app, smtp):
    a_letter()
    deliver(post_by_smtp, tell_time=lambda: AT)
    assert b"Auto-Submitted: auto-generated" in smtp.got[0].content


@pytest.mark.parametrize(("trusted", "trouble"), [(True, ""), (False, "SSLCertVerificationError")])
def test_mail_goes_only_to_a_server_whose_certificate_is_trusted(in_app, tmp_path, monkeypatch, trusted, trouble):
    make_certificate(tmp_path)
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(tmp_path / "certificate.pem", tmp_path / "key.pem")
    postbox = Postbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(postbox, hostname="127.0.0.1", port=port, tls_context=server, require_starttls=True)
    controller.start()
    in_app.config.update(MAIL_SERVER="127.0.0.1", MAIL_PORT=port, MAIL_SUPPRESS_SEND=False, MAIL_USE_TLS=True)
    in_app.extensions["mail"] = mail.init_app(in_app)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    kept = a_letter()
    assert deliver(post_by_smtp, tell_time=lambda: AT) == ((1, 0) if trusted else (0, 1))
    assert len(postbox.got) == trusted
    assert db.session.get(OutgoingEmail, kept.id).trouble == trouble
    controller.stop()


def test_mail_of_an_action_that_failed_is_never_sent(any_app):
    with pytest.raises(RuntimeError), transaction():
        a_letter()
        raise RuntimeError
    assert deliver(lambda email: None, tell_time=lambda: AT) == (0, 0)


def test_one_bad_letter_does_not_hold_up_the_next(any_app):
    a_letter(), a_letter(to="next@example.org")
    gone = []

    def post(email):
        if email.recipient.startswith("someone"):
            raise OSError("the server hung up")
        gone.append(email.recipient)

    assert deliver(post, tell_time=lambda: AT) == (1, 1)
    assert gone == ["next@example.org"]


def test_a_letter_that_failed_waits_longer_each_time(any_app):
    a_letter()

    def post(email):
        raise OSError

    for minutes in (0, 1, 3, 7):
        assert deliver(post, tell_time=at_after(minutes=minutes)) == (0, 1)
        assert deliver(post, tell_time=at_after(minutes=minutes)) == (0, 0)
    assert db.session.scalars(select(OutgoingEmail)).one().tries == 4


def test_a_letter_that_fails_for_months_never_stops_the_others(any_app):
    a_letter()
    gone = []

    def post(email):
        if email.recipient.startswith("someone"):
            raise OSError
        gone.append(email.recipient)

    for hours in range(0, 7 * 60, 7):
        deliver(post, tell_time=at_after(hours=hours))
    a_letter(to="next@example.org")
    deliver(post, tell_time=lambda: AT + timedelta(days=40))
    assert gone == ["next@example.org"]


def test_a_slow_mail_server_holds_up_nobody_who_writes(any_app):
    a_letter()

    def post(email):
        with transaction() as session:
            session.execute(text("update outgoing_emails set trouble = 'written meanwhile'"))

    assert deliver(post, tell_time=lambda: AT) == (1, 0)


def test_two_workers_never_send_the_same_letter(any_app):
    for number in range(20):
        a_letter(to=f"person{number}@example.org")
    db.session.remove()
    gone, lock = [], threading.Lock()

    def post(email):
        with lock:
            gone.append(email.recipient)

    def work():
        with any_app.app_context():
            deliver(post, tell_time=lambda: AT)
            db.session.remove()

    workers = [threading.Thread(target=work) for _ in range(3)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]
    assert sorted(gone) == sorted(f"person{number}@example.org" for number in range(20))


class Clock:
    """A clock that moves with what is done, and can be set back."""

    def __init__(self):
        self.at = AT

    def __call__(self):
        return self.at


def test_two_runs_that_overlap_for_half_an_hour_post_each_letter_once(any_app):
    for number in range(6):
        a_letter(to=f"person{number}@example.org")
    clock, gone, inner = Clock(), [], []

    def post(email):
        gone.append(email.recipient)
        clock.at += timedelta(minutes=2)  # six letters take twelve minutes
        if len(gone) == 5:
            inner.append(deliver(post, tell_time=clock))

    deliver(post, tell_time=clock)
    assert sorted(gone) == [f"person{number}@example.org" for number in range(6)]
    assert inner == [(1, 0)]


def test_a_letter_is_taken_for_longer_than_posting_one_can_last():
    assert TAKEN_FOR.total_seconds() > MAX_POST_SECONDS + MAX_WAIT_SECONDS


def test_a_server_that_is_silent_holds_a_run_up_twice_and_no_more(any_app):
    for number in range(9):
        a_letter(to=f"person{number}@example.org")
    tried = []

    def post(email):
        tried.append(email.recipient)
        raise TimeoutError

    assert deliver(post, tell_time=lambda: AT) == (0, 2)
    assert len(tried) == 2


@pytest.mark.parametrize("back", [timedelta(seconds=30), timedelta(days=2)])
def test_a_clock_that_is_set_back_holds_no_new_letter_up(any_app, back):
    a_letter()
    assert deliver(lambda email: None, tell_time=lambda: AT - back) == (1, 0)


def test_a_letter_tried_before_the_clock_was_set_back_by_days_waits_no_longer_than_the_longest_wait(any_app):
    kept = a_letter()

    def post(email):
        raise OSError

    deliver(post, tell_time=lambda: AT)
    assert deliver(lambda email: None, tell_time=lambda: AT - timedelta(days=2)) == (1, 0)
    assert db.session.get(OutgoingEmail, kept.id).state is MailState.LEFT


@pytest.mark.parametrize(
    ("code", "state"), [(550, MailState.REFUSED), (450, MailState.WAITS), (554, MailState.REFUSED), (421, MailState.WAITS)]
)
def test_an_address_that_a_server_refuses_is_refused_for_good_only_with_a_code_that_says_so(any_app, smtp, code, state):
    smtp.refuses = code
    kept = a_letter()
    assert deliver(post_by_smtp, tell_time=lambda: AT) == (0, 1)
    assert db.session.get(OutgoingEmail, kept.id, populate_existing=True).state is state


def test_a_letter_that_cannot_be_posted_for_four_days_is_given_up(any_app):
    kept = a_letter()

    def post(email):
        raise OSError

    deliver(post, tell_time=lambda: AT + timedelta(days=4))
    assert db.session.get(OutgoingEmail, kept.id, populate_existing=True).state is MailState.WAITS
    deliver(post, tell_time=lambda: AT + timedelta(days=5))
    given_up = db.session.get(OutgoingEmail, kept.id, populate_existing=True)
    assert (given_up.state, given_up.is_not_there) == (MailState.GIVEN_UP, True)


def test_a_server_that_hangs_up_instead_of_a_goodbye_took_the_letter(any_app, smtp):
    smtp.hangs_up = True
    a_letter()
    assert deliver(post_by_smtp, tell_time=lambda: AT) == (1, 0)
    assert len(smtp.got) == 1


def test_a_letter_that_left_and_came_back_is_known_as_such(any_app):
    kept, other = a_letter(), a_letter(to="other@example.org")
    deliver(lambda email: None, tell_time=lambda: AT)
    note_came_back(["<nobody@example.org>", kept.message_id], at=AT)
    states = [db.session.get(OutgoingEmail, one.id, populate_existing=True).state for one in (kept, other)]
    assert states == [MailState.CAME_BACK, MailState.LEFT]


@pytest.mark.parametrize(
    "address", ["", "zoë@example.org", "a@b\nBcc: c@d.org", "no at sign", "a@", "x" * 300 + "@example.org"]
)
def test_an_address_that_no_mail_reaches_is_refused_before_it_is_queued(any_app, address):
    with pytest.raises(AddressNotValid):
        a_letter(to=address)


def test_a_subject_cannot_smuggle_a_header(any_app):
    email = queue_email("letter", "a@example.org", at=AT, reference="YS1\r\nBcc: thief@example.org", words="x")
    assert "\n" not in email.subject


def test_without_a_mail_server_the_command_says_what_to_set(in_app):
    done = in_app.test_cli_runner().invoke(args=["outbox", "deliver"])
    assert done.exit_code == 1
    assert "PORTAL_MAIL_SERVER" in done.output
