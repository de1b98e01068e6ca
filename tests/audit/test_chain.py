"""The audit is append only: whatever is changed or removed shows."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, text, update

from portal.audit.events import declare
from portal.audit.models import AuditEntry
from portal.audit.queries import verify_chain
from portal.audit.services import record
from portal.database import db, transaction

AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
TRIED = declare("tried_by_a_test", "word")


@pytest.fixture
def three_entries(any_app):
    with transaction():
        for word in ("one", "two", "three"):
            record(TRIED, "test/1", at=AT, word=word)
    return any_app


def test_an_untouched_chain_is_in_order(three_entries):
    verdict = verify_chain()
    assert (verdict.entries, verdict.trouble) == (3, "")


def test_a_changed_entry_shows(three_entries):
    with transaction() as session:
        session.execute(update(AuditEntry).where(AuditEntry.id == 2).values(facts={"word": "changed"}))
    assert "entry 2" in verify_chain().trouble


def test_a_removed_entry_shows(three_entries):
    with transaction() as session:
        session.execute(delete(AuditEntry).where(AuditEntry.id == 2))
    assert "one before it was removed" in verify_chain().trouble


def test_removing_the_newest_entries_shows(three_entries):
    with transaction() as session:
        session.execute(delete(AuditEntry).where(AuditEntry.id == 3))
    assert "newest" in verify_chain().trouble


def test_a_broken_seal_shows(three_entries):
    garbage = "x'00ff'" if db.engine.dialect.name == "sqlite" else "'\\x00ff'::bytea"
    with transaction() as session:
        session.execute(text(f"update audit_entries set facts = {garbage} where id = 1"))
    assert "cannot be read" in verify_chain().trouble


def test_an_event_carries_just_its_declared_facts(any_app):
    with pytest.raises(ValueError, match="carries"):
        record(TRIED, "test/1", at=AT, sentence="no")


def test_a_deed_that_fails_leaves_no_entry(any_app):
    with pytest.raises(RuntimeError), transaction():
        record(TRIED, "test/1", at=AT, word="lost")
        raise RuntimeError
    assert verify_chain().entries == 0


def test_the_command_fails_for_a_broken_chain(three_entries):
    runner = three_entries.test_cli_runner()
    assert "3 entries, all in order" in runner.invoke(args=["audit", "verify"]).output
    with transaction() as session:
        session.execute(delete(AuditEntry).where(AuditEntry.id == 1))
    assert runner.invoke(args=["audit", "verify"]).exit_code == 1
