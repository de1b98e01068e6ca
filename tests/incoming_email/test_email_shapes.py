"""Email of every shape, taken in one by one: who first wrote it, when, and what, or the reason why it is set aside."""

import shutil
from datetime import UTC, datetime

import pytest

from portal.cases.models import Case
from portal.compliments.models import Compliment
from portal.database import db
from portal.incoming_email.models import EmailState
from portal.incoming_email.services.receive_email import Mailbox, receive_email
from portal.incoming_email.services.who_wrote import OurOwn
from portal.people.roles import Role
from portal.people.services import add_hashed_person
from tests.conftest import app_for
from tests.factories.emails import ASHA, OURS, ROWAN, samples

AT = datetime(2026, 3, 5, 9, tzinfo=UTC)
OWN = OurOwn(frozenset({OURS}), frozenset({"exampleshire.example"}))
TWICE = ("again", "duplicate", "too_large")  # these are tried together, through a real server
ALONE = [one for one in samples() if one.becomes not in TWICE and "very same" not in one.name]


@pytest.fixture(scope="module")
def portal(empty_database, tmp_path_factory):
    """One portal with two colleagues for all emails: each is another, so none is in the way of the next."""
    path = tmp_path_factory.mktemp("emails") / "portal.db"
    shutil.copy(empty_database, path)
    with app_for(f"sqlite:///{path}").app_context():
        for name, address in (ASHA, ROWAN):
            add_hashed_person(address, name, [Role.ANY_STAFF], password_hash="none", team="Children in Care / Team")
        yield
        db.session.remove()
        db.engine.dispose()


@pytest.mark.usefixtures("portal")
@pytest.mark.parametrize("sample", ALONE, ids=lambda one: one.name)
def test_an_email_is_a_record_or_is_set_aside_with_its_reason(sample):
    kept = receive_email(Mailbox(sample.mailbox), sample.raw, OWN, at=AT)
    if sample.becomes not in ("compliment", "case"):
        assert kept.state is EmailState.SET_ASIDE
        assert kept.reason in sample.becomes.split(" or ")
        return
    assert kept.state is EmailState.TAKEN, kept.reason
    kind, number = kept.record.split("/")
    assert kind == sample.becomes
    record = db.session.get(Compliment if kind == "compliment" else Case, int(number))
    words = record.words if kind == "compliment" else "\n".join(answer for _, answer in record.told)
    assert sample.says in words
    assert kept.sender == (sample.sender or kept.sender)
    assert str(record.received_on) == (sample.day or str(record.received_on))
