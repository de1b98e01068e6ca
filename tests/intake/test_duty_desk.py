"""The duty desk is told at once that something is to be read first, and nothing of what it is."""

import pytest
from sqlalchemy import select

from portal.config import DEMO_COUNCIL
from portal.database import db
from portal.intake.forms.child_told import to_submission
from portal.intake.services.receive import receive
from portal.outbox.models import OutgoingEmail
from tests.factories.cases import MONDAY
from tests.factories.web import fill_in


def sent_to_the_desk():
    every = db.session.scalars(select(OutgoingEmail))
    return [email for email in every if email.recipient == DEMO_COUNCIL.duty_email]


def tell(client, words):
    fill_in(client, "/y/")
    fill_in(client, "/y/2", kind="wrong")
    fill_in(client, "/y/4", words=words)
    fill_in(client, "/y/6")


def test_the_desk_is_told_without_content(app, client):
    tell(client, "purple bus. he hits me")
    with app.app_context():
        [email] = sent_to_the_desk()
        assert "read first" in email.subject
        assert not any(word in email.subject + email.body for word in ("purple", "hits", "YS-"))


def test_an_ordinary_message_wakes_nobody(app, client):
    tell(client, "my bike is at the old house")
    with app.app_context():
        assert sent_to_the_desk() == []


@pytest.mark.parametrize("address", ["no address", "zoë@example.org"])
def test_an_address_that_is_no_good_never_stops_a_message(in_app, address):
    receipt = receive(to_submission({"kind": "wrong", "words": "he hits me"}, "once"), at=MONDAY, duty_desk=address)
    assert receipt.reference
