"""The letters of an email: what mail programs mean by the names of charsets, not what the names say."""

import binascii
import codecs
import quopri
import re
from itertools import groupby

import webencodings  # type: ignore[import-untyped]

MEANT = {"gbk": "gb18030", "gb18030": "gb18030", "euc-kr": "cp949", "iso-2022-jp": "iso2022_jp_ext"}
OF_OLD = frozenset(
    "utf-7 utf-16 utf-16-le utf-16-be utf-32 cp437 cp737 cp775 cp850 cp852 cp855 cp857 cp858 cp860 cp861 cp862 cp863 cp864 "
    "cp865 cp869 hz iso2022_kr iso2022_jp_1 iso2022_jp_2 iso2022_jp_3 johab mac-greek mac-latin2 mac-turkish tis-620".split()
)  # real charsets that the web has no label for; codecs that are no charset (punycode, rot13, zip) stay out
WESTERN = "windows-1252"
MAX_BROKEN = 0.2  # of the letters beyond ASCII: so few broken ones are an accident, more are another charset
BROKEN = "\ufffd"
NO_CHARSET = ("replacement", "x-user-defined")  # of the web, for what it refuses to read
ENCODED = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]{0,20})?\?([bq])\?([^?]*)\?=", re.I)


def decoded(raw: bytes, charset: str | None = None) -> str:
    """The letters of a text: as it says of itself, else as most emails are written.

    A charset's name means what the WHATWG Encoding Standard says that programs mean by it: iso-8859-1 is windows-1252,
    gb2312 is gb18030. Text that is valid UTF-8 and not plain ASCII is UTF-8, whatever Western charset it says it is.
    """
    codec = _codec(charset)
    if raw.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and codec in ("", WESTERN, "utf-8"):
        codec = "utf-8-sig" if raw.startswith(codecs.BOM_UTF8) else "utf-16"
    if codec == "":
        return _as_utf_8(raw) or _western_or_noise(raw)
    if codec == WESTERN:
        return _as_utf_8(raw) or _western(raw)
    try:
        return raw.decode(codec)
    except (UnicodeError, LookupError):
        return _most_of(raw, codec)


def header_words(told: str) -> str:
    """A header as its sender saw it: encoded words (RFC 2047) are read, and bare 8-bit letters, which no standard allows.

    A letter may be split between two encoded words, which no standard allows either and many programs do.
    """
    plain = bare(told)
    pieces, last = list[tuple[str, bytes | str]](), 0
    for found in ENCODED.finditer(plain):
        between = plain[last : found.start()]
        if between.strip() or not last:
            pieces.append(("", between))
        pieces.append((found[1].lower(), _word(found[2], found[3])))
        last = found.end()
    pieces.append(("", plain[last:]))
    return "".join(_joined(name, [piece for _, piece in same]) for name, same in groupby(pieces, key=lambda one: one[0]))


def bare(told: str) -> str:
    """A header with its 8-bit letters read; the parser keeps each such byte as half of a pair that stands for no letter."""
    raw = told.encode("utf-8", "surrogateescape")
    return _as_utf_8(raw) or _western(raw)


def _word(how: str, told: str) -> bytes | str:
    """The bytes of one encoded word; as it stands when they cannot be had."""
    raw = told.encode("utf-8", "replace")
    if how in "qQ":
        return quopri.decodestring(raw, header=True)
    try:
        return binascii.a2b_base64(raw + b"==")
    except binascii.Error:
        return told


def _joined(charset: str, pieces: list[bytes | str]) -> str:
    """Encoded words that follow one another, in one charset."""
    if all(isinstance(one, bytes) for one in pieces):
        return decoded(b"".join(one for one in pieces if isinstance(one, bytes)), charset or None)
    return "".join(one if isinstance(one, str) else decoded(one, charset) for one in pieces)


def _codec(charset: str | None) -> str:
    """The codec that is meant; empty when there is none, or when it only says that nobody knows."""
    label = (charset or "").strip().strip("\"'").lower()
    found = webencodings.lookup(label) if label.isascii() else None
    if found is not None and found.name not in NO_CHARSET:
        return MEANT.get(found.name, str(found.codec_info.name if found.name != WESTERN else WESTERN))
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""
    return name if name in OF_OLD else ""


def _as_utf_8(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _western(raw: bytes) -> str:
    """Windows-1252 with its five gaps filled, as the WHATWG index has them: no byte is ever unreadable."""
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(bytes([one]).decode("cp1252", "ignore") or chr(one) for one in raw)


def _western_or_noise(raw: bytes) -> str:
    """What says nothing of itself: Windows-1252 has no letter for five bytes, and noise has all of them."""
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace")


def _most_of(raw: bytes, codec: str) -> str:
    """A text with a few broken letters, in its own charset; with many, in one that it may be in."""
    text = raw.decode(codec, "replace")
    beyond = sum(not letter.isascii() for letter in text)
    if text.count(BROKEN) <= beyond * MAX_BROKEN:
        return text
    return _as_utf_8(raw) or _western(raw)
