"""Pictures made anew: decoded, and encoded again without anything but what is seen."""

import io
import warnings
from contextlib import suppress
from math import ceil, sqrt
from typing import Any

from pi_heif import options, register_heif_opener
from PIL import Image, ImageCms, ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.TiffImagePlugin import TiffImageFile

from portal.cage.refusal import NotTaken, Reason

FORMATS = ("PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF", "HEIF")
KEPT_PIXELS, LONGEST_SIDE = 16_000_000, 30_000  # a chat of 1,080 by 20,000 stays readable; JPEG ends at 65,500
MOST_FRAMES = 48  # of what moves
SHEETS = "sheets"  # said of a scan of several sheets, which is made a PDF elsewhere (`sheets.py`)
OF_A_RAW_PHOTO = {330, 50706}  # tags of a camera's own format, whose first picture is a small one to look at (SubIFDs, DNG)
DRAFT_PIXELS = 7_000_000  # a draft has up to four times as many
UPRIGHT = {  # EXIF's orientation, and what turns it upright
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
ImageFile.LOAD_TRUNCATED_IMAGES = True  # a photo that lost its last bytes on the way is shown as far as it came
Image.MAX_IMAGE_PIXELS = None  # counted here, by what each format needs
options.DECODE_THREADS = 1
register_heif_opener(thumbnails=False)


def decode(content: bytes, *, most_pixels: int) -> tuple[str, bytes]:
    """A picture as JPEG, or PNG where something shows through; upright, in the colours that it had.

    All frames of one that moves are on one sheet, in order. Gives the media type and the content; SHEETS and nothing of a
    scan of several sheets. Raises NotTaken above `most_pixels`, before any is decoded; a quarter as many for what is not
    JPEG, which alone can be decoded at a fraction of its size. Small faults beside the picture are no reason to refuse it.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # remarks on what is taken out in any case
        if content.startswith(b"\xff\xd8\xff"):
            return _encoded(_photo(content, most_pixels))
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            if opened.width * opened.height > most_pixels // 4:
                raise NotTaken(Reason.TOO_LARGE)
            if isinstance(opened, TiffImageFile) and OF_A_RAW_PHOTO & set(opened.tag_v2):
                raise NotTaken(Reason.OF_NO_KIND)
            frames = getattr(opened, "n_frames", 1)
            if frames == 1 or opened.format == "HEIF":  # a phone's burst: what it shows is the first
                return _encoded(bare_picture(opened, KEPT_PIXELS))
            if isinstance(opened, TiffImageFile):
                return SHEETS, b""
            return _encoded(_on_one_sheet(opened, frames))


def _photo(content: bytes, most_pixels: int) -> Any:
    """A JPEG by itself: what phones keep beside it (other pictures, light, movement) is not looked at."""
    with JpegImageFile(io.BytesIO(content)) as opened:
        if opened.width * opened.height > most_pixels:
            raise NotTaken(Reason.TOO_LARGE)
        opened.draft(None, _size_within(opened.size, DRAFT_PIXELS))
        return bare_picture(opened, KEPT_PIXELS)


def _size_within(size: tuple[int, int], most_pixels: int) -> tuple[int, int]:
    width, height = size
    shrinks = min(1, sqrt(most_pixels / (width * height)), LONGEST_SIDE / max(size))
    return max(1, int(width * shrinks)), max(1, int(height * shrinks))


def bare_picture(opened: Any, most_pixels: int) -> Any:
    """What is seen of a picture and nothing else: RGB, or RGBA where something shows through."""
    opened.load()  # some formats turn themselves upright as they are read, and say so afterwards
    turn = UPRIGHT.get(_orientation(opened))
    profile = opened.info.get("icc_profile")
    picture = _of_eight_bits(opened)
    if picture.mode not in ("RGB", "RGBA", "CMYK", "L"):
        picture = picture.convert(_plain_mode(picture))
    if picture.mode == "L" and "transparency" in picture.info:
        picture = picture.convert("RGBA")
    picture.thumbnail(_size_within(picture.size, most_pixels))
    picture = _in_plain_colours(picture, profile)
    if picture.mode == "RGBA" and picture.getextrema()[3][0] == 255:
        picture = picture.convert("RGB")
    picture = picture.transpose(turn) if turn is not None else picture
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    return bare


def _orientation(opened: Any) -> int:
    with suppress(Exception):  # a block of facts that an editor cut says nothing about the picture
        return int(opened.getexif().get(0x0112, 1))
    return 1


def _of_eight_bits(picture: Any) -> Any:
    """A picture of more than eight bits a dot with all that it shows: Pillow would make all but the darkest of it white."""
    if not picture.mode.startswith(("I", "F")):
        return picture
    lowest, highest = picture.getextrema()
    if picture.mode == "I" and lowest >= 0 and highest < 256:
        steps, lowest = 255, 0
    elif picture.mode.startswith("I;16") or (picture.mode == "I" and lowest >= 0 and highest < 65_536):
        steps, lowest = (4_095 if highest < 4_096 else 65_535), 0  # scanners of twelve bits write them into sixteen
    else:
        steps = (highest - lowest) or 1
    return picture.convert("F").point(lambda value: value * (255 / steps) + (-lowest * 255 / steps)).convert("L")


def _in_plain_colours(picture: Any, profile: bytes | None) -> Any:
    """The same colours in sRGB: a phone's own profile goes with all else that tells of it, and a bruise keeps its colour."""
    wanted = "RGBA" if picture.mode == "RGBA" else "RGB"
    if profile:
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(picture, own, SRGB, outputMode=wanted) or picture
    return picture if picture.mode == wanted else picture.convert(wanted)


def _plain_mode(picture: Any) -> str:
    shows_through = picture.mode in ("RGBA", "RGBa", "LA", "La", "PA") or "transparency" in picture.info
    return "RGBA" if shows_through else "RGB"


def _encoded(bare: Any) -> tuple[str, bytes]:
    made = io.BytesIO()
    bare.save(made, "PNG" if bare.mode == "RGBA" else "JPEG", quality=85)
    return "image/png" if bare.mode == "RGBA" else "image/jpeg", made.getvalue()


def _on_one_sheet(opened: Any, frames: int) -> Any:
    """What moves, in still pictures in the order in which they come; evenly chosen where they are very many."""
    shown = min(frames, MOST_FRAMES)
    columns = min(shown, max(1, round(sqrt(shown * opened.height / opened.width))))
    rows, wide, high = ceil(shown / columns), *_size_within(opened.size, KEPT_PIXELS // (shown + columns))
    sheet = Image.new("RGB", (columns * (wide + 4), rows * (high + 4)), "white")
    for number in range(shown):
        opened.seek(number * frames // shown)
        still = bare_picture(opened.convert("RGBA"), wide * high)
        still.thumbnail((wide, high))
        place = (number % columns * (wide + 4), number // columns * (high + 4))
        sheet.paste(still, place, still if still.mode == "RGBA" else None)
    return sheet


def _rehearse() -> None:
    """Decode a dot of each format: Pillow loads parts of itself at work, which has to be before the cage is shut."""
    turned = Image.Exif()
    turned[0x0112] = 6
    for name in ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF"):
        for mode in ("RGB",) if name in ("JPEG", "BMP") else ("RGB", "P", "RGBA"):
            dot = io.BytesIO()
            dots = Image.new("RGB" if name == "AVIF" else mode, (2, 1))
            profile = SRGB.tobytes() if name != "BMP" else None
            dots.save(dot, name, exif=turned, icc_profile=profile)
            decode(dot.getvalue(), most_pixels=400)


_rehearse()
