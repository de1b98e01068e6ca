"""PDFs written anew: read as objects, not as bytes, without programs, actions and what tells of the author.

Names may be escaped and objects packed (ISO 32000-1, 7.3.5 and 7.5.7): a search through the bytes misses them, and finds in
a scanned page what is not there.
"""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

ACTS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/Movie", "/Sound", "/GoTo3DView"}
RUNS = ("/AA", "/OpenAction", "/JS", "/JavaScript", "/XFA", "/Metadata", "/PieceInfo")
HOLDS = ("/EmbeddedFiles", "/EF")
DEEPEST = 50


def decode(content: bytes) -> tuple[dict[str, bool], bytes]:
    """The PDF written anew, and whether it holds other files. Raises pikepdf's errors for one that is locked or broken."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
        parts = [part for one in pdf.objects for part in _dictionaries(one)]
        holds_files = any(name in part for part in parts for name in HOLDS)
        for part in parts:
            acts = str(part.get("/S", "")) in ACTS
            for name in [name for name in part.keys() if acts or name in RUNS]:  # noqa: SIM118 - no mapping of Python's
                del part[name]
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        generate = pikepdf.ObjectStreamMode.generate
        pdf.save(made, encryption=False, object_stream_mode=generate, deterministic_id=True)  # twice the same stays the same
    return {"holds_files": holds_files}, made.getvalue()


def _dictionaries(one: Any, depth: int = 0) -> Iterator[Any]:
    """An object's dictionary, and each that is written inside it. Raises ValueError for what is nested without end."""
    if depth > DEEPEST:
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
