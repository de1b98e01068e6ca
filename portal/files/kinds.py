"""What a file is, by what it holds: never by its name or by what the browser says of it.

Pictures and sound are decoded and made anew, so that place, device, hidden text and anything appended are gone. A PDF is
written anew without programs and actions; a text is kept as it came. Both are only ever downloaded. Everything else is
refused, with what to do instead. What is decoded is decoded in the cage.
"""

import re
from dataclasses import dataclass
from typing import Any

from portal.cage.running import ON_A_PAGE, SOUND_ON_A_PAGE, Budget, CageBroken, CageBusy, Work, decode
from portal.languages.phrase import phrase

MAX_FILE_SIZE = 10 * 1024 * 1024
MAX_PIXELS, MAX_SIDE = 50_000_000, 4_000
SOUND_RATE, MAX_ON_A_PAGE, MAX_BEHIND = 24_000, 10 * 60, 30 * 60  # samples a second; seconds
SOUNDS = {  # how a recording begins, and FFmpeg's name of its format
    b"ID3": "mp3",
    b"\xff\xfb": "mp3",
    b"\xff\xf3": "mp3",
    b"\xff\xf1": "aac",
    b"OggS": "ogg",
    b"#!AMR": "amr",
    b"\x1a\x45\xdf\xa3": "matroska",
}
WEB_PAGE = re.compile(rb"<\s*(?:!doctype|html|script|svg|iframe|object|\?xml|\?php)", re.I)
ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
NOT_KNOWN = phrase("We do not know this kind of file. Send a photo (JPEG or PNG), a sound recording, a PDF or plain text.")
AN_ARCHIVE = phrase(
    "Archives and office files are not taken. Send a photo (JPEG or PNG), a sound recording, a PDF or plain text."
)
BUSY = phrase("Many files are coming in just now. Wait a minute, then send it again.")
A_WEB_PAGE = phrase(
    "Web pages and drawings made of code are not taken. Send a photo (JPEG or PNG), a sound recording, a PDF or plain text."
)


class FileRefused(Exception):
    """A file that is not taken; its words say why, and what to do."""


class FilesBusy(FileRefused):
    """Too many files come at this moment; the same file is taken a little later."""


@dataclass(frozen=True)
class KnownFile:
    """A file as it is kept."""

    content: bytes
    media_type: str
    is_re_encoded: bool


def known_file(content: bytes, budget: Budget = ON_A_PAGE) -> KnownFile:
    """The file as it is kept. Raises FileRefused; FilesBusy where the same file may come again."""
    if not content:
        raise FileRefused(phrase("This file is empty. Choose another one."))
    if len(content) > MAX_FILE_SIZE:
        raise FileRefused(phrase("This file is too large. Send up to 10 MB at a time, or a smaller copy."))
    if _is_picture(content):
        sentence = phrase("This picture cannot be read. Open it, save it as JPEG, and send that.")
        return _anew(Work.PICTURE, content, budget, sentence, most_pixels=MAX_PIXELS, longest_side=MAX_SIDE)
    if shape := _shape_of_sound(content):
        return _sound(content, shape, budget)
    if content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"):
        raise FileRefused(phrase("This kind of photo cannot be opened here. Save it as JPEG and send that."))
    if content.startswith(b"%PDF-"):
        return _pdf(content, budget)
    if content.startswith(ARCHIVES) or content[257:262] == b"ustar":
        raise FileRefused(AN_ARCHIVE)
    return _checked_text(content)


def _decode(work: Work, content: bytes, budget: Budget, sentence: str, **options: Any) -> tuple[Any, bytes]:
    try:
        return decode(work, content, budget, **options)
    except CageBroken as trouble:
        raise FileRefused(sentence) from trouble
    except CageBusy as trouble:
        raise FilesBusy(BUSY) from trouble


def _anew(work: Work, content: bytes, budget: Budget, sentence: str, **options: Any) -> KnownFile:
    media_type, made = _decode(work, content, budget, sentence, **options)
    return KnownFile(made, media_type, is_re_encoded=True)


def _sound(content: bytes, shape: str, budget: Budget) -> KnownFile:
    sentence = phrase("This recording cannot be read, or is longer than 10 minutes. Send it in parts.")
    longest, allowed = (MAX_ON_A_PAGE, SOUND_ON_A_PAGE) if budget.is_awaited else (MAX_BEHIND, budget)
    return _anew(Work.SOUND, content, allowed, sentence, shape=shape, most_seconds=longest, rate=SOUND_RATE)


def _is_picture(content: bytes) -> bool:
    begins = content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a"))
    return begins or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")


def _shape_of_sound(content: bytes) -> str:
    """FFmpeg's name of a recording's format; empty for what is none."""
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return "wav"
    if content[4:11] in (b"ftypM4A", b"ftypmp4", b"ftypiso", b"ftyp3gp", b"ftypqt "):
        return "mov"
    return next((shape for begin, shape in SOUNDS.items() if content.startswith(begin)), "")


def _pdf(content: bytes, budget: Budget) -> KnownFile:
    sentence = phrase("This PDF cannot be opened, or is locked. Print it to a new PDF and send that.")
    facts, made = _decode(Work.PDF, content, budget, sentence)
    if facts["holds_files"]:
        raise FileRefused(phrase("There are other files inside this PDF. Send each by itself."))
    return KnownFile(made, "application/pdf", is_re_encoded=False)


def _checked_text(content: bytes) -> KnownFile:
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        raise FileRefused(NOT_KNOWN) from trouble
    if any(ord(letter) < 32 and letter not in "\t\r\n\f" for letter in words) or words.startswith("#!"):
        raise FileRefused(NOT_KNOWN)
    if WEB_PAGE.search(content):
        raise FileRefused(A_WEB_PAGE)
    return KnownFile(content, "text/plain", is_re_encoded=False)
