"""Three hundred emails of thirty shapes through a real mail server: every word that somebody wrote can be read."""

import time
from collections import Counter

import pytest
from sqlalchemy import select

from portal.cases.models import Case, Message
from portal.compliments.models import Compliment
from portal.config import read_settings
from portal.database import db
from portal.incoming_email.fetching import fetch_all
from portal.incoming_email.models import EmailState, IncomingEmail
from portal.incoming_email.services.who_wrote import OurOwn
from tests.factories.cases import MONDAY
from tests.factories.emails import OURS
from tests.factories.real_mail import EACH, SHAPES, real_mail
from tests.incoming_email.mail_server import start

OWN = OurOwn(frozenset({OURS}), frozenset({"exampleshire.example"}))
pytestmark = [pytest.mark.xdist_group("mailboxes"), pytest.mark.usefixtures("in_app")]


@pytest.fixture
def server():
    """A Dovecot of its own."""
    server = start()
    if server is None:
        pytest.skip("Dovecot is not installed")
    yield server
    server.stop()


def on_records():
    """All that is told on cases, thanks and answers."""
    cases = [str(case.told) for case in db.session.scalars(select(Case))]
    thanks = [f"{one.words}\n{one.note}" for one in db.session.scalars(select(Compliment))]
    answers = [f"{one.words}\n{one.whole}" for one in db.session.scalars(select(Message).where(Message.from_us.is_(False)))]
    return "\n".join([*cases, *thanks, *answers])


def set_aside():
    """All that the rows of email that was set aside say."""
    rows = db.session.scalars(select(IncomingEmail).where(IncomingEmail.state == EmailState.SET_ASIDE))
    return "\n".join(f"{one.subject}\n{one.words}" for one in rows)


def test_every_word_that_somebody_wrote_in_three_hundred_emails_can_be_read(server, tmp_path, monkeypatch, record_property):
    sent = list(real_mail())
    assert len(sent) == 300 == EACH * len(SHAPES)
    for name, value in server.settings().items():
        monkeypatch.setenv(name, value)
    for name in ("thanks", "complaints"):
        server.put(name, *(one.raw for one in sent if one.mailbox == name))
    began = time.monotonic()
    settings = read_settings({"PORTAL_DEMO": "1", **server.settings()}, tmp_path).mailboxes
    done = fetch_all(settings, OWN, at=MONDAY)
    seconds = time.monotonic() - began
    records, aside = on_records(), set_aside()
    nowhere = Counter(one.shape for one in sent for mark in one.marks if mark not in records and mark not in aside)
    assert not nowhere
    assert not Counter(one.shape for one in sent if one.is_a_record for mark in one.marks if mark not in records)
    wrong = Counter(one.shape for one in sent if not one.is_a_record for mark in one.marks if mark in records)
    assert not wrong
    marks = sum(len(one.marks) for one in sent)
    told = f"{done.taken} taken in, {done.set_aside} set aside; {marks} words of {marks} can be read; {seconds:.0f} s"
    record_property("bar 35, 300 emails of 30 shapes through a real mail server", told)
    assert (done.taken, done.set_aside) == (sum(one.is_a_record for one in sent), sum(not one.is_a_record for one in sent))
