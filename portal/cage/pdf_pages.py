"""The pages of a PDF as pictures, with the words that stand on them."""

import io
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

MOST_PAGES, WIDTH, MOST_PIXELS = 60, 1_000, 3_000_000  # shown; across a page; of a page that is very long
LONGEST = 50_000  # letters of one page


def decode(content: bytes) -> tuple[dict[str, Any], bytes]:
    """The first pages as JPEG, one behind another.

    The facts say how many pages there are in all, and of each that is shown its width and height in dots, its size in bytes
    and its words. Raises pypdfium2's errors for a file that is none.
    """
    document, filled = pypdfium2.PdfDocument(content), _filled_in(content)
    document.init_forms()
    in_all, pages, made = len(document), [], io.BytesIO()
    for number in range(min(in_all, MOST_PAGES)):
        page = document[number]
        wide, high = page.get_size()
        scale = min(WIDTH / max(wide, 1), (MOST_PIXELS / max(wide * high, 1)) ** 0.5)
        picture = page.render(scale=scale, may_draw_forms=True, rev_byteorder=True).to_pil().convert("RGB")
        began = made.tell()
        picture.save(made, "JPEG", quality=70)
        words = "\n".join(part for part in (_words_on(page), *filled.get(number, ())) if part)[:LONGEST]
        about = {"width": picture.width, "height": picture.height, "size": made.tell() - began, "words": words}
        pages.append(about | {"has_scan": _is_half_a_picture(page)})
        page.close()
    return {"in_all": in_all, "pages": pages}, made.getvalue()


def _filled_in(content: bytes) -> dict[int, list[str]]:
    """What was typed into the fields of each page, and the notes on it: they stand beside the page, not on it."""
    found: dict[int, list[str]] = {}
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for number, page in enumerate(pdf.pages[:MOST_PAGES]):
            notes = page.get("/Annots")
            for note in notes if isinstance(notes, pikepdf.Array) else ():
                if isinstance(note, pikepdf.Dictionary):
                    found.setdefault(number, []).extend(_said_by(note))
    return found


def _said_by(note: Any) -> list[str]:
    if note.get("/Subtype") != pikepdf.Name.Widget:
        words = note.get("/Contents")
        return [str(words).strip()] if isinstance(words, pikepdf.String) else []
    field = note if "/V" in note or "/Parent" not in note else note.Parent
    name, value = field.get("/T"), field.get("/V")
    is_filled = isinstance(name, pikepdf.String) and isinstance(value, (pikepdf.String, pikepdf.Name))
    return [f"{name}: {value}"] if is_filled else []


def _is_half_a_picture(page: Any) -> bool:
    """Whether a picture covers half of a page: a scan, whatever a scanner stamped on it."""
    wide, high = page.get_size()
    for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = one.get_bounds()
        if (right - left) * (top - bottom) > wide * high / 2:
            return True
    return False


def _words_on(page: Any) -> str:
    """What stands on a page. PDFium writes a mark that is no letter where a word was broken at the end of a line."""
    text = page.get_textpage()
    words = str(text.get_text_bounded()).replace("\r\n", "\n").replace("\ufffe", "").replace("\x02", "")
    text.close()
    return words[:LONGEST].strip()


def _rehearse() -> None:
    """Show a page with a letter on it: PDFium looks for fonts, and Pillow loads parts of itself, before the cage is shut."""
    made, pdf = io.BytesIO(), pikepdf.new()
    page = pdf.add_blank_page(page_size=(9, 9))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    page.Contents = pdf.make_stream(b"BT /F 5 Tf (a) Tj ET")
    pdf.save(made)
    decode(made.getvalue())


_rehearse()
