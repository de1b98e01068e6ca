"""What a file is, by what it holds: media made anew, papers kept, everything else refused in words."""

import gzip
import io
import socket
import tarfile
from contextlib import suppress

import av
import pytest
from PIL import Image

from portal.files.kinds import MAX_FILE_SIZE, MAX_PIXELS, FileRefused, known_file
from portal.files.names import plain_name
from portal.files.recognising import text_in
from portal.files.services import name_for
from tests.factories.files import a_pdf, a_picture, a_recording, a_wave, a_word_file, a_zip
from tests.hostile_texts import HOSTILE

MEGABYTE = 1024 * 1024
HTML = b"<html><script>alert(1)</script></html>"


def refused(content):
    with pytest.raises(FileRefused) as told:
        known_file(content)
    return str(told.value)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_is_made_anew_without_place_device_or_hidden_text(kind):
    known = known_file(a_picture(kind))
    assert known.is_re_encoded
    assert known.media_type in ("image/jpeg", "image/png")
    with Image.open(io.BytesIO(known.content)) as picture:
        assert not dict(picture.getexif())
        assert picture.size in ((64, 48), (48, 64))
    for hidden in (b"SecretPhoneMaker", b"script", b"Exif"):
        assert hidden not in known.content


def test_a_picture_of_sixteen_bits_is_not_made_white():
    made = io.BytesIO()
    Image.new("I;16", (20, 20), 32_768).save(made, "PNG")
    with Image.open(io.BytesIO(known_file(made.getvalue()).content)) as picture:
        assert picture.convert("L").getpixel((9, 9)) == pytest.approx(128, abs=3)


def test_a_photo_that_lost_its_last_bytes_is_shown_as_far_as_it_came():
    assert known_file(a_picture("JPEG", (640, 480))[:-40]).media_type == "image/jpeg"


def test_a_picture_stands_upright_although_its_turn_is_taken_out():
    with Image.open(io.BytesIO(known_file(a_picture("JPEG")).content)) as picture:
        assert picture.size == (48, 64)


@pytest.mark.parametrize(
    "tail", [HTML, a_zip(), b"#!/bin/sh\nrm -rf /", b"\x00" * 100], ids=["page", "archive", "program", "nothing"]
)
@pytest.mark.parametrize("kind", ["JPEG", "GIF", "PNG"])
def test_what_is_appended_to_a_picture_is_gone(kind, tail):
    assert tail not in known_file(a_picture(kind) + tail).content


@pytest.mark.parametrize(
    "content",
    [
        a_wave(),
        a_recording("ogg", "libopus"),
        a_recording("mp3", "libmp3lame"),
        a_recording("ipod", "aac"),
        a_recording("webm", "libopus"),
    ],
    ids=["wave", "ogg", "mp3", "m4a", "webm"],
)
def test_sound_is_made_anew_without_its_tags_and_can_be_played(content):
    known = known_file(content)
    assert (known.media_type, known.is_re_encoded) == ("audio/mp4", True)
    assert b"SecretPhoneMaker" not in known.content
    with av.open(io.BytesIO(known.content)) as sound:
        assert 0.8 < sum(frame.samples for frame in sound.decode(audio=0)) / 24_000 < 1.3


def test_a_pdf_and_a_text_are_only_downloaded():
    assert (known_file(a_pdf()).media_type, known_file(a_pdf()).is_re_encoded) == ("application/pdf", False)
    words = "Dear all,\r\n\tthank you. Zoë 😡".encode()
    assert (known_file(words).media_type, known_file(words).content) == ("text/plain", words)


def tar():
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a"))
    return made.getvalue()


KEPT_AS_SENT = {
    "zip": a_zip(),
    "docx": a_word_file("Hello"),
    "gz": gzip.compress(b"x" * 999),
    "tar": tar(),
    "rar": b"Rar!\x1a\x07" + b"x" * 99,
    "7z": b"7z\xbc\xaf\x27\x1c" + b"x" * 99,
    "html": HTML,
    "eml": b"From: pat@post.example.org\r\nSubject: Hello\r\n\r\nWords",
    "rtf": b"{\\rtf1 Hello}",
    "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999) + "WordDocument".encode("utf-16-le"),
    "msg": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999) + "__properties_version1.0".encode("utf-16-le"),
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999),
}


@pytest.mark.parametrize("kind", KEPT_AS_SENT)
def test_papers_and_archives_are_kept_as_they_came_and_named_by_what_they_are(kind):
    known = known_file(KEPT_AS_SENT[kind])
    assert (known.content, known.is_re_encoded) == (KEPT_AS_SENT[kind], False)
    assert name_for("a.pdf.exe", known.media_type) == f"a.{kind}"


ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_text_of_any_encoding_is_kept_as_its_words(encoding):
    words = "Zoë’s café was shut – she cried.\r\n" * 4
    known = known_file(words.encode(encoding))
    assert (known.media_type, known.content.decode()) == ("text/plain", words)


GUESSED = {
    "cp1252": "I paid £20 for the taxi – and it’s “not fair”, says Zoë at the café.",
    "cp1250": "Zażółć gęślą jaźń, moja pracownica nie przyszła w poniedziałek i nikt nie zadzwonił.",
    "cp1251": "Моя соцпрацівниця не прийшла в понеділок, і ніхто мені нічого не сказав про зустріч.",
}


