"""What a file is, by what it holds: never by its name or by what the browser says of it.

Pictures and sound are decoded and made anew, so that place, device, hidden text and anything appended are gone. A PDF or a
text is kept as it came and only ever downloaded. Everything else is refused, with what to do instead.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from portal.files.media import NotMedia, picture_anew, sound_anew
from portal.languages.phrase import phrase

LARGEST_FILE = 10 * 1024 * 1024
HIDDEN_IN_PDF = (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/RichMedia")
WEB_PAGE = re.compile(rb"<\s*(?:!doctype|html|script|svg|iframe|object|\?xml|\?php)", re.I)
ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
NOT_KNOWN = phrase("We do not know this kind of file. Send a photo (JPEG or PNG), a sound recording, a PDF or plain text.")
AN_ARCHIVE = phrase(
    "Archives and office files are not taken. Send a photo (JPEG or PNG), a sound recording, a PDF or plain text."
)
A_WEB_PAGE = phrase(
    "Web pages and drawings made of code are not taken. Send a photo (JPEG or PNG), a sound recording, a PDF or plain text."
)


class FileRefused(Exception):
    """A file that is not taken; its words say why, and what to do."""


@dataclass(frozen=True)
class KnownFile:
    """A file as it is kept."""

    content: bytes
    media_type: str
    is_made_anew: bool


def known_file(content: bytes) -> KnownFile:
    """The file as it is kept. Raises FileRefused."""
    if not content:
        raise FileRefused(phrase("This file is empty. Choose another one."))
    if len(content) > LARGEST_FILE:
        raise FileRefused(phrase("This file is too large. Send up to 10 MB at a time, or a smaller copy."))
    if _is_picture(content):
        return _anew(picture_anew, content, phrase("This picture cannot be read. Open it, save it as JPEG, and send that."))
    if _is_sound(content):
        return _anew(
            sound_anew, content, phrase("This recording cannot be read, or is longer than 30 minutes. Send it in parts.")
        )
    if content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"):
        raise FileRefused(phrase("This kind of photo cannot be opened here. Save it as JPEG and send that."))
    if content.startswith(b"%PDF-"):
        return _checked_pdf(content)
    if content.startswith(ARCHIVES) or content[257:262] == b"ustar":
        raise FileRefused(AN_ARCHIVE)
    return _checked_text(content)


def _anew(make: Callable[[bytes], tuple[bytes, str]], content: bytes, sentence: str) -> KnownFile:
    try:
        made, media_type = make(content)
    except NotMedia as trouble:
        raise FileRefused(sentence) from trouble
    return KnownFile(made, media_type, is_made_anew=True)


def _is_picture(content: bytes) -> bool:
    begins = content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a"))
    return begins or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")


def _is_sound(content: bytes) -> bool:
    if content.startswith((b"ID3", b"OggS", b"#!AMR", b"\x1a\x45\xdf\xa3")) or content[:2] in (
        b"\xff\xfb",
        b"\xff\xf3",
        b"\xff\xf1",
    ):
        return True
    is_wave = content[:4] == b"RIFF" and content[8:12] == b"WAVE"
    return is_wave or content[4:11] in (b"ftypM4A", b"ftypmp4", b"ftypiso", b"ftyp3gp", b"ftypqt ")


def _checked_pdf(content: bytes) -> KnownFile:
    ends = content.rstrip()[-5:] == b"%%EOF"
    if not ends or b"PK\x05\x06" in content or WEB_PAGE.search(content[:1024]):
        raise FileRefused(phrase("This PDF holds something else as well. Print it to a new PDF and send that."))
    if any(name in content for name in HIDDEN_IN_PDF):
        raise FileRefused(phrase("This PDF holds a program or another file. Print it to a new PDF and send that."))
    return KnownFile(content, "application/pdf", is_made_anew=False)


def _checked_text(content: bytes) -> KnownFile:
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        raise FileRefused(NOT_KNOWN) from trouble
    if any(ord(letter) < 32 and letter not in "\t\r\n\f" for letter in words) or words.startswith("#!"):
        raise FileRefused(NOT_KNOWN)
    if WEB_PAGE.search(content):
        raise FileRefused(A_WEB_PAGE)
    return KnownFile(content, "text/plain", is_made_anew=False)
