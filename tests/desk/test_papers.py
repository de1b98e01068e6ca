"""Letters on paper, and the bundle for the Ombudsman."""

import io
import zipfile
from datetime import date

import pikepdf
import pytest

from portal.clock import now
from portal.config import DEMO_COUNCIL
from portal.database import db
from portal.desk.bundle import WITHHELD, withholder
from portal.printing import CannotBePrinted, letter_pdf
from tests.factories.cases import a_case, checked, decided
from tests.factories.web import fill_in

WORDS = (
    "Our reference: YS-1\n\nPart 1: It stopped.\nWe are sorry 😡. مرحبا #evil $x$\n\nExampleshire\nCustomer Relations Team"
)


def made(words=WORDS, **more):
    return letter_pdf(words, "Our answer", DEMO_COUNCIL, date(2026, 6, 1), **more)


def test_a_letter_is_tagged_titled_and_in_a_language():
    with pikepdf.open(io.BytesIO(made())) as pdf:
        root = pdf.Root
        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang).startswith("en")
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert "pdfuaid" in root.Metadata.read_bytes().decode()
        assert pdf.docinfo["/Title"] == "Our answer"


def test_large_print_takes_more_room_and_nothing_in_a_text_is_markup():
    with pikepdf.open(io.BytesIO(made(WORDS * 8))) as small, pikepdf.open(io.BytesIO(made(WORDS * 8, points=22))) as large:
        assert len(large.pages) > len(small.pages)
    assert made('#import "x"\n#read("/etc/passwd")').startswith(b"%PDF")


def test_letters_that_no_font_has_are_refused_in_words():
    with pytest.raises(CannotBePrinted, match="U\\+E123"):
        made("\ue123")


def test_the_copy_without_names_has_none():
    case = type("Case", (), {"person": {"name": "Pat Example", "email": "pat@example.org", "child_name": "Robin"}})
    told = withholder(case, ["Sam Manager"])("Pat and ROBIN rang Sam Manager (pat@example.org). Patience example.")
    assert told == f"{WITHHELD} and {WITHHELD} rang {WITHHELD} ({WITHHELD}). Patience {WITHHELD}."


def test_a_bundle_has_every_paper_twice_and_leaves_a_trace(app, staff):
    officer = staff()
    with app.app_context():
        case = a_case(at=now(), words="Robin was not fetched. \ue123", person={"is_adult": True, "name": "Pat Example"})
        checked(case, 1, at=now())
        decided(case, 1, at=now())
        reference = case.reference
    fill_in(officer, f"/staff/cases/{reference}/tell")
    answer = fill_in(officer, f"/staff/cases/{reference}/bundle")
    assert answer.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as bundle:
        names = bundle.namelist()
        full = sorted(name.removeprefix("full/") for name in names if name.startswith("full/"))
        assert full == sorted(name.removeprefix("without-names/") for name in names if name.startswith("without"))
        assert full == ["00-index.pdf", "01-chronology.pdf", "02-what-was-said.txt", "03-decision.pdf"]
    page = officer.get(f"/staff/cases/{reference}").get_data(as_text=True)
    assert "A bundle was made: 4 papers and 0 files" in page
    key = page.split("/letters/")[1].split(".pdf")[0]
    paper = officer.get(f"/staff/cases/{reference}/letters/{key}.pdf")
    assert paper.data.startswith(b"%PDF")
    assert officer.get(f"/staff/cases/{reference}/letters/99.pdf").status_code == 404
    with app.app_context():
        db.session.remove()
