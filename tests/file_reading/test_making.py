"""Files that came are made ready behind the page: their pages shown, their words found and read for signs of harm."""

import io
import shutil
from datetime import UTC, datetime, timedelta

import pikepdf
import pytest
import xlsxwriter
from PIL import Image, ImageDraw
from sqlalchemy import select

from portal.audit.queries import entries_about
from portal.cases.queries import QueueFilter, queue
from portal.cases.services.indexing import index_anew
from portal.clock import now
from portal.database import db, transaction
from portal.duty.models import Alert
from portal.file_reading import pages
from portal.file_reading.services import make_waiting
from portal.files.models import FileState, Making
from portal.files.queries import next_to_make
from portal.files.services import add_file
from portal.keys.services import KNOWN_TO_ALL_AFTER, renew_key
from portal.sealing.ring import Purpose
from tests.factories.cases import a_case
from tests.factories.files import a_picture, a_word_file, a_word_package, a_zip
from tests.factories.recordings import a_film

AT = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def case(in_app):
    return a_case()


def came(case, content, name="file", scanner=""):
    return add_file(case.id, name, content, scanner=scanner, at=AT, by_id=None)


def made(case, content, name="file"):
    file = came(case, content, name)
    make_waiting(tell_time=lambda: AT)
    return file


def a_pdf_of(*pages_of_words):
    """A PDF with the words of each page."""
    written, pdf = io.BytesIO(), pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    for words in pages_of_words:
        page = pdf.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.Contents = pdf.make_stream(f"BT /F 24 Tf 50 700 Td ({words}) Tj ET".encode())
    pdf.save(written)
    return written.getvalue()


def a_scan_of(words):
    """A photo of a sheet with words on it."""
    sheet, photo = Image.new("RGB", (1_000, 300), "white"), io.BytesIO()
    ImageDraw.Draw(sheet).text((30, 100), words, fill="black", font_size=64)
    sheet.save(photo, "JPEG")
    return photo.getvalue()


def a_workbook(**sheets):
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if name == "hidden":
                sheet.hide()
    return written.getvalue()


def found_by(words):
    return [one.id for one in queue(QueueFilter(words=words)).cases]


def alerts():
    return db.session.scalars(select(Alert.about)).all()


def test_a_video_is_shut_until_it_is_made_anew(case):
    file = came(case, a_film(), "home.mov")
    assert not file.may_be_opened
    make_waiting(tell_time=lambda: AT)
    assert (file.media_type, file.making, file.may_be_opened) == ("video/mp4", Making.DONE, True)
    assert file.name == "home.mp4"


def test_a_file_that_waits_for_the_scanner_is_not_touched(case):
    file = came(case, a_film(), scanner="127.0.0.1:1")
    make_waiting(tell_time=lambda: AT)
    assert (file.state, file.making) == (FileState.WAITING, Making.WAITING)


def test_the_pages_of_a_pdf_are_pictures_with_their_words(case):
    file = made(case, a_pdf_of("She never came on Monday, nobody rang me at all", "The second page"), "letter.pdf")
    assert (file.making, file.pages_in_all) == (Making.DONE, 2)
    assert [page.number for page in file.pages] == [1, 2]
    assert "never came on Monday" in file.pages[0].words
    with Image.open(io.BytesIO(file.pages[1].content)) as picture:
        assert picture.size == (file.pages[1].width, file.pages[1].height)
        assert picture.convert("L").getextrema()[0] < 90  # letters stand on it


def test_of_very_many_pages_the_first_are_shown_and_the_others_counted(case):
    file = made(case, a_pdf_of(*["words"] * 70))
    assert (file.pages_in_all, len(file.pages)) == (70, 60)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (a_word_file("She never came on Monday"), "never came on Monday"),
        (b"<html><body><p>She never came</p></body></html>", "She never came"),
        ("Sie kam nicht – niemand rief an".encode("utf-16"), "niemand rief an"),
        (a_zip("plan-for-pat.txt"), "plan-for-pat.txt"),
        (b"From: pat@post.example.org\r\nSubject: Monday\r\n\r\nShe never came", "She never came"),
        (a_workbook(Visits=[["Day", "Who came"], ["Monday", "nobody"]]), "Monday\tnobody"),
    ],
    ids=["word", "web_page", "text", "archive", "email", "spreadsheet"],
)
def test_the_words_of_a_paper_are_shown_and_the_case_is_found_by_them(case, content, words):
    file = made(case, content)
    assert (file.making, file.pages_in_all) == (Making.DONE, 1)
    assert words in file.pages[0].words
    assert found_by(words.split()[0]) == [case.id]


