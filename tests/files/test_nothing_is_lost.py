"""What stands beside the text of a paper is read too, and what of a file cannot be kept is told."""

import io
import subprocess
import zipfile

import av
import pikepdf
import pypandoc
import pytest

from portal.cage.running import PAPER, Work, decode
from portal.files.kinds import FileRefused, known_file
from portal.files.office import as_web_page
from tests.factories.files import a_pdf, a_picture, a_word_file
from tests.factories.recordings import a_film, a_sound

DOCX = "as-sent/docx"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def with_part(name, words):
    made = io.BytesIO(a_word_file("Dear all"))
    with zipfile.ZipFile(made, "a") as package:
        package.writestr(f"word/{name}.xml", f"<w:part {WORD}><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:part>")
    return made.getvalue()


@pytest.mark.parametrize("part", ["header1", "footer2", "comments"])
def test_headers_footers_and_comments_of_a_letter_are_shown_and_read(part):
    page = as_web_page(with_part(part, "He was not there"), DOCX)
    assert "He was not there" in page.html
    assert "He was not there" in page.words


@pytest.mark.parametrize(
    ("said", "mark"),
    [("<w:default w:val='1'/>", "\u2612"), ("<w:default w:val='1'/><w:checked w:val='0'/>", "\u2610"), ("", "\u2610")],
    ids=["ticked", "taken out", "never ticked"],
)
def test_a_tick_in_an_old_form_is_told(said, mark):
    box = f"<w:r><w:fldChar><w:ffData><w:checkBox>{said}</w:checkBox></w:ffData></w:fldChar></w:r>"
    letter = a_word_file("Dear all", more=f"<w:p>{box}<w:r><w:t>I feel safe</w:t></w:r></w:p>")
    assert f"{mark} I feel safe" in as_web_page(letter, DOCX).words


def test_a_tick_in_a_list_is_shown():
    command = [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", "docx", "-o", "-"]
    letter = subprocess.run(command, input=b"- [x] I feel safe\n- [ ] I am hit\n", capture_output=True, check=True).stdout
    html = " ".join(as_web_page(letter, DOCX).html.split())
    assert html.index("\u2612") < html.index("I feel safe") < html.index("\u2610") < html.index("I am hit")


def annotated(**facts):
    def change(pdf):
        about = {"/Type": pikepdf.Name.Annot, "/Rect": [10, 10, 150, 40]}
        note = pdf.make_indirect(pikepdf.Dictionary(about | facts))
        pdf.pages[0].Annots = pikepdf.Array([note])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([note] if "/V" in facts else []))

    return a_pdf(change)


def words_of(content):
    return decode(Work.PDF_PAGES, known_file(content).content, PAPER)[0]["pages"][0]["words"]


def test_what_was_typed_into_a_form_is_read():
    kind = {"/Subtype": pikepdf.Name.Widget, "/FT": pikepdf.Name.Tx}
    typed = {"/T": pikepdf.String("Why"), "/V": pikepdf.String("He hit me")}
    assert words_of(annotated(**kind, **typed)) == "Why: He hit me"


def test_a_note_on_a_page_is_read():
    assert words_of(annotated(**{"/Subtype": pikepdf.Name.Text, "/Contents": pikepdf.String("He hit me")})) == "He hit me"


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"/Subtype": pikepdf.Name.FileAttachment, "/FS": pikepdf.Dictionary(UF=pikepdf.String("plan.docx"))}, "plan.docx"),
        ({"/Subtype": pikepdf.Name.Sound}, "a sound or a film"),
        ({"/Subtype": pikepdf.Name.Text, "/XFA": pikepdf.Array([])}, "a form that only Adobe's programs show"),
    ],
    ids=["file", "sound", "form"],
)
def test_what_hangs_on_a_page_of_a_pdf_and_is_not_kept_is_told(facts, told):
    assert known_file(annotated(**facts)).left_out == told


def test_a_photo_inside_a_pdf_tells_nothing_of_the_phone_and_is_still_a_photo():
    def change(pdf):
        photo = pdf.make_stream(a_picture("JPEG"), Filter=pikepdf.Name.DCTDecode, Subtype=pikepdf.Name.Image)
        photo.Type, photo.Width, photo.Height = pikepdf.Name.XObject, 64, 48
        photo.ColorSpace, photo.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
        pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=photo))

    content = a_pdf(change)
    assert b"SecretPhoneMaker" in content
    with pikepdf.open(io.BytesIO(known_file(content).content)) as pdf:
        photo = pdf.pages[0].Resources.XObject.P
        assert b"SecretPhoneMaker" not in photo.read_raw_bytes()
        assert pikepdf.PdfImage(photo).as_pil_image().size == (64, 48)


def test_a_video_whose_pictures_cannot_be_shown_is_no_recording():
    with pytest.raises(FileRefused, match="cannot be played here"):
        known_file(a_film("avi of an old card"))


def test_pieces_of_a_film_that_were_put_together_are_both_kept():
    twice = a_film("transport stream", seconds=2) * 2
    _, made = decode(Work.RECORDING, twice, PAPER, most_seconds=60)
    with av.open(io.BytesIO(made)) as film:
        assert sum(1 for _ in film.decode(video=0)) > 90  # of a hundred


def test_a_second_track_of_sound_is_counted():
    looked, _ = decode(Work.RECORDING, a_sound("m4a"), PAPER, most_seconds=60, is_only_looked_at=True)
    assert looked["more_tracks"] == 0
