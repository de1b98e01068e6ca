"""Pictures made anew: decoded, and encoded again without anything but what is seen."""

import io
import warnings
from typing import Any

from PIL import Image, ImageFile, ImageOps
from PIL import MpoImagePlugin as _for_photos_of_phones  # noqa: F401 - loaded in mid-picture otherwise

FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
ImageFile.LOAD_TRUNCATED_IMAGES = True  # a photo that lost its last bytes on the way is shown as far as it came


def decode(content: bytes, *, most_pixels: int, longest_side: int) -> tuple[str, bytes]:
    """A picture as JPEG, or PNG where something shows through; upright. Gives its media type and content.

    Raises ValueError above `most_pixels`, before any is decoded; half as many for what is not JPEG, which alone can be
    decoded at a fraction of its size.
    """
    with warnings.catch_warnings(), Image.open(io.BytesIO(content), formats=FORMATS) as opened:
        warnings.simplefilter("ignore")  # remarks on what is taken out in any case
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        is_jpeg = opened.format in ("JPEG", "MPO")
        if opened.width * opened.height > (most_pixels if is_jpeg else most_pixels // 2):
            raise ValueError("too many pixels")
        shrinks = min(1, longest_side / max(opened.size))
        opened.draft(None, (max(1, int(opened.width * shrinks)), max(1, int(opened.height * shrinks))))
        picture = _of_eight_bits(opened)
        picture = picture if picture.mode in ("RGB", "RGBA", "L") else picture.convert(_plain_mode(picture))
        picture.thumbnail((longest_side, longest_side))
        upright: Any = ImageOps.exif_transpose(picture)
        mode = _plain_mode(upright)
        bare = Image.new(mode, upright.size)
        bare.paste(upright if upright.mode == mode else upright.convert(mode))  # each copy is 36 MB of a phone's photo
        made = io.BytesIO()
        bare.save(made, "PNG" if mode == "RGBA" else "JPEG", quality=85)
    return "image/png" if mode == "RGBA" else "image/jpeg", made.getvalue()


def _of_eight_bits(picture: Any) -> Any:
    """A picture of sixteen bits a pixel with all that it shows: Pillow would make all but the darkest of it white."""
    return picture.point(lambda value: value / 256).convert("L") if picture.mode.startswith("I;16") else picture


def _plain_mode(picture: Any) -> str:
    shows_through = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    return "RGBA" if shows_through else "RGB"


def _rehearse() -> None:
    """Decode a dot of each format: Pillow loads parts of itself at work, which has to be before the cage is shut."""
    turned = Image.Exif()
    turned[0x0112] = 6
    for name in FORMATS:
        for mode in ("RGB",) if name == "JPEG" else ("RGB", "P", "RGBA"):
            dot = io.BytesIO()
            Image.new(mode, (2, 1)).save(dot, name, exif=turned)
            decode(dot.getvalue(), most_pixels=4, longest_side=1)


_rehearse()