def test_sheets_that_were_hidden_are_told(case):
    file = made(case, a_workbook(shown=[["a"]], hidden=[["b"]]))
    assert "hidden (hidden)\nb" in file.pages[0].words


@pytest.mark.parametrize("write", [a_pdf_of, a_word_file], ids=["pdf", "word"])
def test_a_sign_of_harm_in_a_paper_calls_the_duty_desk_and_brings_the_case_up(case, write):
    made(case, write("The bus was late"))
    assert alerts() == []
    made(case, write("My dad hits me when mum is out"))
    assert alerts() == [case.about]
    db.session.refresh(case)
    assert case.reads_first == 0


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_a_machine_reads_the_words_in_a_photo_and_says_so(case):
    file = made(case, a_scan_of("She never came on Monday"), "photo.jpg")
    assert file.pages[0].is_read_by_machine
    assert "never came" in file.pages[0].words


def test_without_a_machine_that_reads_a_photo_is_a_photo(case, monkeypatch):
    monkeypatch.setattr("portal.file_reading.pages.shutil.which", lambda name: None)
    file = made(case, a_picture())
    assert (file.making, file.pages_in_all, file.pages) == (Making.DONE, 0, [])


LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)


@pytest.mark.parametrize("content", [LOCKED, a_word_package("Hello"), b"Rar!\x1a\x07" + bytes(99)])
def test_what_cannot_be_shown_is_told_on_the_case_and_kept_as_it_came(case, content):
    file = made(case, content)
    assert (file.making, file.content) == (Making.FAILED, content)
    assert file.may_be_opened
    assert "file_not_made" in [entry.event for entry in entries_about(case.about)]


def test_a_file_that_breaks_the_reader_holds_up_nothing(case, monkeypatch):
    first, second = came(case, a_zip()), came(case, a_pdf_of("words"))
    show = pages.shown_of

    def break_on_archives(content, media_type):
        if media_type == "as-sent/zip":
            raise KeyError("broken")
        return show(content, media_type)

    monkeypatch.setattr("portal.file_reading.services.shown_of", break_on_archives)
    assert make_waiting(tell_time=lambda: AT) == 2
    assert (first.making, second.making) == (Making.FAILED, Making.DONE)
    assert make_waiting(tell_time=lambda: AT) == 0


def test_what_is_far_down_in_a_long_paper_is_read_and_found(case):
    made(case, " ".join(["bus"] * 5_000 + ["Zanzibar. My dad hits me when mum is out."]).encode())
    assert alerts() == [case.about]
    assert found_by("Zanzibar") == [case.id]


def test_why_a_case_is_read_first_is_added_to_and_not_replaced(in_app):
    case = a_case(read_first=("not_safe",))
    made(case, a_pdf_of("My dad hits me when mum is out"))
    db.session.refresh(case)
    assert case.reads_first_why.split()[0] == "not_safe"
    assert "file" in case.reads_first_why.split()


def test_a_file_that_lay_here_for_long_is_found_and_calls_nobody(case):
    came(case, a_pdf_of("My dad hits me when mum is out"))
    make_waiting(tell_time=lambda: AT + timedelta(days=30))
    assert found_by("dad") == [case.id]
    assert alerts() == []


def test_a_paper_goes_before_a_video_that_came_first(case):
    film, paper = came(case, a_film()), came(case, a_pdf_of("words"))
    assert next_to_make() == paper.id
    make_waiting(tell_time=lambda: AT)
    assert (film.making, paper.making) == (Making.DONE, Making.DONE)


def test_a_file_that_another_made_meanwhile_is_made_once(case, monkeypatch):
    file = came(case, a_pdf_of("words"))

    def show_late(content, media_type):
        shown = pages.shown_of(content, media_type)
        with transaction():
            file.making = Making.DONE
        return shown

    monkeypatch.setattr("portal.file_reading.services.shown_of", show_late)
    make_waiting(tell_time=lambda: AT)
    assert file.pages == []


def test_a_case_is_found_by_its_files_after_the_key_of_search_was_renewed(case):
    made(case, a_pdf_of("Zanzibar"))
    renew_key(Purpose.SEARCH, at=now() - KNOWN_TO_ALL_AFTER - timedelta(seconds=1))
    assert index_anew() == 1
    assert found_by("Zanzibar") == [case.id]
