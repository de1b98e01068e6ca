"""What stands in a file is read inside the case, page by page; what may hold programs is only ever downloaded."""

import base64
import io

import pikepdf
import pytest
from PIL import Image

from portal.audit.queries import entries_about
from portal.cases.models import Case
from portal.clock import now
from portal.database import db
from portal.file_reading.services import make_waiting
from portal.files.services import add_file
from portal.people.roles import Role
from tests.factories.files import a_picture, a_word_file, a_zip
from tests.factories.recordings import a_film
from tests.factories.web import page_of
from tests.file_reading.test_making import a_pdf_of

LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999) + "EncryptedPackage".encode("utf-16-le")


def keep(app, case, content, name="letter", *, is_made=True):
    """Keep a file on a case; gives its address."""
    with app.app_context():
        number = db.session.query(Case.id).filter_by(reference=case).scalar()
        kept = add_file(number, name, content, scanner="", at=now(), by_id=None)
        if is_made:
            make_waiting(tell_time=now)
        return f"/staff/cases/{case}/files/{kept.public_id}"


def test_a_paper_is_read_page_by_page_and_who_read_it_is_written_down(app, officer, case):
    place = keep(app, case, a_pdf_of("She never came on Monday", "The second page"))
    assert f'href="{place}/read">Read it here, 2 pages' in page_of(officer.get(f"/staff/cases/{case}"))
    page = page_of(officer.get(f"{place}/read"))
    assert (page.count('<img class="page"'), page.count(f"{place}/pages/")) == (2, 2)
    assert "She never came on Monday" in page
    picture = officer.get(f"{place}/pages/2")
    assert (picture.mimetype, picture.headers["Content-Security-Policy"].split(";")[0]) == (
        "image/jpeg",
        "default-src 'none'",
    )
    with app.app_context():
        about = f"case/{db.session.query(Case.id).scalar()}"
        assert [entry.event for entry in entries_about(about)].count("file_opened") == 1


def test_a_letter_is_shown_with_its_pictures_and_downloaded_with_a_warning(app, officer, case):
    encoded = base64.b64encode(a_picture()).decode()
    letter = f'<html><h1>Dear all</h1><img src="data:image/jpeg;base64,{encoded}"><script>alert(1)</script></html>'
    place = keep(app, case, letter.encode())
    page = page_of(officer.get(f"{place}/read"))
    assert f'<img src="{place}/pages/2"' in page
    assert "Dear all</h2>" in page
    assert "alert(1)" not in page
    with Image.open(io.BytesIO(officer.get(f"{place}/pages/2").data)) as picture:
        assert picture.format == "JPEG"
    assert "may hold programs: take care" in page_of(officer.get(f"/staff/cases/{case}"))
    answer = officer.get(place)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("number", [0, 1, 9])
def test_a_page_that_is_no_picture_has_no_address(app, officer, case, number):
    assert officer.get(f"{keep(app, case, a_word_file('Hello'))}/pages/{number}").status_code == 404


def test_what_has_no_pages_is_not_read(app, officer, case):
    assert officer.get(f"{keep(app, case, LOCKED)}/read").status_code == 404
    assert "locked with a password" in page_of(officer.get(f"/staff/cases/{case}"))


def test_files_inside_a_pdf_are_told_where_it_lies(app, officer, case):
    with pikepdf.open(io.BytesIO(a_pdf_of("words"))) as pdf:
        pdf.attachments["plan.docx"] = b"inside"
        made = io.BytesIO()
        pdf.save(made)
    keep(app, case, made.getvalue())
    assert "not kept: <bdi>plan.docx" in page_of(officer.get(f"/staff/cases/{case}"))


def test_a_video_opens_for_nobody_before_it_is_made_anew_and_plays_from_anywhere_after(app, officer, case):
    place = keep(app, case, a_film(), "home.mov", is_made=False)
    assert officer.get(place).status_code == 404
    assert "being made ready to be played" in page_of(officer.get(f"/staff/cases/{case}"))
    with app.app_context():
        make_waiting(tell_time=now)
    assert '<video class="shown" controls' in page_of(officer.get(f"/staff/cases/{case}"))
    part = officer.get(place, headers={"Range": "bytes=4-11"})
    assert (part.status_code, part.data[:4]) == (206, b"ftyp")


def test_what_others_may_not_see_of_a_case_they_do_not_read_in_its_files(app, case, staff):
    place = keep(app, case, a_zip())
    manager = staff(Role.TEAM_MANAGER, "Asha")
    assert manager.get(f"{place}/read").status_code in (403, 404)
