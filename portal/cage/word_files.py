"""What stands beside the text of a Word file (.docx): in boxes, headers, footers, comments, and ticks of old forms."""

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

MAX_INSIDE_SIZE = 20 * 1024 * 1024  # bytes, unpacked
MAIN = "document.main+xml"  # how the type of the main part ends (ECMA-376, part 1, 11.3.10): Strict files have it too
TYPES = "[Content_Types].xml"
STANDS_FOR = {"p": "\n", "br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "\u2011"}
BOX, TEXT, LEFT_OUT = (
    "txbxContent",
    "t",
    ("Fallback", "moveFrom", "del"),
)  # the same box for an older Word; what was taken away


BESIDE = re.compile(r"word/(?:header|footer|comments|footnotes|endnotes)\d*\.xml")
MOST_PARTS = 40


def decode(content: bytes, *, longest: int) -> tuple[str, bytes]:
    """The words there, up to a letter more than the longest. Raises ValueError for what unpacks to more than 20 MB."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        root = _tree(packed, _main_part(packed))
        others = [_tree(packed, name) for name in packed.namelist() if BESIDE.fullmatch(name)][:MOST_PARTS]
    boxes = [_words(box) for box in _all(root, BOX)]
    ticks = [_with_tick(line) for line in _all(root, "p") if next(_all(line, "checkBox"), None) is not None]
    said = [*boxes, *ticks, *(_words(other) for other in others)]
    return "\n".join(dict.fromkeys(words for words in said if words)).strip()[: longest + 1], b""


def _tree(packed: zipfile.ZipFile, name: str) -> etree._Element:
    root = etree.fromstring(_part(packed, name), _parser())
    for one in list(root.iter()):
        if isinstance(one.tag, str) and _name(one) in LEFT_OUT:
            one.clear()
    return root


def _all(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return (one for one in root.iter() if isinstance(one.tag, str) and _name(one) == name)


def _with_tick(line: etree._Element) -> str:
    """A line of a form of before 2007, with its boxes, of which the last word is `checked`, else `default`."""
    marks = ""
    for box in _all(line, "checkBox"):
        said = {_name(one): _is_on(one) for one in box if isinstance(one.tag, str)}
        marks += "\u2612 " if said.get("checked", said.get("default", False)) else "\u2610 "
    return marks + _words(line)


def _is_on(one: etree._Element) -> bool:
    value = next((value for name, value in one.attrib.items() if str(name).endswith("}val")), "1")
    return value not in ("0", "false", "off")


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def _main_part(packed: zipfile.ZipFile) -> str:
    """Where the text lies: it need not be `word/document.xml`."""
    for one in etree.fromstring(_part(packed, TYPES), _parser()):
        if (one.get("ContentType") or "").endswith(MAIN):
            return str(one.get("PartName")).lstrip("/")
    return "word/document.xml"


def _part(packed: zipfile.ZipFile, name: str) -> bytes:
    entry = packed.getinfo(name)
    if entry.file_size > MAX_INSIDE_SIZE or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ValueError("too large inside")
    return packed.read(entry)


def _name(one: etree._Element) -> str:
    return str(etree.QName(one).localname)


def _words(box: etree._Element) -> str:
    inside = (one for one in box.iter() if isinstance(one.tag, str))
    return "".join(one.text or "" if _name(one) == TEXT else STANDS_FOR.get(_name(one), "") for one in inside).strip()


def _rehearse() -> None:
    """Read a file of one letter: Python loads parts of itself at work, which has to be before the cage is shut."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(TYPES, "<Types/>")
        packed.writestr("word/document.xml", "<w><txbxContent><t>a</t></txbxContent></w>")
    decode(made.getvalue(), longest=1)


_rehearse()
