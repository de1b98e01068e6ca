"""Letters of office programs: each word that is seen is read once, layout stays, and nothing runs or leads out."""

import base64
import io
import subprocess

import pypandoc
import pytest
from PIL import Image

from portal.cage.running import CageBroken
from portal.cage.word_files import MAX_INSIDE_SIZE
from portal.files.kinds import known_file
from portal.files.office import LONGEST_WORDS, as_web_page, words_in_letter
from tests.factories.files import a_pdf, a_picture, a_word_file, a_word_package, a_zip

DOCX, ODT, RTF, HTML = (f"as-sent/{kind}" for kind in ("docx", "odt", "rtf", "html"))
COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
STRICT_LEADS = "http://purl.oclc.org/ooxml/officeDocument/relationships"


BY = 'w:id="1" w:author="Pat"'


def run(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


def boxed(text):
    return f"<w:r><w:pict><w:txbxContent><w:p>{run(text)}</w:p></w:txbxContent></w:pict></w:r>"


MOVED = f"<w:p><w:moveFrom {BY}>{run('moved')}</w:moveFrom></w:p><w:p><w:moveTo {BY}>{run('moved')}</w:moveTo></w:p>"


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (f"<w:p><w:ins {BY}>{run('added')}</w:ins></w:p>", "added"),
        (f"<w:p><w:del {BY}><w:r><w:delText>out</w:delText></w:r></w:del>{run('left')}</w:p>", "left"),
        (MOVED, "moved"),
        (f"<w:p>{run('well')}<w:r><w:noBreakHyphen/></w:r>{run('known')}</w:p>", "well\u2011known"),
        (f"<w:tbl><w:tr><w:tc><w:p>{run('in a table')}</w:p></w:tc></w:tr></w:tbl>", "in a table"),
        (f"<w:p>{boxed('a box')}</w:p>", "a box"),
        (
            f'<w:p><m:AlternateContent xmlns:m="{COMPATIBLE}"><m:Choice>{boxed("a box")}</m:Choice>'
            f"<m:Fallback>{boxed('a box')}</m:Fallback></m:AlternateContent></w:p>",
            "a box",
        ),
    ],
    ids=["added", "deleted", "moved", "hyphen", "table", "box", "box_of_two_words"],
)  # fmt: skip
def test_every_word_that_is_seen_is_read_once(xml, words):
    letter = a_word_file("Hello", more=xml)
    for read in (words_in_letter(letter, DOCX), as_web_page(letter, DOCX).html):
        assert read.count("Hello") == 1
        assert read.count(words) == 1
        assert "delText" not in read


@pytest.mark.parametrize(
    ("name", "more"),
    [(WORD, {"place": "word/document2.xml"}), (STRICT, {"relationships": STRICT_LEADS})],
    ids=["main_part_elsewhere", "strict"],
)
def test_a_word_file_of_another_build_is_read(name, more):
    body = f'<w:document xmlns:w="{name}"><w:body><w:p>{run("Hello")}{boxed("in a box")}</w:p></w:body></w:document>'
    words = words_in_letter(a_word_package(body, **more), DOCX)
    assert "Hello" in words
    assert "in a box" in words


def written_by_pandoc(kind):
    """A letter as another program writes it."""
    words = "# Dear all\n\nMy **worker** shouted"
    command = [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", kind, "-s", "-o", "-"]
    return subprocess.run(command, input=words.encode(), capture_output=True, check=True).stdout


LETTERS = {
    "open document": written_by_pandoc("odt"),
    "word": written_by_pandoc("docx"),
    "rich text": rb"{\rtf1\ansi\ansicpg1252 {\b Dear all}\par My worker shouted}",
    "web page": b"<html><body><h1>Dear all</h1><p>My worker shouted</p><script>alert(1)</script></body></html>",
}


@pytest.mark.parametrize("content", LETTERS.values(), ids=LETTERS.keys())
def test_a_letter_is_known_kept_as_it_came_and_its_words_and_layout_are_shown(content):
    known = known_file(content)
    assert (known.content, known.is_re_encoded) == (content, False)
    page = as_web_page(content, known.media_type)
    assert "My worker shouted" in page.words
    assert "<strong>Dear all" in page.html or "<h2" in page.html
    assert "script" not in page.html


def test_a_picture_in_a_letter_is_made_anew_and_stands_where_it_stood():
    encoded = base64.b64encode(a_picture("JPEG")).decode()
    page = as_web_page(f'<html><p>Look: <img src="data:image/jpeg;base64,{encoded}"></p></html>'.encode(), HTML)
    assert page.html.count('src="page:2"') == 1
    assert b"SecretPhoneMaker" not in page.pictures[0]
    assert Image.open(io.BytesIO(page.pictures[0])).format == "JPEG"


@pytest.mark.parametrize(
    "inside",
    [
        '<img src="http://127.0.0.1:9/a.png">',
        '<img src="data:image/svg+xml;base64,PHN2Zy8+">',
        '<a href="javascript:alert(1)">x</a>',
        '<p onclick="alert(1)" style="background:url(http://127.0.0.1:9/)">x</p>',
        '<iframe src="http://127.0.0.1:9/"></iframe>',
    ],
)
def test_nothing_in_a_letter_runs_or_leads_out(inside):
    shown = as_web_page(f"<html><body>{inside}</body></html>".encode(), HTML).html
    assert not any(mark in shown for mark in ("http", "javascript", "onclick", "style", "iframe", "svg"))


NOT_WORD = {
    "a PDF": a_pdf(),
    "an archive": a_zip("secret.txt"),
    "a file cut short": a_word_file("Hello")[:200],
    "not XML": a_word_package("Hello"),
    "too deep": a_word_package("<w>" * 100_000),
}


@pytest.mark.parametrize("content", NOT_WORD.values(), ids=NOT_WORD.keys())
def test_what_is_no_word_file_has_no_words_and_is_not_shown(content):
    assert words_in_letter(content, DOCX) == ""
    with pytest.raises(CageBroken):
        as_web_page(content, DOCX)


def test_a_file_that_is_far_too_large_when_unpacked_harms_nobody():
    letter = a_word_package(f'<w:document xmlns:w="{WORD}"><w:body/></w:document>' + " " * (MAX_INSIDE_SIZE + 1))
    assert words_in_letter(letter, DOCX) == ""


def test_a_very_long_letter_says_that_it_goes_on():
    words = words_in_letter(a_word_file("x" * LONGEST_WORDS, "the end"), DOCX)
    assert "the end" not in words
    assert words.endswith("It goes on. The whole of it is where it came from.]")


def test_nothing_is_fetched_or_multiplied_by_what_a_file_says_of_itself():
    entities = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    inside = f"<w:p>{run('&b;')}{run('&f;')}{run('seen')}</w:p>"
    body = f'{entities}<w:document xmlns:w="{WORD}"><w:body>{inside}</w:body></w:document>'
    words = words_in_letter(a_word_package(body), DOCX)
    with open("/etc/hostname", encoding="utf-8") as here:
        assert here.read().strip() not in words
