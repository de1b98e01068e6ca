"""The register: exact where it is good, clear where it is not, and never half kept."""

import os
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event, func, select

from portal import clock
from portal.audit.models import AuditEntry
from portal.audit.queries import verify_chain
from portal.cases.models import Case, NextAction
from portal.cases.queries import QueueFilter, queue
from portal.compliments.models import Compliment
from portal.database import db, transaction
from portal.people.roles import Role
from portal.procedure.stages import Status
from portal.reports.register_rows import COLUMNS, BadRegister, read_register, safe_cell, write_register
from portal.reports.services.register import AT_ONCE, import_rows
from tests.factories.cases import a_case
from tests.factories.people import a_person

ROOT = Path(__file__).parents[2]
REGISTER = ROOT / "portal/demo/register-2022-23.csv"
HEAD = ",".join(COLUMNS)
GOOD = {
    "reference": "A1",
    "received_on": "2022-05-23",
    "kind": "complaint",
    "method": "email",
    "point_of_receipt": "service_area",
    "complainant": "parent",
    "disposition": "withdrawn",
}


def line(**changed):
    given = GOOD | changed
    return ",".join(given.get(column, "") for column in COLUMNS)


def file_of(*lines, head=HEAD):
    return "\n".join((head, *lines)) + "\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "The column 'reference' is missing."),
        (file_of(line(), head=HEAD + ",mood"), "The column 'mood' is not known."),
        (file_of(line(), head=HEAD.replace("sub_subject", "subject")), "there twice"),
        (file_of(line(received_on="23/05/2022")), "Line 2, received_on: '23/05/2022' is not a date like 2022-05-23."),
        (file_of(line(received_on="2022-02-30")), "is not a date"),
        (file_of(line(), line(reference="A2", kind="moan")), "Line 3, kind: 'moan' is not one of complaint"),
        (file_of(line(reference="")), "Line 2, reference: it is empty."),
        (file_of(line(), line()), "already on line 2"),
        (file_of("A1,2022-05-23"), "not have as many values"),
        (file_of(line(subject="x" * 121)), "more than 120 characters"),
        (file_of(line(subject="a\x00b")), "Line 2, subject"),
        (file_of(line(disposition="recorded")), "'recorded' is for compliments"),
        (file_of(line(received_on="2999-01-01")), "has not come yet"),
        (file_of(line(disposition="accepted", stage_1_responded_on="2001-01-01")), "before the day it was received"),
        (
            file_of(line(stage_1_outcome="upheld", stage_1_responded_on="2022-06-01")),
            "only a complaint that was accepted has",
        ),
        (file_of(line(disposition="accepted", stage_1_outcome="upheld")), "go together"),
        (file_of(line(disposition="accepted", stage_2_outcome="upheld")), "stage_2_requested_on: it is empty"),
        (file_of(line(disposition="accepted", stage_1_responded_on="9999-12-31", stage_1_outcome="upheld")), "not come yet"),
        (file_of(line(disposition="accepted", stage_3_requested_on="2022-06-01")), "no stage 3 without stage 2"),
        (file_of(line(received_on="notadate"), head=HEAD.replace("received_on", " received_on ")), "is not a date"),
        ("x" * 200_000, "is not CSV"),
    ],
)
def test_a_bad_row_is_refused_with_its_line_column_and_reason(text, told):
    with pytest.raises(BadRegister) as refused:
        read_register(text)
    assert told in str(refused.value)
    assert "Nothing of the file was kept" in str(refused.value)


def test_every_trouble_is_told_at_once():
    with pytest.raises(BadRegister) as refused:
        read_register(file_of(*(line(reference=f"A{n}", method="pigeon") for n in range(9))))
    assert len(refused.value.troubles) == 9
    assert "And 4 more." in str(refused.value)


def test_what_is_written_can_be_read_again():
    rows = read_register(REGISTER.read_text())
    assert read_register(write_register(rows)) == rows


def test_a_spreadsheets_mark_at_the_start_is_understood():
    assert read_register("\ufeff" + file_of(line()))[0].reference == "A1"


