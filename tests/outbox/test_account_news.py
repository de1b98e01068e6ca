"""Whoever's account changes is told by email, once."""

import pytest

from portal.clock import now
from portal.database import db
from portal.outbox.account_news import tell_of_account_changes
from portal.outbox.models import OutgoingEmail
from portal.people.roles import Role
from portal.people.services import SECOND_FACTOR_SET, change_roles, deactivate, note_failed, note_on_account, start_afresh
from tests.factories.people import a_person


@pytest.fixture
def rowan(in_app):
    a_person(Role.ADMINISTRATOR, "Lee")
    return a_person(Role.CUSTOMER_RELATIONS, "Rowan")


def mail():
    return [(email.recipient, email.body.partition(".")[0]) for email in db.session.query(OutgoingEmail)]


def test_each_change_is_told_once_to_whom_it_concerns(rowan):
    note_on_account(SECOND_FACTOR_SET, rowan.id)
    change_roles(rowan.id, [Role.ADMINISTRATOR], at=now())
    start_afresh(rowan.id, at=now())
    assert tell_of_account_changes(at=now()) == 3
    assert tell_of_account_changes(at=now()) == 0
    assert {to for to, _ in mail()} == {rowan.email}
    assert [words for _, words in mail()][1] == "What you may do in the portal was changed"


def test_a_failed_try_is_no_news_and_who_left_is_told_nothing(rowan):
    note_failed(rowan.id, "password")
    note_on_account(SECOND_FACTOR_SET, rowan.id)
    deactivate(rowan.id, at=now())
    assert tell_of_account_changes(at=now()) == 0
    assert mail() == []
