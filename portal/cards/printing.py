"""Cards, sheets, posters, stickers and the leaflet as PDF for the press and the office, drawn by Typst in CMYK."""

import io
import json
import re
from typing import Any

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_Q

from portal.cards.content import content
from portal.config import Council
from portal.printing import compile_print

POINTS_A_MM = 72 / 25.4
CARD = {"page": (105, 75), "trim": (10, 10, 95, 65), "bleed": (7, 7, 98, 68)}
LEAFLET = {"page": (303, 216), "trim": (3, 3, 300, 213), "bleed": (0, 0, 303, 216)}
SHAPES = re.compile(r'"(\w+)": "([^"]+)"')
PRINTS: dict[str, tuple[str, dict[str, Any], dict[str, tuple[int, ...]] | None]] = {
    "card": ("card.typ", {}, CARD),
    "sheet": ("card_sheet.typ", {}, None),
    "poster": ("poster.typ", {"width": 148, "height": 210, "points": 18, "qr": 50}, None),
    "sticker": ("poster.typ", {"width": 105, "height": 148, "points": 13, "qr": 35}, None),
    "leaflet": ("leaflet.typ", {}, LEAFLET),
}


def card_address(site_address: str, code: str) -> str:
    """The address on a card, as it is printed to be read."""
    return f"{site_address.rstrip('/')}/c/{code.lower()}"


def squares(address: str) -> list[list[tuple[int, int]]]:
    """The code of an address in capitals, which makes it smaller (ISO/IEC 18004 alphanumeric mode), at level Q.

    Row by row, each run of black squares as its start and length.
    """
    code = QRCode(error_correction=ERROR_CORRECT_Q, border=0)
    code.add_data(address.upper())
    code.make(fit=True)
    return [_runs(row) for row in code.get_matrix()]


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for place, is_black in enumerate(row):
        if is_black and runs and runs[-1][0] + runs[-1][1] == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif is_black:
            runs.append((place, 1))
    return runs


def print_pdf(what: str, language: str, code: str, site_address: str, council: Council, pictures: dict[str, str]) -> bytes:
    """One of PRINTS as PDF/UA with embedded type; a press print carries its trim and bleed boxes."""
    template, sizes, boxes = PRINTS[what]
    address = card_address(site_address, code)
    site = site_address.partition("://")[2].rstrip("/")
    told = content(language, council, site) | {
        "language": language,
        "squares": squares(address),
        "address": address.partition("://")[2],
        "code": code,
        "pictures": pictures,
        **sizes,
    }
    made = compile_print(template, {"print": json.dumps(told, ensure_ascii=False)})
    return _boxed(made, boxes) if boxes else made


def thanks_poster(what: str, place: str, site_address: str) -> bytes:
    """A poster (A5) or a sticker (A6) with a code of its own that leads to the form for thanks."""
    template, sizes, _ = PRINTS[what]
    address = f"{site_address.rstrip('/')}/t/{place}"
    words = {
        "title": "Say thank you",
        "lines": ["Did someone help you?", "Tell them. It takes half a minute.", "You need not say who you are."],
        "scan": "Scan me",
    }
    told = {"language": "en", "squares": squares(address), "address": address.partition("://")[2], "poster": words}
    return compile_print(template, {"print": json.dumps(told | sizes, ensure_ascii=False)})


def _boxed(made: bytes, boxes: dict[str, tuple[int, ...]]) -> bytes:
    """The same PDF with the boxes that a press cuts by; given in millimetres from the lower left corner."""
    import pikepdf

    with pikepdf.open(io.BytesIO(made)) as pdf:
        for page in pdf.pages:
            page.obj.TrimBox = pikepdf.Array([part * POINTS_A_MM for part in boxes["trim"]])
            page.obj.BleedBox = pikepdf.Array([part * POINTS_A_MM for part in boxes["bleed"]])
        kept = io.BytesIO()
        pdf.save(kept)
    return kept.getvalue()
