"""What stands in the text boxes of a Word file (.docx)."""

import io
import zipfile

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


def decode(content: bytes, *, longest: int) -> tuple[str, bytes]:
    """The words in text boxes, up to a letter more than the longest. Raises ValueError above 20 MB, unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        root = etree.fromstring(_part(packed, _main_part(packed)), _parser())
    for one in list(root.iter()):
        if isinstance(one.tag, str) and _name(one) in LEFT_OUT:
            one.clear()
    boxes = (box for box in root.iter() if isinstance(box.tag, str) and _name(box) == BOX)
    return "\n".join(_words(box) for box in boxes).strip()[: longest + 1], b""


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
