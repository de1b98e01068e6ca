"""Every picture that a phone would show is taken in its own colours, upright and readable, and nothing but what is seen."""

import io
import random

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageCms, ImageDraw, TiffImagePlugin
from pillow_heif import register_heif_opener

from portal.files.kinds import FileRefused, known_file

register_heif_opener()
MEGAPIXEL = 1_000_000


def noise(size, mode="RGB"):
    """A picture that does not pack to nothing, and does not take long to make."""
    rough = Image.effect_noise((max(1, size[0] // 16), max(1, size[1] // 16)), 80)
    return rough.resize(size).convert(mode)


def written(picture, kind, **more):
    made = io.BytesIO()
    picture.save(made, kind, **more)
    return made.getvalue()


def seen(content):
    known = known_file(content)
    return known.media_type, Image.open(io.BytesIO(known.content))


def turned():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "SecretPhoneMaker"
    exif.get_ifd(0x8825)[1] = "N"
    return exif


@pytest.mark.parametrize("kind", ["HEIF", "AVIF", "JPEG", "PNG", "WEBP", "TIFF"])
def test_a_photo_of_each_kind_is_taken_upright_and_without_its_phone(kind):
    photo = written(noise((64, 48)), kind, exif=turned())
    media_type, shown = seen(photo)
    assert media_type == "image/jpeg"
    assert shown.size == ((64, 48) if kind == "HEIF" else (48, 64))  # its writer turns nothing: a HEIC says so elsewhere
    assert not dict(shown.getexif())
    assert b"SecretPhoneMaker" not in known_file(photo).content


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
@pytest.mark.parametrize("most", [4_095, 65_535], ids=["twelve_bits", "sixteen_bits"])
def test_a_grey_scan_of_many_bits_keeps_its_greys(kind, most):
    greys = np.linspace(0, most, 100 * 80).reshape(80, 100).astype("uint16")
    _, shown = seen(written(Image.fromarray(greys), kind))
    row = [shown.convert("L").getpixel((50, y)) for y in (8, 40, 72)]
    assert row == pytest.approx([26, 128, 230], abs=6)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I", "F", "YCbCr"])
def test_a_picture_of_every_mode_keeps_light_and_dark(mode):
    halves = Image.new("L", (40, 20), 0)
    halves.paste(255, (20, 0, 40, 20))
    picture = halves.convert(mode) if mode in ("I", "F") else halves.convert("RGB").convert(mode)
    kind = {"CMYK": "JPEG", "YCbCr": "JPEG", "I": "TIFF", "F": "TIFF"}.get(mode, "PNG")
    _, shown = seen(written(picture, kind))
    assert shown.convert("L").getpixel((5, 10)) < 30
    assert shown.convert("L").getpixel((35, 10)) > 225


def test_what_shows_through_stays_so():
    media_type, shown = seen(written(Image.new("RGBA", (20, 20), (255, 0, 0, 80)), "PNG"))
    assert (media_type, shown.mode) == ("image/png", "RGBA")


def test_a_colour_keeps_its_look_when_the_profile_that_explains_it_goes():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"????", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"????", b"bXYZ", 1)
    _, shown = seen(written(Image.new("RGB", (8, 8), (200, 60, 20)), "PNG", icc_profile=swapped))
    assert shown.getpixel((4, 4)) == pytest.approx((20, 60, 200), abs=12)


def test_a_profile_that_is_none_is_no_reason_to_refuse_a_picture():
    _, shown = seen(written(Image.new("RGB", (8, 8), (150, 60, 60)), "PNG", icc_profile=b"not a profile at all"))
    assert shown.getpixel((4, 4)) == pytest.approx((150, 60, 60), abs=3)


@pytest.mark.parametrize("seed", range(30))
def test_facts_of_a_photo_that_an_editor_broke_are_no_reason_to_refuse_it(seed):
    photo = bytearray(written(Image.new("RGB", (64, 48), "red"), "JPEG", exif=turned()))
    begins, dice = photo.find(b"Exif\0\0") + 6, random.Random(seed)
    for _ in range(6):
        photo[begins + dice.randrange(60)] = dice.randrange(256)
    assert known_file(bytes(photo)).media_type == "image/jpeg"


@pytest.mark.parametrize("lost", [1, 2, 40, 400])
def test_a_photo_that_lost_its_last_bytes_is_taken(lost):
    assert known_file(written(noise((640, 480)), "JPEG")[:-lost]).media_type == "image/jpeg"


@pytest.mark.parametrize("spoil", [False, True], ids=["whole", "broken_index"])
def test_a_photo_with_more_photos_beside_it_is_the_first(spoil):
    both = written(noise((64, 48)), "MPO", save_all=True, append_images=[Image.new("RGB", (32, 24))])
    if spoil:
        index = both.find(b"MPF\0") + 8
        both = both[:index] + b"\xff" * 40 + both[index + 40 :]
    assert seen(both)[1].size == (64, 48)


def test_a_long_picture_of_a_chat_stays_readable():
    _, shown = seen(written(noise((1_080, 20_000)), "PNG"))
    assert shown.width >= 900
    assert shown.height / shown.width == pytest.approx(20_000 / 1_080, rel=0.01)


@pytest.mark.parametrize(
    ("size", "more"),
    [((8_000, 6_000), {}), ((8_000, 6_000), {"progressive": True}), ((16_384, 12_288), {"quality": 40})],
    ids=["48_megapixels", "48_progressive", "200_megapixels"],
)
def test_a_very_large_photo_is_taken(size, more):
    media_type, shown = seen(written(noise(size), "JPEG", **more))
    assert media_type == "image/jpeg"
    assert 6 * MEGAPIXEL < shown.width * shown.height <= 16 * MEGAPIXEL


def test_a_very_large_photo_of_an_iphone_is_taken():
    assert seen(written(noise((8_064, 6_048)), "HEIF", quality=20))[0] == "image/jpeg"


def test_what_is_larger_than_any_phone_makes_is_refused_before_it_is_unpacked():
    with pytest.raises(FileRefused, match="too large to open"):
        known_file(written(Image.new("1", (20_000, 20_000)), "PNG"))


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
def test_all_of_what_moves_is_on_one_sheet_in_its_order(kind):
    frames = [Image.new("RGB", (60, 40), (number * 60, 255 - number * 60, 0)) for number in range(4)]
    _, sheet = seen(written(frames[0], kind, save_all=True, append_images=frames[1:], duration=100))
    columns = round(sheet.width / 64)
    for number, frame in enumerate(frames):
        x, y = number % columns * 64 + 30, number // columns * 44 + 20
        assert sheet.convert("RGB").getpixel((x, y)) == pytest.approx(frame.getpixel((0, 0)), abs=14)


def test_a_scan_of_very_many_sheets_in_colour_fits():
    sheet = Image.radial_gradient("L").resize((1_654, 2_339)).convert("RGB")
    many = written(sheet, "TIFF", save_all=True, append_images=[sheet] * 39, compression="jpeg")
    with pikepdf.open(io.BytesIO(known_file(many).content)) as pdf:
        assert len(pdf.pages) == 40


@pytest.mark.parametrize("tag", [330, 50706])
def test_a_cameras_own_format_is_not_replaced_by_its_small_picture(tag):
    raw = TiffImagePlugin.ImageFileDirectory_v2()
    raw[tag] = 8 if tag == 330 else b"\1\4\0\0"
    raw.tagtype[tag] = 4 if tag == 330 else 1
    content = written(Image.new("RGB", (64, 48)), "TIFF", tiffinfo=raw)
    assert (known_file(content).media_type, known_file(content).content) == ("as-sent/tif", content)


@pytest.mark.parametrize(("mode", "more"), [("1", {"compression": "group4"}), ("L", {}), ("RGB", {"compression": "jpeg"})])
def test_a_scan_of_several_sheets_is_a_pdf_of_as_many_pages(mode, more):
    sheets = [Image.new("RGB", (124, 175), "white") for _ in range(12)]
    for number, sheet in enumerate(sheets):
        ImageDraw.Draw(sheet).text((10, 10), str(number), fill="black")
    sheets = [sheet.convert(mode) for sheet in sheets]
    known = known_file(written(sheets[0], "TIFF", save_all=True, append_images=sheets[1:], **more))
    assert (known.media_type, known.is_re_encoded) == ("application/pdf", False)
    with pikepdf.open(io.BytesIO(known.content)) as pdf:
        assert len(pdf.pages) == 12


def test_a_drawing_made_by_windows_is_taken():
    assert seen(written(noise((64, 48)), "BMP"))[1].size == (64, 48)