@pytest.mark.parametrize("text", ["=1+1", "+44", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_a_formula(text):
    assert safe_cell(text) == f"'{text}"


def test_plain_cells_stay_plain():
    assert [safe_cell(value) for value in ("Fostering", None, 3)] == ["Fostering", "", "3"]


@pytest.fixture
def run(any_app):
    return lambda *words: any_app.test_cli_runner().invoke(args=[str(word) for word in words])


def kept():
    return db.session.scalars(select(func.count(Case.id))).one()


def test_import_twice_adds_nothing_the_second_time(run):
    assert run("register", "import", REGISTER).output == "151 added, 0 were here already.\n"
    assert run("register", "import", REGISTER).output == "0 added, 151 were here already.\n"
    assert kept() == 137


def test_our_own_export_adds_nothing_when_it_comes_back(run, tmp_path):
    with transaction():
        reference = a_case().reference
    exported = tmp_path / "own.csv"
    exported.write_text(run("register", "export", "--year", "2026-27").output)
    assert reference in exported.read_text()
    assert run("register", "import", exported).output == "0 added, 1 were here already.\n"


def test_a_dry_run_says_what_would_be_added_and_adds_nothing(run):
    assert run("register", "import", REGISTER, "--dry-run").output == "151 would be added, 0 were here already.\n"
    assert kept() == 0


def test_export_gives_back_what_was_imported(run):
    run("register", "import", REGISTER)
    assert sorted(run("register", "export", "--year", "2022-23").output.splitlines()) == sorted(
        REGISTER.read_text().splitlines()
    )


def test_nothing_is_kept_of_a_file_with_one_bad_row(run, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text(file_of(line(), line(reference="A2", complainant="cat")))
    done = run("register", "import", bad)
    assert (done.exit_code, len(done.output.splitlines()), kept()) == (1, 1, 0)


def test_nothing_is_kept_when_a_date_is_past_the_calendar(run, tmp_path, monkeypatch):
    monkeypatch.setattr("portal.reports.services.register.AT_ONCE", 1)  # what came before it was written already
    bad = tmp_path / "late.csv"
    early = line(reference="A2", received_on="2009-06-01", disposition="accepted")
    bad.write_text(file_of(line(), early))
    for words in ((), ("--dry-run",)):
        done = run("register", "import", bad, *words)
        assert done.exit_code == 1
        assert "administrator can add" in done.output
        assert kept() == 0


def test_a_file_that_is_no_text_is_refused_in_words(run, tmp_path):
    photo = tmp_path / "photo.csv"
    photo.write_bytes(b"\x89PNG\xff\xfe\x00")
    done = run("register", "import", photo)
    assert done.exit_code == 1
    assert "is not UTF-8 text" in done.output


def test_a_file_that_is_not_there_is_a_bad_argument(run):
    assert run("register", "import", "nowhere.csv").exit_code == 2


def test_a_spreadsheets_mark_in_a_file_is_understood(run, tmp_path):
    marked = tmp_path / "marked.csv"
    marked.write_text(file_of(line()), encoding="utf-8-sig")
    assert run("register", "import", marked).output == "1 added, 0 were here already.\n"


def test_a_register_can_come_through_a_pipe(run):
    out, into = os.pipe()
    os.write(into, file_of(line()).encode())
    os.close(into)
    assert run("register", "import", f"/dev/fd/{out}").output == "1 added, 0 were here already.\n"
    os.close(out)


def imported(*lines):
    import_rows(read_register(file_of(*lines)), at=clock.now())
    return db.session.scalars(select(Case).order_by(Case.id)).all()


ACCEPTED = {"disposition": "accepted", "stage_1_outcome": "upheld", "stage_1_responded_on": "2022-06-07"}
RUNNING = ACCEPTED | {"reference": "A3", "stage_2_requested_on": "2022-06-14"}


def test_what_the_old_system_left_open_is_here_to_be_read_and_the_rest_is_closed(any_app):
    left, closed, runs = imported(line(disposition="open"), line(reference="A2", **ACCEPTED), line(**RUNNING))
    assert (left.status, left.next_action, left.is_open, left.closed_on, left.safeguarding_checked_at) == (
        *(Status.TO_READ, NextAction.CHECK_SAFEGUARDING, True),
        *(None, None),
    )
    assert (closed.status, closed.next_action, closed.is_open, closed.closed_on) == (
        *(Status.CLOSED, NextAction.NOTHING, False),
        date(2022, 6, 7),
    )
    assert (runs.status, runs.is_open, runs.next_due_on) == (Status.STAGE_2, True, runs.stage(2).due_on)
    assert [stage.due_on for stage in runs.stages] == [date(2022, 6, 8), date(2022, 7, 19)]


def test_a_past_case_is_found_by_its_old_reference_and_how_it_begins(any_app):
    imported(line(reference="CH/2020/Kirkpatrick"), line(reference="A2"))
    for words in ("CH/2020/Kirkpatrick", "kirkp", "2020 ch"):
        assert [case.old_reference for case in queue(QueueFilter(words=words)).cases] == ["CH/2020/Kirkpatrick"]


def test_the_audit_tells_of_each_row_in_the_order_of_the_file(any_app):
    thanks = {"kind": "compliment", "disposition": "recorded"}
    imported(line(), line(reference="A2", **thanks), line(reference="A3"))
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    of_a_case = ["case_opened", "case_taken_over"]
    assert [one.event for one in entries] == [*of_a_case, "compliment_logged", *of_a_case]
    assert [one.about for one in entries] == ["case/1", "case/1", "compliment/1", "case/2", "case/2"]
    assert entries[1].facts == {"old_reference": "A1"}
    assert verify_chain().trouble == ""


def test_past_thanks_are_for_whom_their_service_names_and_wait_for_nobody(any_app):
    rowan = a_person(Role.TEAM_MANAGER, "Rowan Tree").id
    thanks = {"kind": "compliment", "disposition": "recorded"}
    areas = ("Rowan Tree", "Team", "Rowan Tree", "Nobody")
    imported(*(line(reference=f"A{number}", service_area=area, **thanks) for number, area in enumerate(areas)))
    kept = db.session.scalars(select(Compliment).order_by(Compliment.id)).all()
    assert [[one.person_id or "team" for one in thanks.for_whom] for thanks in kept] == [[rowan], ["team"], [rowan], []]
    assert [(one.thanked, one.service_area, one.words, one.passes_on_at) for one in kept] == [
        (area, area, "", None) for area in areas
    ]


def test_rows_are_written_as_they_come(any_app):
    def coming():
        for number in range(2 * AT_ONCE):
            if number == AT_ONCE:
                assert kept() == AT_ONCE
            yield from read_register(file_of(line(reference=f"A{number}")))

    assert import_rows(coming(), at=clock.now()) == (2 * AT_ONCE, 0)


def test_the_database_is_asked_for_many_rows_at_once(run):
    seen = []

    def note(connection, cursor, statement, *rest):
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    run("register", "import", REGISTER)
    event.remove(db.engine, "before_cursor_execute", note)
    assert len(seen) <= 25
