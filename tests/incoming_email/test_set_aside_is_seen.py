"""Email that was set aside is on the first page, alerts like anything else, and tells a letter of ours that it came back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.cases.models import NextAction
from portal.clock import now
from portal.config import DEMO_COUNCIL
from portal.correspondence.services import messages
from portal.correspondence.services.leaving import follow_mail
from portal.database import db
from portal.duty.models import Alert
from portal.duty.services import climb
from portal.incoming_email.models import EmailState, IncomingEmail
from portal.incoming_email.services.receive_email import Mailbox, receive_email
from portal.incoming_email.services.who_wrote import OurOwn
from portal.outbox.models import MailState, OutgoingEmail
from portal.outbox.services import deliver
from portal.people.roles import Role
from tests.factories.cases import MONDAY, a_case
from tests.factories.people import a_person
from tests.factories.web import fill_in, page_of

OWN = OurOwn(frozenset({"complaints@exampleshire.example"}), frozenset({"exampleshire.example"}))
BY_EMAIL = {"is_adult": True, "name": "Pat Example", "email": "pat@example.org"}


def a_machine(words, key="one"):
    head = [
        "From: a@example.org",
        "Subject: Automatic reply",
        f"Message-ID: <{key}@example.org>",
        "Auto-Submitted: auto-replied",
    ]
    return "\r\n".join([*head, "", words, ""]).encode()


def a_report(message_id, action="failed"):
    """A delivery report as Postfix writes it (RFC 3464)."""
    return f"""Return-Path: <>
From: MAILER-DAEMON@mail.example.org (Mail Delivery System)
To: complaints@exampleshire.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <report-{action}@mail.example.org>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

I could not deliver your message.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; pat@example.org
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--b
Content-Type: text/rfc822-headers

From: complaints@exampleshire.example
To: pat@example.org
Message-ID: {message_id}
Subject: A letter

--b--
""".replace("\n", "\r\n").encode()


def take(raw, *, at=None):
    return receive_email(Mailbox.COMPLAINTS, raw, OWN, at=at or now())


def test_it_stands_above_the_queue_with_a_count_and_a_day_and_goes_when_somebody_looked(app, staff):
    officer = staff()
    with app.app_context():
        take(a_machine("I am away"))
        take(a_machine("I am away too", key="two"))
        db.session.commit()
    assert "2 emails were set aside: look by" in page_of(officer.get("/staff/queue"))
    for _ in range(2):
        with app.app_context():
            wanted = select(IncomingEmail.id).where(IncomingEmail.state == EmailState.SET_ASIDE)
            email_id = db.session.scalars(wanted).first()
        fill_in(officer, "/staff/email/", f"/staff/email/{email_id}/nothing")
    assert "set aside" not in page_of(officer.get("/staff/queue"))


def test_after_its_day_it_is_late(app, staff):
    officer = staff()
    with app.app_context():
        take(a_machine("I am away"), at=now() - timedelta(days=7))
    assert "this was due on" in page_of(officer.get("/staff/queue"))


@pytest.mark.parametrize(("words", "told"), [("my carer hits me", 1), ("I am on leave until Monday", 0)])
def test_it_is_read_for_signs_of_harm_and_alerts_like_anything_else(in_app, words, told):
    take(a_machine(words))
    assert climb(DEMO_COUNCIL.duty, at=now()) == told


def test_one_press_makes_it_a_case_and_answers_its_alert(app, staff):
    officer = staff()
    with app.app_context():
        email_id = take(a_machine("my carer hits me")).id
    fill_in(officer, "/staff/email/", f"/staff/email/{email_id}/complaint")
    with app.app_context():
        email, alerts = db.session.get(IncomingEmail, email_id), db.session.scalars(select(Alert)).all()
        assert email.record.startswith("case/")
        assert {alert.about: alert.answered_at is not None for alert in alerts} == {
            email.about: True,
            email.record: False,
        }


@pytest.mark.parametrize(
    ("action", "state", "next_action"),
    [
        ("failed", MailState.CAME_BACK, NextAction.MEND_ADDRESS),
        ("delayed", MailState.LEFT, NextAction.CHECK_SAFEGUARDING),
    ],
)
def test_a_report_is_matched_to_its_letter_and_only_a_failure_raises_the_case(in_app, action, state, next_action):
    case = a_case(person=BY_EMAIL)
    messages.send_message(case.id, "Hello", at=MONDAY, by_id=a_person(Role.CUSTOMER_RELATIONS).id)
    deliver(lambda email: None, tell_time=lambda: MONDAY)
    follow_mail(at=MONDAY)
    letter = db.session.scalars(select(OutgoingEmail)).one()
    assert take(a_report(letter.message_id, action), at=MONDAY).record == case.about
    follow_mail(at=MONDAY)
    db.session.refresh(case)
    assert (db.session.get_one(OutgoingEmail, letter.id, populate_existing=True).state, case.next_action) == (
        state,
        next_action,
    )
