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
WEB_PAGE = re.compile(
    r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<\s*(?:!doctype html|html|head|body|meta|style|div|p)\b", re.I | re.S
)
MADE_OF_CODE = re.compile(r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<\s*(?:script|svg|\?php|!doctype svg)\b", re.I | re.S)
EMAIL = re.compile(
    rb"(?:From [^\r\n]*\r?\n)?(?:[A-Za-z][A-Za-z0-9-]{1,60}:[ \t][^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n){2,400}"
)
OF_AN_EMAIL = re.compile(rb"^(?:from|received|message-id|mime-version|return-path):", re.I | re.M)
WRITTEN_WITH = "utf_8 cp1252 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 koi8_u mac_roman".split()
ENCRYPTED_MAIL = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03"  # the name of what is inside (RFC 5652, 6.1)
LOOKED_AT, MAX_TEXT_SIZE = 64 * 1024, 16 * 1024 * 1024  # bytes of a text by which its letters are told apart; of one
EMPTY, NOT_EMPTY = 0.3, 0.02  # of one half of the bytes, at least; of the other, at most: two bytes a letter
SIGN_IN_A_WORD = re.compile("[A-Za-z\u00c0-\u00ff][\u00a1-\u00a9\u00ab-\u00af\u00b1-\u00b6\u00b8\u00b9\u00bc-\u00bf]")
OTHERS_TOGETHER, TOGETHER = re.compile(r"[^\x00-\x7f\u2018-\u201f\u2013\u2014\u2026]{3,}"), 0.5
ENDS_ONLY = {0: None, 0x1A: None, 0x1B: None, 0x0B: "\n"}  # of a string, of a file of old, of a line in Word


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
    PROGRAM = "program"
    TEXT = "text"
    RECORDING = "recording"


def shape_of(content: bytes) -> Shape:
    """What a file is. What nothing else is known for may be a recording: FFmpeg finds out by all that it holds."""
    if _is_picture(content):
        return Shape.PICTURE
    if content.startswith(b"%PDF-"):
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
    if words is not None:
        return _shape_of_text(words)
    return Shape.PDF if b"%PDF-" in content[:1024] else Shape.RECORDING  # some programs write a few bytes before


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
    headers = EMAIL.match(content[:LOOKED_AT])
    return bool(headers and OF_AN_EMAIL.search(headers[0]))


def text_in(content: bytes) -> str | None:
    """The words of a plain text, whatever its letters were written with; none when it is no text."""
    return certain_text_in(content) or _guessed(content)


def certain_text_in(content: bytes) -> str | None:
    """The words of a text whose letters can be read in one way: by a mark at its beginning, or as UTF-8 or UTF-16."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _plain(content, "utf-16")
    if (words := _plain(content, "utf-8-sig")) is not None:
        return words
    begins = content[:LOOKED_AT]
    evens, odds = begins[::2].count(0) / (len(begins) or 1) * 2, begins[1::2].count(0) / (len(begins) or 1) * 2
    if max(evens, odds) < EMPTY or min(evens, odds) > NOT_EMPTY:
        return None
    return _plain(content, "utf-16-le" if odds > evens else "utf-16-be")


def _guessed(content: bytes) -> str | None:
    """In Windows' letters for western Europe, unless those make no words; else the likeliest of what is written here."""
    if len(content) > MAX_TEXT_SIZE or (western := _plain(content, "cp1252")) is None:
        return None
    others = "".join(OTHERS_TOGETHER.findall(western[:LOOKED_AT]))
    are_words = len(others) <= sum(ord(letter) > 127 for letter in western[:LOOKED_AT]) * TOGETHER
    if are_words and not SIGN_IN_A_WORD.search(western[:LOOKED_AT]):
        return western
    found = from_bytes(content[:LOOKED_AT], cp_isolation=WRITTEN_WITH).best()
    return _plain(content, found.encoding if found and found.encoding != "utf_8" else "cp1252")


def _plain(content: bytes, encoding: str) -> str | None:
    try:
        words = content.decode(encoding)
    except UnicodeDecodeError:
        if encoding != "cp1252":
            return None
        words = content.decode("latin-1")  # five bytes are no letter there
    if words.count("\0") > max(2, len(words) / 100):
        return None
    words = words.translate(ENDS_ONLY)
    return None if any(ord(letter) < 32 and letter not in "\t\r\n\f" for letter in words) else words


def _shape_of_text(words: str) -> Shape:
    begins = words[:LOOKED_AT].lstrip()
    if begins.encode().startswith(PROGRAMS) or MADE_OF_CODE.match(begins):
        return Shape.PROGRAM
    if is_an_email(words.encode()):
        return Shape.EMAIL
    return Shape.WEB_PAGE if WEB_PAGE.match(begins) else Shape.TEXT


def _is_picture(content: bytes) -> bool:
    if content.startswith(PICTURES) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        return True
    if content[:2] == b"BM" and content[6:10] == b"\0\0\0\0":
        return True
    return content[4:8] == b"ftyp" and content[8:12] in PHOTO_BRANDS
