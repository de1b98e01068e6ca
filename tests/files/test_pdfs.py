"""A PDF is read as objects and written anew: what runs is gone, what is only bytes that look like it stays."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Encryption, Name, ObjectStreamMode, String

from portal.files.kinds import FileRefused, known_file
from tests.factories.files import a_pdf, a_zip

ALL = pikepdf.StreamDecodeLevel.all
RUNS = (b"/JavaScript", b"/JS", b"/Launch", b"/OpenAction", b"/AA", b"app.alert", b"x.exe")


def runs_at_opening(pdf):
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def runs_on_a_page(pdf):
    pdf.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))


def launches(pdf):
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.Launch, F=String("x.exe")))
    pdf.pages[0].obj.Annots = Array([link])


def runs_after_a_link(pdf):
    after = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))
    action = Dictionary(S=Name.URI, URI=String("https://example.org"), Next=Array([after]))
    pdf.pages[0].obj.Annots = Array([Dictionary(Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)])


def tells_of_its_author(pdf):
    pdf.docinfo["/Author"] = "SecretAuthor"


def escaped(content):
    for name, written in ((b"/OpenAction", b"/Open#41ction"), (b"/JavaScript", b"/J#61vaScript"), (b"/JS", b"/#4AS")):
        content = content.replace(name, written)
    return content


HARMFUL = {
    "at opening": a_pdf(runs_at_opening),
    "on a page": a_pdf(runs_on_a_page),
    "launches": a_pdf(launches),
    "after a link": a_pdf(runs_after_a_link),
    "escaped": escaped(a_pdf(runs_at_opening)),
    "packed": a_pdf(runs_at_opening, object_stream_mode=ObjectStreamMode.generate),
    "locked for changes": a_pdf(runs_at_opening, encryption=Encryption(owner="x", user="")),
}


def opened(content):
    """The same PDF with nothing packed, so that its bytes can be looked through."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(made, object_stream_mode=ObjectStreamMode.disable, compress_streams=False, stream_decode_level=ALL)
    return made.getvalue()


@pytest.mark.parametrize("name", HARMFUL)
def test_what_runs_is_taken_out_and_the_page_stays(name):
    kept = opened(known_file(HARMFUL[name]).content)
    assert [mark for mark in RUNS if mark in kept] == []
    with pikepdf.open(io.BytesIO(kept)) as pdf:
        assert len(pdf.pages) == 1


def linked(**action):
    def link(pdf):
        pdf.pages[0].obj.Annots = Array([Dictionary(Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(action))])

    return opened(known_file(a_pdf(link)).content)


@pytest.mark.parametrize(
    "action",
    [
        {"/S": Name.GoToR, "/F": String("evil-share")},
        {"/S": Name.Thread, "/F": String("evil-share")},
        {"/S": Name.URI, "/URI": String("javascript:evil-share")},
        {"/S": Name.URI, "/URI": String("file://///evil-share/x")},
        {"/S": Name.RichMediaExecute, "/CMD": String("evil-share")},
        {"/S": Name.Whatever, "/X": String("evil-share")},
    ],
)
def test_a_link_leads_to_the_web_or_within_the_file_and_nowhere_else(action):
    assert b"evil-share" not in linked(**action)
    assert b"/GoTo" in linked(**{"/S": Name.GoTo, "/D": String("chapter")})


def test_a_film_or_another_thing_that_plays_is_an_empty_note():
    def plays(pdf):
        film = Dictionary(F=String("evil-share"))
        pdf.pages[0].obj.Annots = Array([Dictionary(Subtype=Name.Movie, Rect=[0, 0, 9, 9], Movie=film, AP=Dictionary())])

    kept = opened(known_file(a_pdf(plays)).content)
    assert b"evil-share" not in kept
    assert b"/Movie" not in kept


def test_what_a_stream_takes_from_elsewhere_is_taken_out():
    def elsewhere(pdf):
        stream = pdf.make_stream(b"q Q")
        stream["/F"] = Dictionary(FS=Name.URL, F=String("http://evil-share"))
        pdf.pages[0].obj.Contents = stream

    assert b"evil-share" not in opened(known_file(a_pdf(elsewhere)).content)


def test_a_font_that_only_has_such_a_name_stays():
    def named(pdf):
        font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        pdf.pages[0].obj.Resources = Dictionary(Font=Dictionary({"/AA": font}))

    assert b"/Helvetica" in opened(known_file(a_pdf(named)).content)


def test_an_empty_list_of_files_is_no_file():
    def empty(pdf):
        pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([])))

    assert known_file(a_pdf(empty)).media_type == "application/pdf"


def test_a_link_to_a_page_on_the_web_stays():
    def links(pdf):
        action = Dictionary(S=Name.URI, URI=String("https://example.org"))
        pdf.pages[0].obj.Annots = Array([Dictionary(Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)])

    assert b"https://example.org" in opened(known_file(a_pdf(links)).content)


def test_bytes_that_look_like_a_program_are_kept():
    def scanned(pdf):
        pdf.pages[0].obj.Contents = pdf.make_stream(b"% a scan in which these letters stand: /JS /JavaScript /Launch")

    assert b"/JS /JavaScript" in opened(known_file(a_pdf(scanned)).content)


@pytest.mark.parametrize("tail", [a_zip(), b"<html><script>alert(1)</script></html>", b"x" * 1000])
def test_what_is_appended_is_gone(tail):
    assert tail not in known_file(a_pdf() + tail).content


def test_files_inside_it_are_told_and_not_kept():
    known = known_file(a_pdf(lambda pdf: pdf.attachments.__setitem__("a.txt", b"hello inside")))
    assert known.left_out == "a.txt"
    assert b"hello inside" not in opened(known.content)


def test_who_wrote_it_is_gone():
    assert b"SecretAuthor" not in opened(known_file(a_pdf(tells_of_its_author)).content)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (a_pdf(encryption=Encryption(owner="x", user="y")), "is locked"),
        (a_pdf()[:200], "cannot be opened"),
    ],
    ids=["locked", "cut"],
)
def test_what_cannot_be_kept_says_what_to_do(content, sentence):
    with pytest.raises(FileRefused, match=sentence):
        known_file(content)
