"""The words of a Word file (.docx). The file itself is never kept: it may hold programs, and nothing here can show it."""

import io
import zipfile
import zlib

from lxml import etree

from portal.wording import cut_short

UNREADABLE = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, RuntimeError, EOFError, etree.LxmlError)
INSIDE, MARK = "word/document.xml", "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LARGEST_INSIDE = 10 * 1024 * 1024  # bytes, unpacked
LONGEST_WORDS = 50_000
STANDS_FOR = {f"{MARK}p": "\n", f"{MARK}br": "\n", f"{MARK}cr": "\n", f"{MARK}tab": "\t"}
TEXT = f"{MARK}t"
TWICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same box for an older Word


def words_in_word_file(content: bytes) -> str:
    """All that is written in the text of a Word file, added text and text in boxes too; empty when it is no such file.

    python-docx leaves out what was added with changes tracked, so the text is read straight from the file's own XML
    (ECMA-376, WordprocessingML).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entry = packed.getinfo(INSIDE)
            if entry.file_size > LARGEST_INSIDE or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                return ""
            written = packed.read(entry)
        root = etree.fromstring(written, etree.XMLParser(resolve_entities=False, no_network=True))
    except UNREADABLE:
        return ""
    for twice in list(root.iter(TWICE)):
        twice.clear()
    pieces = (one.text or "" if one.tag == TEXT else STANDS_FOR.get(one.tag, "") for one in root.iter(TEXT, *STANDS_FOR))
    return cut_short("".join(pieces).strip(), LONGEST_WORDS)
