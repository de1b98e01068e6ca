"""What a file is, by how it begins and what it holds: never by its name or by what the browser says of it."""

import re
from enum import StrEnum

from charset_normalizer import from_bytes

PHOTO_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"}
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")
ARCHIVES = {
    b"Rar!": "rar",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gz",
    b"BZh": "bz2",
    b"\xfd7zXZ": "xz",
    b"\x28\xb5\x2f\xfd": "zst",
}
OLD_OFFICE = {  # a stream that each of them has (MS-CFB, 2.6.1: names are UTF-16), and how its name ends
    "__properties_version1.0": "msg",
    "WordDocument": "doc",
    "Workbook": "xls",
    "PowerPoint Document": "ppt",
}
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\0asm")
WEB_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<\s*(?:!doctype html|html|head|body)\b", re.I | re.S)
MADE_OF_CODE = re.compile(rb"<\s*(?:script|svg|iframe|object|\?xml|\?php|!doctype)", re.I)
EMAIL = re.compile(rb"(?:From [^\r\n]*\r?\n)?(?:[A-Za-z][A-Za-z0-9-]{1,60}:[ \t][^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n){2}")
OF_AN_EMAIL = re.compile(rb"^(?:from|received|message-id|mime-version|return-path|subject):", re.I | re.M)
WRITTEN_WITH = "utf_8 cp1252 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 koi8_u mac_roman".split()
ENCRYPTED_MAIL = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03"  # the name of what is inside (RFC 5652, 6.1)
LOOKED_AT = 64 * 1024  # bytes of a text by which its letters are told apart


class Shape(StrEnum):
    """What a file is."""

    PICTURE = "picture"
    PDF = "pdf"
    PACKED = "packed"
    OFFICE_OF_OLD = "office_of_old"
    RICH_TEXT = "rich_text"
    ARCHIVE = "archive"
    EMAIL = "email"
    WEB_PAGE = "web_page"
    MADE_OF_CODE = "made_of_code"
    PROGRAM = "program"
    TEXT = "text"
    RECORDING = "recording"


def shape_of(content: bytes) -> Shape:
    """What a file is. What nothing else is known for may be a recording: FFmpeg finds out by all that it holds."""
    if _is_picture(content):
        return Shape.PICTURE
    if b"%PDF-" in content[:1024]:
        return Shape.PDF
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Shape.PACKED
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Shape.OFFICE_OF_OLD
    if content.startswith(b"{\\rtf"):
        return Shape.RICH_TEXT
    if content.startswith(tuple(ARCHIVES)) or content[257:262] == b"ustar" or ENCRYPTED_MAIL in content[:40]:
        return Shape.ARCHIVE
    if content.startswith(PROGRAMS):
        return Shape.PROGRAM
    words = text_in(content)
    return Shape.RECORDING if words is None else _shape_of_text(words.encode())


def archive_kind(content: bytes) -> str:
    """How the name of an archive ends that is none of ours to open, or of an email that is encrypted."""
    if ENCRYPTED_MAIL in content[:40]:
        return "p7m"
    return next((kind for begin, kind in ARCHIVES.items() if content.startswith(begin)), "tar")


def old_office_kind(content: bytes) -> str:
    """How the name of an Office file of before 2007 ends, or of a message that Outlook saved; `ole` where it is none."""
    return next((kind for name, kind in OLD_OFFICE.items() if name.encode("utf-16-le") in content), "ole")


def is_an_email(content: bytes) -> bool:
    """Whether a file is an email that somebody saved: it begins with headers, one of them an email's."""
    headers = EMAIL.match(content[:4000])
    return bool(headers and OF_AN_EMAIL.search(headers[0]))


def text_in(content: bytes) -> str | None:
    """The words of a plain text, whatever its letters were written with; none when it is no text.

    A mark at its beginning says how; else UTF-8; else UTF-16 by its empty bytes; else the likeliest of what computers here
    write. Two of those that differ in a letter can be told apart by what is written only.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _plain(content, "utf-16")
    if (words := _plain(content, "utf-8-sig")) is not None:
        return words
    if b"\0" in content[:LOOKED_AT]:
        return _of_two_bytes(content)
    if len(content) > 16 * 1024 * 1024 or any(byte < 32 and byte not in b"\t\r\n\f" for byte in content[:LOOKED_AT]):
        return None
    found = from_bytes(content[:LOOKED_AT], cp_isolation=WRITTEN_WITH).best()
    return _plain(content, found.encoding if found and found.encoding != "utf_8" else "cp1252")


def _of_two_bytes(content: bytes) -> str | None:
    begins = content[:LOOKED_AT]
    first, second = begins[::2].count(0), begins[1::2].count(0)
    if not first and second:
        return _plain(content, "utf-16-le")
    return _plain(content, "utf-16-be") if first and not second else None


def _plain(content: bytes, encoding: str) -> str | None:
    try:
        words = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if any(ord(letter) < 32 and letter not in "\t\r\n\f" for letter in words) else words


def _shape_of_text(content: bytes) -> Shape:
    if content.startswith(PROGRAMS):
        return Shape.PROGRAM
    if is_an_email(content):
        return Shape.EMAIL
    if WEB_PAGE.match(content[:LOOKED_AT]):
        return Shape.WEB_PAGE
    return Shape.MADE_OF_CODE if MADE_OF_CODE.search(content) else Shape.TEXT


def _is_picture(content: bytes) -> bool:
    if content.startswith(PICTURES) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        return True
    if content[:2] == b"BM" and content[6:10] == b"\0\0\0\0":
        return True
    return content[4:8] == b"ftyp" and content[8:12] in PHOTO_BRANDS
