"""A scan of several sheets (TIFF) as a PDF of as many pages, one sheet in memory at a time."""

import io
from typing import Any

import pikepdf
from PIL import Image, ImageSequence

from portal.cage.pictures import KEPT_PIXELS, bare_picture
from portal.cage.refusal import NotTaken, Reason

MOST_SHEETS, SHEET_PIXELS, DOTS_AN_INCH = 200, 4_000_000, 150


def decode(content: bytes) -> tuple[dict[str, Any], bytes]:
    """Each sheet as a page: fax lines as they are, all else as JPEG. Raises NotTaken for more than 200 sheets."""
    whole, made = pikepdf.new(), io.BytesIO()
    with Image.open(io.BytesIO(content), formats=("TIFF",)) as opened:
        for number, sheet in enumerate(ImageSequence.Iterator(opened)):
            if number >= MOST_SHEETS:
                raise NotTaken(Reason.TOO_LONG)
            if sheet.width * sheet.height > 4 * KEPT_PIXELS:
                raise NotTaken(Reason.TOO_LARGE)
            with pikepdf.open(io.BytesIO(_page(sheet))) as page:
                whole.pages.extend(page.pages)
    whole.save(made, deterministic_id=True)
    return {}, made.getvalue()


def _page(sheet: Any) -> bytes:
    mode = "1" if sheet.mode == "1" else "L" if sheet.mode in ("L", "LA", "I", "F") or sheet.mode.startswith("I;") else "RGB"
    made = io.BytesIO()
    picture = bare_picture(sheet.copy(), SHEET_PIXELS).convert(mode)
    picture.save(made, "PDF", resolution=DOTS_AN_INCH, producer="", creationDate=None, modDate=None)
    return made.getvalue()


def _rehearse() -> None:
    """Two sheets: Pillow and qpdf load parts of themselves at work, which has to be before the cage is shut."""
    two = io.BytesIO()
    Image.new("RGB", (2, 1)).save(two, "TIFF", save_all=True, append_images=[Image.new("1", (2, 1))])
    decode(two.getvalue())


_rehearse()
