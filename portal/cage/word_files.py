"""The words of a Word file (.docx). The file itself is never kept: it may hold programs, and nothing here can show it."""

import io
import zipfile

from lxml import etree

INSIDE, MARK = "word/document.xml", "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAX_INSIDE_SIZE = 10 * 1024 * 1024  # bytes, unpacked
STANDS_FOR = {f"{MARK}p": "\n", f"{MARK}br": "\n", f"{MARK}cr": "\n", f"{MARK}tab": "\t"}
TEXT = f"{MARK}t"
TWICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same box for an older Word


def decode(content: bytes, *, longest: int) -> tuple[str, bytes]:
    """All that is written in the text of a Word file, added text and text in boxes too; a letter more than the longest.

    python-docx leaves out what was added with changes tracked, so the text is read straight from the file's own XML
    (ECMA-376, WordprocessingML). Raises ValueError for what unpacks to more than 10 MB.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        entry = packed.getinfo(INSIDE)
        if entry.file_size > MAX_INSIDE_SIZE or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ValueError("too large inside")
        written = packed.read(entry)
    root = etree.fromstring(written, etree.XMLParser(resolve_entities=False, no_network=True))
    for twice in list(root.iter(TWICE)):
        twice.clear()
    pieces = (one.text or "" if one.tag == TEXT else STANDS_FOR.get(one.tag, "") for one in root.iter(TEXT, *STANDS_FOR))
    return "".join(pieces).strip()[: longest + 1], b""


def _rehearse() -> None:
    """Read a file of one letter: Python loads parts of itself at work, which has to be before the cage is shut."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(INSIDE, f'<w:p xmlns:w="{MARK[1:-1]}"><w:t>a</w:t></w:p>')
    decode(made.getvalue(), longest=1)


_rehearse()
