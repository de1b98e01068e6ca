"""What lies in a ZIP file, by its list of names. Nothing is unpacked but the line by which an OpenDocument file is known."""

import io
import zipfile

MOST_NAMES, LONGEST_LINE = 500, 100
OFFICE = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))  # a folder that each of them has (ECMA-376)
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
OPEN = {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}
SAID_IN, TYPES = "mimetype", "[Content_Types].xml"


def decode(content: bytes) -> tuple[dict[str, object], bytes]:
    """What it is (`zip` where no office file), and the names in it: at most 500, and how many more."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        entries = packed.infolist()
        names = [entry.filename for entry in entries if not entry.is_dir()]
        kind = "zip"
        if TYPES in names:
            kind = next((office for folder, office in OFFICE if any(name.startswith(folder) for name in names)), kind)
        elif SAID_IN in names and packed.getinfo(SAID_IN).file_size <= LONGEST_LINE:
            said = packed.read(SAID_IN).decode("ascii", "replace").strip()
            if said.startswith(OPEN_DOCUMENT):
                kind = OPEN.get(said.removeprefix(OPEN_DOCUMENT).partition("-")[0], kind)
    return {"kind": kind, "names": names[:MOST_NAMES], "more": max(0, len(names) - MOST_NAMES)}, b""


def _rehearse() -> None:
    """Read one of each: Python loads parts of itself at work, which has to be before the cage is shut."""
    for kind in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", kind) as packed:
            packed.writestr(SAID_IN, f"{OPEN_DOCUMENT}text")
        decode(made.getvalue())


_rehearse()