@pytest.mark.parametrize("encoding", GUESSED)
def test_letters_that_do_not_say_how_they_are_written_are_guessed_and_kept_as_they_came(encoding):
    content = GUESSED[encoding].encode(encoding)
    assert (known_file(content).media_type, known_file(content).content) == ("as-sent/txt", content)
    assert text_in(content) == GUESSED[encoding]


@pytest.mark.parametrize("end", ["\0", "\x1a", "\x0b", "\x1b"])
def test_what_ends_a_text_or_a_line_in_some_programs_is_no_reason_to_refuse_it(end):
    assert known_file(f"Hello, she never came{end}".encode()).content.decode().strip() == "Hello, she never came"


@pytest.mark.parametrize("pack", ["zip", "tar"])
def test_what_holds_a_pdf_is_not_that_pdf(pack):
    made = io.BytesIO()
    if pack == "zip":
        made.write(a_zip("letter.pdf", a_pdf()))
    else:
        with tarfile.open(fileobj=made, mode="w") as archive:
            about = tarfile.TarInfo("letter.pdf")
            about.size = len(a_pdf())
            archive.addfile(about, io.BytesIO(a_pdf()))
    assert known_file(made.getvalue()).media_type == f"as-sent/{pack}"


HONEST = {
    "txt": "They wrote <script> in the email, and %PDF-1.4 too.",
    "xml": '<?xml version="1.0"?><note>Hello</note>',
}


@pytest.mark.parametrize("words", HONEST.values(), ids=HONEST)
def test_words_about_code_are_words(words):
    assert known_file(words.encode()).media_type == "text/plain"


MAILS = (
    b"X-Mozilla-Status: 0001\r\nX-Mozilla-Status2: 0\r\nFrom: pat@post.example.org\r\n\r\n<html><script>x</script></html>",
    b"Date: Mon, 1 Jun 2026 09:00:00 +0000\r\nTo: a@b.example\r\nFrom: pat@post.example.org\r\n\r\nSGVsbG8=",
)


@pytest.mark.parametrize("content", MAILS)
def test_an_email_is_known_by_any_of_its_headers(content):
    assert known_file(content).media_type == "as-sent/eml"


REFUSED = (
    a_zip("word/document.xml")[:60],
    b"MZ" + bytes(range(256)),
    b"\x7fELF" + bytes(range(256)),
    b"#!/bin/sh\nrm -rf /",
    b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
    b"<?php system(1) ?>",
    b"%PDF-1.4 nothing %%EOF",
    b"\x00\x00\x00\x18ftypheic" + b"x" * 99,
    b"\xff\xd8\xff" + b"x" * 99,
    b"\x89PNG\r\n\x1a\n" + b"x" * 99,
    b"OggS" + bytes(99),
    b"ID3" + bytes(99),
    bytes(range(256)) * 9,
)


@pytest.mark.parametrize("number", range(len(REFUSED)))
def test_everything_else_is_refused_with_what_to_do(number):
    assert any(word in refused(REFUSED[number]) for word in ("Send", "send", "Choose"))


@pytest.mark.parametrize("size", [1, MEGABYTE, MAX_FILE_SIZE])
def test_each_size_up_to_the_limit_is_kept(size):
    assert len(known_file(b"x" * size).content) == size


@pytest.mark.parametrize(("size", "sentence"), [(0, "empty"), (MAX_FILE_SIZE + 1, "too large")])
def test_nothing_and_too_much_are_refused(size, sentence):
    assert sentence in refused(b"x" * size)


def test_a_small_file_that_grows_to_a_giant_picture_is_refused():
    side = int(MAX_PIXELS**0.5) + 100
    made = io.BytesIO()
    Image.new("1", (side, side)).save(made, "PNG")
    assert len(made.getvalue()) < 100_000
    assert "too large" in refused(made.getvalue())


@pytest.mark.parametrize(
    "name", [*HOSTILE.values(), "../../etc/passwd", "C:\\x\\y.jpg", "a\r\nSet-Cookie: x", "", "...", "x" * 300]
)
def test_a_name_has_no_folders_no_control_marks_and_is_short(name):
    kept = plain_name(name)
    assert 0 < len(kept) <= 80
    assert not any(mark in kept for mark in "/\\\r\n\x00\u202e\u200b")


@pytest.mark.parametrize(
    ("name", "media_type", "kept"),
    [
        ("song.bat", "image/jpeg", "song.jpg"),
        ("bank.pdf.js", "application/pdf", "bank.pdf"),
        ("notes.csv", "text/plain", "notes.txt"),
        ("my.home.reg", "audio/mp4", "my.m4a"),
        ("..", "image/png", "file.png"),
        ("x" * 300, "image/png", "x" * 76 + ".png"),
    ],
)
def test_a_file_is_named_by_what_it_is(name, media_type, kept):
    assert name_for(name, media_type) == kept


@pytest.mark.parametrize("begins", [b"ID3", b"OggS", b"#!AMR\n", b"\x1a\x45\xdf\xa3", b"\xff\xfb"])
def test_a_text_that_begins_like_a_recording_reaches_nothing(begins):
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(0.1)
        port = door.getsockname()[1]
        with suppress(FileRefused):
            known_file(begins + f"\n#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:{port}/a.ts\n#EXT-X-ENDLIST\n".encode() * 40)
        with pytest.raises(TimeoutError):
            door.accept()
