"""What a file is, by what it holds: media made anew, papers kept, everything else refused in words."""

import gzip
import io
import tarfile

import av
import pytest
from PIL import Image

from portal.files.kinds import LARGEST_FILE, FileRefused, known_file
from portal.files.media import MOST_PIXELS, NotMedia, picture_anew
from portal.files.services import plain_name
from tests.factories.files import PDF, a_picture, a_recording, a_wave, a_zip
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
    assert known.is_made_anew
    assert known.media_type in ("image/jpeg", "image/png")
    with Image.open(io.BytesIO(known.content)) as picture:
        assert not dict(picture.getexif())
        assert picture.size in ((64, 48), (48, 64))
    for hidden in (b"SecretPhoneMaker", b"script", b"Exif"):
        assert hidden not in known.content


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
    assert (known.media_type, known.is_made_anew) == ("audio/mp4", True)
    assert b"SecretPhoneMaker" not in known.content
    with av.open(io.BytesIO(known.content)) as sound:
        assert 0.8 < sum(frame.samples for frame in sound.decode(audio=0)) / 48_000 < 1.3


def test_a_recording_of_more_than_half_an_hour_is_sent_in_parts(monkeypatch):
    monkeypatch.setattr("portal.files.media.MOST_SECONDS", 1)
    assert "in parts" in refused(a_wave(seconds=2))


def test_a_pdf_and_a_text_are_kept_as_they_came_and_only_downloaded():
    assert known_file(PDF).content == PDF
    assert (known_file(PDF).media_type, known_file(PDF).is_made_anew) == ("application/pdf", False)
    words = "Dear all,\r\n\tthank you. Zoë 😡".encode()
    assert (known_file(words).media_type, known_file(words).content) == ("text/plain", words)


def tar():
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a"))
    return made.getvalue()


REFUSED = (
    a_zip(),
    a_zip("word/document.xml"),
    gzip.compress(b"x" * 999),
    tar(),
    b"Rar!\x1a\x07" + b"x" * 99,
    b"7z\xbc\xaf\x27\x1c" + b"x" * 99,
    b"MZ" + bytes(range(256)),
    b"\x7fELF" + bytes(range(256)),
    b"#!/bin/sh\nrm -rf /",
    HTML,
    b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
    b'<?xml version="1.0"?><x/>',
    b"<?php system(1) ?>",
    PDF + HTML,
    PDF + a_zip(),
    PDF.replace(b"/Type", b"/OpenAction<</JS(x)>>/Type"),
    PDF.replace(b"/Type", b"/EmbeddedFile 1 0 R/Type"),
    b"\x00\x00\x00\x18ftypheic" + b"x" * 99,
    b"\xff\xd8\xff" + b"x" * 99,
    b"\x89PNG\r\n\x1a\n" + b"x" * 99,
    b"OggS" + b"x" * 99,
    b"ID3" + b"x" * 99,
    bytes(range(256)) * 9,
)


@pytest.mark.parametrize("number", range(len(REFUSED)))
def test_everything_else_is_refused_with_what_to_do(number):
    assert any(word in refused(REFUSED[number]) for word in ("Send", "send", "Choose"))


@pytest.mark.parametrize("size", [1, MEGABYTE - 1, MEGABYTE, MEGABYTE + 1, LARGEST_FILE])
def test_each_size_up_to_the_limit_is_kept(size):
    assert len(known_file(b"x" * size).content) == size


@pytest.mark.parametrize(("size", "sentence"), [(0, "empty"), (LARGEST_FILE + 1, "too large")])
def test_nothing_and_too_much_are_refused(size, sentence):
    assert sentence in refused(b"x" * size)


def test_a_small_file_that_grows_to_a_giant_picture_is_refused():
    side = int(MOST_PIXELS**0.5) + 100
    made = io.BytesIO()
    Image.new("1", (side, side)).save(made, "PNG")
    assert len(made.getvalue()) < 100_000
    with pytest.raises(NotMedia):
        picture_anew(made.getvalue())


@pytest.mark.parametrize(
    "name", [*HOSTILE.values(), "../../etc/passwd", "C:\\x\\y.jpg", "a\r\nSet-Cookie: x", "", "...", "x" * 300]
)
def test_a_name_has_no_folders_no_control_marks_and_is_short(name):
    kept = plain_name(name)
    assert 0 < len(kept) <= 80
    assert not any(mark in kept for mark in "/\\\r\n\x00\u202e\u200b")
