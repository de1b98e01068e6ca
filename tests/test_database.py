"""One way to write: in turn, all or nothing, with what is true under the lock."""

import fcntl
import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select

from portal.cases.models import Case, Part
from portal.database import db, insert_now, transaction
from portal.people.models import Team
from tests.factories.cases import a_case

A_MOMENT = 0.3


def test_a_row_that_is_inserted_by_itself_is_known_as_one_that_was_read(any_app):
    case = a_case()
    with transaction():
        part = Part(case_id=case.id, position=2, service_area="Early Help")
        insert_now(part)
        assert part in db.session
        assert (part.id, part.position, part.still_going_on, part.words) == (case.parts[-1].id, 2, False, "")
        part.service_area = "Family Hubs"
    db.session.expire_all()
    assert db.session.get_one(Part, part.id).service_area == "Family Hubs"


def test_what_was_inserted_goes_with_an_action_that_is_taken_back(any_app):
    case = a_case()
    with pytest.raises(RuntimeError), transaction():
        insert_now(Part(case_id=case.id, position=2))
        raise RuntimeError
    assert len(db.session.scalars(select(Part)).all()) == 1


def test_a_case_that_was_just_opened_keeps_its_version_when_it_changes(any_app):
    case = a_case()
    with transaction():
        case.disposition_reason = "told"
    assert db.session.scalars(select(Case.version)).one() == 2


def test_an_action_reads_anew_what_an_earlier_one_left(any_app):
    with transaction() as session:
        session.add(team := Team(name="A team of before"))
    with db.engine.begin() as elsewhere:
        elsewhere.exec_driver_sql("update teams set name = 'A team of now' where name = 'A team of before'")
    with transaction():
        assert team.name == "A team of now"


def test_processes_take_turns_at_writing_to_sqlite(in_app):
    """Another process has its turn: who comes after it waits in line, without asking again and again."""
    wrote = threading.Event()

    def write():
        with in_app.app_context():
            a_case()
        wrote.set()

    with Path(f"{db.engine.url.database}-turn").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        writer = threading.Thread(target=write)
        writer.start()
        assert not wrote.wait(A_MOMENT)
    writer.join()
    assert wrote.is_set()


def test_a_turn_that_cannot_be_had_holds_nobody_up(in_app, monkeypatch):
    """Another owner's file, or one that somebody holds too long: SQLite's own lock decides."""
    turn = Path(f"{db.engine.url.database}-turn")
    turn.unlink(missing_ok=True)
    turn.mkdir()
    a_case()
    turn.rmdir()
    monkeypatch.setattr("portal.database.BUSY_SECONDS", 0.05)
    with turn.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        a_case()
    assert db.session.scalar(select(func.count()).select_from(Case)) == 2
