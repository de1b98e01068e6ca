"""PDFs written anew: read as objects, not as bytes, without programs, actions and what tells of the author.

Names may be escaped and objects packed (ISO 32000-1, 7.3.5 and 7.5.7): a search through the bytes misses them, and finds in
a scanned page what is not there.
"""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

STAYS, LEADS_OUT = {"/GoTo", "/Named"}, "/URI"  # actions that are kept: within the file, and to the web
LEADS_TO = ("http://", "https://", "mailto:", "tel:")
RUNS = ("/AF", "/EF", "/AA", "/OpenAction", "/XFA", "/Metadata", "/PieceInfo", "/OnInstantiate")
PLAYS = {"/RichMedia", "/3D", "/Movie", "/Sound", "/Screen", "/FileAttachment"}  # annotations
ACTIONS = ("/A", "/PA", "/Next")
ABOUT_A_CAMERA = (0xE1, 0xED, 0xFE)  # EXIF and XMP, Photoshop's, remarks
MAX_DEPTH, MAX_OBJECTS, MOST_NAMES = 50, 250_000, 50


def decode(content: bytes) -> tuple[dict[str, list[str]], bytes]:
    """The PDF written anew, and the names of what is not kept: files, sounds and films in it, forms of Adobe's own.

    Raises pikepdf's errors for one that is locked or broken.

    What is kept is named, not what is taken out: actions that stay within the file or lead to the web, and no others.
    """
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
        if len(pdf.objects) > MAX_OBJECTS:
            raise ValueError("too many objects")
        inside = [str(name) for name in pdf.attachments]
        parts = [part for one in pdf.objects for part in _dictionaries(one)]
        inside += [name for part in parts for name in _lost_with(part)]
        for part in parts:
            _disarm(part)
        _disarm_catalogue(pdf)
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        generate = pikepdf.ObjectStreamMode.generate
        pdf.save(made, encryption=False, object_stream_mode=generate, deterministic_id=True)  # twice the same stays the same
    return {"left_out": list(dict.fromkeys(inside))[:MOST_NAMES]}, made.getvalue()


def _lost_with(part: Any) -> Iterator[str]:
    """What somebody would miss of a dictionary that is disarmed."""
    kind = str(part.get("/Subtype", "")) if isinstance(part, pikepdf.Dictionary) else ""
    if kind == "/FileAttachment" and isinstance(part.get("/FS"), pikepdf.Dictionary):
        yield str(part.FS.get("/UF", part.FS.get("/F", "a file")))
    elif kind in PLAYS and kind != "/FileAttachment" and "/Rect" in part:
        yield "a sound or a film"
    if "/XFA" in part and not _is_a_resource(part["/XFA"]):
        yield "a form that only Adobe's programs show"


def _disarm_catalogue(pdf: pikepdf.Pdf) -> None:
    names = pdf.Root.get("/Names")
    for name in ("/JavaScript", "/EmbeddedFiles", "/Renditions"):
        if isinstance(names, pikepdf.Dictionary) and name in names:
            del names[name]


def _disarm(part: Any) -> None:
    """Take out of one dictionary what runs, plays, or leads where it must not."""
    is_stream = isinstance(part, pikepdf.Stream)
    for name in ("/F", "/FFilter", "/FDecodeParms") if is_stream else ():  # a stream that lies in another place
        if name in part:
            del part[name]
    if is_stream and part.get("/Filter") == pikepdf.Name.DCTDecode:
        part.write(_bare_photo(part.read_raw_bytes()), filter=pikepdf.Name.DCTDecode)
    for name in RUNS:
        if name in part and not _is_a_resource(part[name]):
            del part[name]
    for name in ACTIONS:
        if name in part and not _may_stay(part[name]):
            del part[name]
    if str(part.get("/Subtype", "")) in PLAYS and "/Rect" in part:
        for name in [name for name in part.keys() if name not in ("/Rect", "/Contents", "/P", "/F")]:  # noqa: SIM118
            del part[name]
        part["/Subtype"] = pikepdf.Name.Text


def _bare_photo(content: bytes) -> bytes:
    """A JPEG without the blocks in which cameras write of themselves (ITU T.81, B.1.1), where it has the usual build."""
    kept, at = [content[:2]], 2
    while content[at : at + 1] == b"\xff" and content[at + 1 : at + 2] not in (b"\xda", b""):
        size = 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if content[at + 1] not in ABOUT_A_CAMERA:
            kept.append(content[at : at + size])
        at += size
    return b"".join([*kept, content[at:]]) if content[at : at + 2] == b"\xff\xda" else content


def _is_a_resource(value: Any) -> bool:
    """Whether it is a font or a drawing that only has such a name (ISO 32000-1, 7.8.3)."""
    kind = str(value.get("/Type", "")) if isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)) else ""
    return kind in ("/Font", "/XObject", "/ExtGState", "/Pattern")


def _may_stay(action: Any) -> bool:
    """Whether an action, or each of a list, is one that is kept. The `/A` of a structure element is none: it has no `/S`."""
    if isinstance(action, pikepdf.Array):
        return all(_may_stay(one) for one in action)
    if not isinstance(action, pikepdf.Dictionary) or "/S" not in action:
        return True
    kind = str(action["/S"])
    return kind in STAYS or (kind == LEADS_OUT and str(action.get("/URI", "")).strip().lower().startswith(LEADS_TO))


def _dictionaries(one: Any, depth: int = 0) -> Iterator[Any]:
    """An object's dictionary, and each that is written inside it. Raises ValueError for what is nested without end."""
    if depth > MAX_DEPTH:
        raise ValueError("nested too deep")
    inside: list[Any] = []
    if isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
        yield one
        inside = [value for _, value in one.items()]
    elif isinstance(one, pikepdf.Array):
        inside = list(one)
    for value in inside:
        if isinstance(value, (pikepdf.Dictionary, pikepdf.Array)) and not value.is_indirect:
            yield from _dictionaries(value, depth + 1)


def _rehearse() -> None:
    """Open a page that is locked for changes only: qpdf looks for its source of random numbers before the cage is shut."""
    made, pdf = io.BytesIO(), pikepdf.new()
    pdf.add_blank_page(page_size=(9, 9))
    pdf.save(made, encryption=pikepdf.Encryption(owner="x", user=""))
    decode(made.getvalue())


_rehearse()
