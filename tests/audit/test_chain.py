"""The audit is append only: whatever is changed or removed shows."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, text, update

from portal.audit.chain import START, audit_key, head_seal
from portal.audit.events import declare
from portal.audit.heads import HeadsUnreadable, heads_in, write_head
from portal.audit.models import AuditEntry, AuditHead
from portal.audit.queries import Head, current_head, verify_chain
from portal.audit.services import record
from portal.database import db, transaction
from portal.people.roles import Role
from tests.factories.people import a_person

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
        session.get_one(AuditEntry, 2).facts = {"word": "changed"}
    assert "entry 2" in verify_chain().trouble


def test_a_removed_entry_shows(three_entries):
    with transaction() as session:
        session.execute(delete(AuditEntry).where(AuditEntry.id == 2))
    assert "one before it was removed" in verify_chain().trouble


def test_removing_the_newest_entries_shows(three_entries):
    with transaction() as session:
        session.execute(delete(AuditEntry).where(AuditEntry.id == 3))
    assert "newest" in verify_chain().trouble


def test_cutting_the_newest_entries_and_moving_the_head_back_shows(three_entries):
    with transaction() as session:
        before = session.get_one(AuditEntry, 2).hash
        session.execute(delete(AuditEntry).where(AuditEntry.id == 3))
        session.execute(update(AuditHead).values(hash=before, count=2))
    assert "its seal does not fit" in verify_chain().trouble


def test_an_emptied_audit_shows(three_entries):
    a_person(Role.ADMINISTRATOR)
    with transaction() as session:
        session.execute(delete(AuditEntry))
        session.execute(delete(AuditHead))
    assert verify_chain().trouble == "the audit is empty, and people are here"


def test_an_old_head_that_is_put_back_whole_shows_beside_one_that_was_written_down_elsewhere(three_entries, tmp_path):
    kept = tmp_path / "heads"
    with transaction() as session:
        old = session.get_one(AuditHead, 1)
        old = {"hash": old.hash, "count": old.count, "seal": old.seal}
        record(TRIED, "test/1", at=AT, word="four")
    assert write_head(kept, at=AT) is True
    assert write_head(kept, at=AT) is False  # nothing is new
    assert verify_chain(heads_in(kept)).trouble == ""
    with transaction() as session:
        session.execute(delete(AuditEntry).where(AuditEntry.id == 4))
        session.execute(update(AuditHead).values(old))
    assert verify_chain().trouble == ""  # the database alone cannot tell
    assert "written down elsewhere" in verify_chain(heads_in(kept)).trouble
    done = three_entries.test_cli_runner().invoke(args=["audit", "verify", "--heads", str(kept)])
    assert done.exit_code == 1


def test_an_entry_that_was_made_anew_shows_beside_a_head_of_its_time(three_entries, tmp_path):
    known = [Head(2, "0" * 64)]
    assert "entry 2 is not the one" in verify_chain(known).trouble


@pytest.mark.parametrize("words", ["no head", "2026-06-01T09:00:00+00:00 x " + "0" * 64])
def test_a_file_that_holds_no_heads_is_told(three_entries, tmp_path, words):
    (tmp_path / "heads").write_text(words)
    done = three_entries.test_cli_runner().invoke(args=["audit", "verify", "--heads", str(tmp_path / "heads")])
    assert done.exit_code == 1
    assert "line 1: this is no head" in done.output


@pytest.mark.parametrize("head", [{"count": 0, "seal": ""}, {"count": 1}, {"seal": ""}])
def test_an_end_without_its_seal_is_never_taken_for_an_old_one(three_entries, head):
    with transaction() as session:
        first = session.get_one(AuditEntry, 1).hash
        session.execute(delete(AuditEntry).where(AuditEntry.id > 1))
        session.execute(update(AuditHead).values(hash=first, **head))
    assert "its seal does not fit" in verify_chain().trouble
    record(TRIED, "test/1", at=AT, word="four")
    assert verify_chain().trouble != ""


@pytest.mark.parametrize("is_head_left", [True, False])
def test_an_audit_that_was_emptied_says_so_for_good(three_entries, is_head_left):
    for _ in range(2):
        a_person(Role.ADMINISTRATOR)
    with transaction() as session:
        session.execute(delete(AuditEntry))
        if is_head_left:
            session.execute(update(AuditHead).values(hash=START, count=0, seal=head_seal(0, START, audit_key(1))))
        else:
            session.execute(delete(AuditHead))
    assert verify_chain().trouble == "the audit is empty, and people are here"
    record(TRIED, "test/1", at=AT, word="four")
    assert "says that the audit was emptied" in verify_chain().trouble


def test_heads_that_contradict_each_other_or_the_audit_are_told_and_nothing_is_added(three_entries, tmp_path):
    kept = tmp_path / "heads"
    write_head(kept, at=AT)
    before = kept.read_text()
    with transaction() as session:
        second = session.get_one(AuditEntry, 2).hash
        session.execute(delete(AuditEntry).where(AuditEntry.id == 3))
        as_if_it_could_be_made = head_seal(2, second, audit_key(1))
        session.execute(update(AuditHead).values(hash=second, count=2, seal=as_if_it_could_be_made))
    record(TRIED, "test/1", at=AT, word="another three")
    with pytest.raises(HeadsUnreadable, match="not in the audit any more"):
        write_head(kept, at=AT)
    assert kept.read_text() == before
    both = [*heads_in(kept), current_head()]
    assert "two different heads" in verify_chain(both).trouble


def test_a_broken_seal_shows(three_entries):
    garbage = "x'00ff'" if db.engine.dialect.name == "sqlite" else "'\\x00ff'::bytea"
    with transaction() as session:
        session.execute(text(f"update audit_entries set facts = {garbage} where id = 1"))
    assert "cannot be read" in verify_chain().trouble


def test_an_event_carries_just_its_declared_facts(any_app):
    with pytest.raises(ValueError, match="carries"):
        record(TRIED, "test/1", at=AT, sentence="no")


def test_an_action_that_fails_leaves_no_entry(any_app):
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
