"""The words of a Word file: what was added and what stands in boxes too; and nothing of a file that only looks like one."""

import zipfile

import pytest

from portal.cage.word_files import MAX_INSIDE_SIZE
from portal.files.word_file import MAX_WORDS_LENGTH, words_in_word_file
from tests.factories.files import a_pdf, a_word_file, a_zip

COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        ("<w:p><w:ins><w:r><w:t>added</w:t></w:r></w:ins></w:p>", "added"),
        ("<w:p><w:del><w:r><w:delText>taken out</w:delText></w:r></w:del><w:r><w:t>left</w:t></w:r></w:p>", "left"),
        ("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>in a table</w:t></w:r></w:p></w:tc></w:tr></w:tbl>", "in a table"),
        ("<w:p><w:r><w:t>one</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r></w:p>", "one\ttwo\nthree"),
        (
            f'<m:AlternateContent xmlns:m="{COMPATIBLE}"><m:Choice><w:p><w:r><w:t>a box</w:t></w:r></w:p></m:Choice>'
            "<m:Fallback><w:p><w:r><w:t>a box</w:t></w:r></w:p></m:Fallback></m:AlternateContent>",
            "a box",
        ),
    ],
)
def test_every_word_that_is_seen_is_read_once(xml, words):
    assert words_in_word_file(a_word_file("Hello", more=xml)) == f"Hello\n{words}"


def packed(content, kind=zipfile.ZIP_DEFLATED):
    return a_zip("word/document.xml", content, kind)


ENTITIES = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
NOT_WORD = {
    "a PDF": a_pdf(),
    "an archive": a_zip("secret.txt"),
    "a file cut short": a_word_file("Hello")[:200],
    "not XML": packed("Hello"),
    "far too large when unpacked": packed(" " * (MAX_INSIDE_SIZE + 1)),
    "packed in another way": packed("<w/>", kind=zipfile.ZIP_LZMA),
    "too deep": packed("<w>" * 100_000),
}


@pytest.mark.parametrize("content", NOT_WORD.values(), ids=NOT_WORD.keys())
def test_what_is_no_word_file_has_no_words(content):
    assert words_in_word_file(content) == ""


def test_a_very_long_file_says_that_it_goes_on():
    words = words_in_word_file(a_word_file("x" * MAX_WORDS_LENGTH, "the end"))
    assert "the end" not in words
    assert words.endswith("It goes on. The whole of it is where it came from.]")


def test_nothing_is_fetched_or_multiplied_by_what_a_file_says_of_itself():
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f'<w:document xmlns:w="{name}"><w:p><w:r><w:t>&b;</w:t><w:t>&f;</w:t><w:t>seen</w:t></w:r></w:p></w:document>'
    assert words_in_word_file(packed(ENTITIES + body)) == "seen"
