"""Email that is made to hold up the worker: each is read, or set aside, in the time of any other."""

import signal
from contextlib import suppress

import pytest

from portal.compliments.hidden_complaint import worrying_sentences
from portal.compliments.redaction import redacted
from portal.incoming_email.parsing.banners import bare_subject, without_banners
from portal.incoming_email.parsing.forwards import sender_of, unfold, without_what_is_answered
from portal.incoming_email.parsing.message import BrokenEmail, parse_email

MAX_SECONDS = 10  # by far more than any of them takes on a slow machine, by far less than what each of them took once
TEXTS = (
    *("a" * 50_000, "0" * 50_000, "a.b" * 16_000, "-" * 50_000, " " * 50_000, ">" * 50_000, "(" * 50_000, "a@" * 25_000),
    *("from:\n" * 8_000, "> From: a\n" * 5_000, "From: a\nTo: b\n" * 3_500, "On x <a@b> " * 4_500, "took so " * 6_000),
    *("this email is" * 9_000, "do not click on the link or " * 2_000, "this email is or and " * 2_000, "[ext] " * 9_000),
    *("re:" * 20_000, ("do not open links or" * 5 + "\n") * 900, "if you received this email in error " * 80),
    *("From: " + "<" * 40_000, "From: x\n" + "\n" * 40_000, "[mailto:" * 6_000, "My son " * 7_000, "07 " * 16_000),
)
MESSAGES = (
    b"Subject: " + b"=?utf-8?q?a?= " * 100_000 + b"\r\n\r\nx",
    b"From: " + b"(" * 100_000 + b"\r\n\r\nx",
    b"From: " + b"a," * 200_000 + b"\r\n\r\nx",
    b"To: " + b"<a@b.c>, " * 100_000 + b"\r\n\r\nx",
    b"Content-Type: " + b";a=b" * 100_000 + b"\r\n\r\nx",
    b"Content-Type: message/rfc822\r\n\r\n" * 20_000,
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 50_000,
    b"Content-Type: text/html\r\n\r\n" + b"<div>" * 300_000,
    b"Content-Type: text/plain; charset=punycode\r\n\r\n" + b"a" * 4_000_000,
    b"Content-Type: text/plain; charset*0=puny; charset*1=Code\r\n\r\n" + b"a" * 4_000_000,
    b"From: a@b.c\r\n" + b"To: a@b.c\r\n" * 1_000_000,
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    + (b"--b\r\nContent-Disposition: attachment; filename*0*=puny; filename*1*=code''" + b"a" * 99_000 + b"\r\n\r\nx\r\n")
    * 190,
)


class TookTooLongError(BaseException):
    """No handler in between may catch it."""


@pytest.fixture
def _in_time():
    """Stop what takes too long: not a measure of speed, a net under texts whose time grows with their square."""

    def stop(number, frame):
        raise TookTooLongError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(MAX_SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.usefixtures("_in_time")
@pytest.mark.parametrize(
    "read", [worrying_sentences, redacted, unfold, without_what_is_answered, sender_of, without_banners, bare_subject]
)
@pytest.mark.parametrize("text", TEXTS, ids=lambda text: f"{text[:8]!r}")
def test_no_text_holds_up_the_worker(read, text):
    read(text)


@pytest.mark.usefixtures("_in_time")
@pytest.mark.parametrize("raw", MESSAGES, ids=lambda raw: raw[:24].decode())
def test_no_message_holds_up_the_worker(raw):
    with suppress(BrokenEmail):  # it is set aside
        parse_email(raw)


def test_an_email_of_more_parts_than_a_mail_program_makes_is_not_taken_apart(monkeypatch):
    monkeypatch.setattr("portal.incoming_email.parsing.message.message_from_bytes", lambda raw: pytest.fail("taken apart"))
    with pytest.raises(BrokenEmail, match="more parts"):
        parse_email(MESSAGES[6])
