"""The QR code of a card, as SVG that a printer and a page can both use."""

from markupsafe import Markup
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_Q
from qrcode.image.svg import SvgPathImage


def card_address(site_address: str, code: str) -> str:
    """The address on a card, as it is printed to be read."""
    return f"{site_address.rstrip('/')}/c/{code.lower()}"


def qr_svg(address: str) -> Markup:
    """The code of an address in capitals, which makes it smaller (ISO/IEC 18004 alphanumeric mode), at level Q."""
    code = QRCode(error_correction=ERROR_CORRECT_Q, border=4, image_factory=SvgPathImage)
    code.add_data(address.upper())
    return Markup(code.make_image().to_string(encoding="unicode"))  # noqa: S704 - made here from our own address
