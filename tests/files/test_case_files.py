"""Files on a case: a real scanner, a clear waiting state, and nothing given out that could run or be guessed."""

import io
import shutil
import socket
import subprocess
import time

import pytest

from portal.cases.models import Case, WallReason
from portal.cases.services import walls
from portal.clock import now
from portal.database import db
from portal.files.models import FileState, StoredFile
from portal.files.scanning import ScannerAway, finding_in
from portal.files.services import add_file
from portal.people.models import Person
from portal.people.roles import Role
from portal.worker import do_every_job
from tests.conftest import app_for
from tests.factories.cases import a_case
from tests.factories.files import a_pdf, a_picture, a_recording
from tests.factories.people import a_person
from tests.factories.web import errors_on, form_on, page_of

SICK = b"your-say-made-up-virus-signature"
CLAMD = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")


@pytest.fixture(scope="session")
def scanner(tmp_path_factory):
    """A real clamd on a port of its own, with one signature that we wrote."""
    if CLAMD is None:
        pytest.skip("no clamd on this machine")
    folder = tmp_path_factory.mktemp("clamav")
    (folder / "our.ndb").write_text(f"YourSay.MadeUp:0:*:{SICK.hex()}\n")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = f"DatabaseDirectory {folder}\nTCPSocket {port}\nTCPAddr 127.0.0.1\nForeground yes\nLogFile {folder / 'log'}\n"
    (folder / "conf").write_text(told + "StreamMaxLength 30M\n")
    daemon = subprocess.Popen([CLAMD, "-c", folder / "conf"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(600):
        try:
            finding_in(b"x", f"127.0.0.1:{port}")
            break
        except ScannerAway:
            assert daemon.poll() is None, (folder / "log").read_text()
            time.sleep(0.2)
    yield f"127.0.0.1:{port}"
    daemon.terminate()
    daemon.wait(10)


def send(client, case, content, name="photo.jpg"):
    page = f"/staff/cases/{case}"
    fields = form_on(page_of(client.get(page)), page, f"{page}/files")
    return client.post(
        f"{page}/files", data=fields | {"file": (io.BytesIO(content), name)}, content_type="multipart/form-data"
    )


def kept(app):
    with app.app_context():
        return db.session.query(StoredFile).all()


def address_of(app, case):
    return f"/staff/cases/{case}/files/{kept(app)[-1].public_id}"


def test_a_picture_is_shown_and_its_bytes_lie_sealed(app, officer, case, stored):
    assert send(officer, case, a_picture(), "<b>me</b>.jpg").status_code == 302
    page = page_of(officer.get(f"/staff/cases/{case}"))
    assert "&lt;b&gt;me&lt;" in page or "b&gt;.jpg" in page
    shown = officer.get(address_of(app, case))
    assert (shown.mimetype, shown.headers["Content-Disposition"].split(";")[0]) == ("image/jpeg", "inline")
    assert shown.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert shown.headers["Cache-Control"] == "no-store"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    kept = stored()
    assert shown.data[:400] not in kept
    assert shown.data[100:140] not in kept


def test_a_recording_can_be_played_and_a_paper_only_downloaded(app, officer, case):
    send(officer, case, a_recording(), "note.ogg")
    assert "<audio controls" in page_of(officer.get(f"/staff/cases/{case}"))
    assert officer.get(address_of(app, case)).mimetype == "audio/mp4"
    send(officer, case, a_pdf(), "a b é;.html")
    paper = officer.get(address_of(app, case))
    assert paper.headers["Content-Disposition"].startswith(
        "attachment; filename=\"file\"; filename*=UTF-8''a%20b%20%C3%A9%3B.pdf"
    )
    assert "take care" in page_of(officer.get(f"/staff/cases/{case}"))


def test_what_is_refused_says_why_beside_the_field(officer, case):
    answer = send(officer, case, b"", "empty.jpg")
    assert "This file is empty" in errors_on(page_of(answer))
    page = f"/staff/cases/{case}"
    none = officer.post(f"{page}/files", data=form_on(page_of(officer.get(page)), page, f"{page}/files"))
    assert "Choose a file first" in errors_on(page_of(none))


def test_a_file_is_found_only_on_its_own_case_and_by_its_own_address(app, officer, case):
    send(officer, case, a_pdf())
    place = address_of(app, case)
    with app.app_context():
        other = a_case().reference
    assert officer.get(place.replace(case, other)).status_code == 404
    assert officer.get(f"/staff/cases/{case}/files/1").status_code == 404
    assert len(place.rsplit("/", 1)[1]) >= 24
    assert app.test_client().get(place).status_code == 302


def test_a_file_is_behind_the_same_wall_as_its_case(app, officer, case):
    send(officer, case, a_pdf())
    place = address_of(app, case)
    with app.app_context():
        other = a_person(Role.CUSTOMER_RELATIONS).id
        me, number = (
            db.session.query(Person.id).filter_by(name="Rowan").order_by(Person.id).first()[0],
            db.session.query(Case.id).scalar(),
        )
        walls.put_up_wall(number, me, WallReason.COMPLAINED_ABOUT, at=now(), by_id=other)
    assert officer.get(place).status_code == 404


@pytest.fixture
def scanned_app(app, scanner):
    return app_for(app.config["SQLALCHEMY_DATABASE_URI"], clamav=scanner)


def given(app, content, name="a.txt"):
    with app.app_context():
        return add_file(a_case().id, name, content, scanner="set", at=now(), by_id=None).id


def state_after_work(app, file_id):
    with app.app_context():
        said = str(do_every_job(now()))
        file = db.session.get(StoredFile, file_id)
        return file.state, file.content, file.finding, said


def test_a_clean_file_waits_and_is_then_given_out(scanned_app):
    state, content, _, said = state_after_work(scanned_app, given(scanned_app, b"good words"))
    assert (state, content) == (FileState.CLEAN, b"good words")
    assert "1 files scanned, 0 files wait" in said


def test_what_the_scanner_finds_is_deleted_and_told(scanned_app):
    state, content, finding, _ = state_after_work(scanned_app, given(scanned_app, b"see: " + SICK))
    assert (state, content, finding) == (FileState.REFUSED, None, "YourSay.MadeUp.UNOFFICIAL")


def test_while_the_scanner_is_away_a_file_waits_and_says_so(app, officer, case, scanner):
    away = app_for(app.config["SQLALCHEMY_DATABASE_URI"], clamav="127.0.0.1:9")
    with app.app_context():
        number = db.session.query(Case.id).filter(Case.reference == case).scalar()
        file = add_file(number, "a.txt", b"words", scanner="set", at=now(), by_id=None)
        file_id, public_id = file.id, file.public_id
    assert "0 files scanned, 1 files wait" in state_after_work(away, file_id)[3]
    assert "waits for the virus scanner" in page_of(officer.get(f"/staff/cases/{case}"))
    assert officer.get(f"/staff/cases/{case}/files/{public_id}").status_code == 404
    back = app_for(app.config["SQLALCHEMY_DATABASE_URI"], clamav=scanner)
    assert state_after_work(back, file_id)[0] == FileState.CLEAN


def test_ten_megabytes_are_scanned_and_a_strange_answer_is_no_verdict(scanner):
    assert finding_in(b"x" * 10 * 1024 * 1024, scanner) == ""
    with socket.create_server(("127.0.0.1", 0)) as strange:
        place = f"127.0.0.1:{strange.getsockname()[1]}"
        with pytest.raises(ScannerAway), strange:
            strange.close()
            finding_in(b"x", place)
