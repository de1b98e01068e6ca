"""Files for tests: made here, so that nothing of anyone else's is kept."""

import io
import math
import struct
import wave
import zipfile

import av
import pikepdf
from PIL import Image


def a_pdf(change=None, **more):
    """A page, changed by a function before it is written."""
    made, pdf = io.BytesIO(), pikepdf.new()
    pdf.add_blank_page(page_size=(200, 200))
    if change is not None:
        change(pdf)
    pdf.save(made, deterministic_id="encryption" not in more, **more)
    return made.getvalue()


def a_picture(kind="JPEG", size=(64, 48), *, hidden=True):
    """A picture that tells where and with what it was taken."""
    made, exif = io.BytesIO(), Image.Exif()
    if hidden:
        exif[0x010F] = "SecretPhoneMaker"
        exif[0x010E] = "<script>alert(1)</script>"
        exif[0x0112] = 6  # turned on its side
        exif.get_ifd(0x8825)[1] = "N"
        exif.get_ifd(0x8825)[2] = (53.0, 11.0, 29.0)
    Image.new("RGB", size, (180, 60, 40)).save(made, kind, **({"exif": exif} if kind in ("JPEG", "PNG", "WEBP") else {}))
    return made.getvalue()


def a_wave(seconds=1, rate=8000):
    """A tone."""
    made = io.BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        tone = (int(9000 * math.sin(number / 5)) for number in range(int(seconds * rate)))
        sound.writeframes(b"".join(struct.pack("<h", value) for value in tone))
    return made.getvalue()


def a_recording(container="ogg", codec="libopus"):
    """A recording as a phone makes it, with tags that tell of the phone."""
    made = io.BytesIO()
    with av.open(io.BytesIO(a_wave())) as source, av.open(made, "w", format=container) as target:
        target.metadata["title"] = "SecretPhoneMaker at home"
        stream = target.add_stream(codec, rate=48_000)
        for frame in source.decode(audio=0):
            frame.pts = None
            for part in av.AudioResampler(format=stream.format, layout="mono", rate=48_000).resample(frame):
                target.mux(stream.encode(part))
        target.mux(stream.encode(None))
    return made.getvalue()


def a_zip(name="a.txt", content=b"words", kind=zipfile.ZIP_STORED):
    """An archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", kind) as archive:
        archive.writestr(name, content)
    return made.getvalue()


def a_word_file(*paragraphs, more=""):
    """A Word file with paragraphs; `more` is XML of its body as it stands."""
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    rows = "".join(f"<w:p><w:r><w:t>{row}</w:t></w:r></w:p>" for row in paragraphs)
    body = f'<w:document xmlns:w="{name}"><w:body>{rows}{more}</w:body></w:document>'
    return a_word_package(body)


MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def a_word_package(body, *, place="word/document.xml", relationships=OFFICE, kind=zipfile.ZIP_DEFLATED):
    """The parts that every Word file has (ECMA-376, part 2), around the XML of its text."""
    made = io.BytesIO()
    kinds = f'<Override PartName="/{place}" ContentType="{MAIN_TYPE}"/>'
    kinds += '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    leads = f'<Relationship Id="r1" Type="{relationships}/officeDocument" Target="{place}"/>'
    with zipfile.ZipFile(made, "w", kind) as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{kinds}</Types>',
        )
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{leads}</Relationships>',
        )
        package.writestr(place, body)
    return made.getvalue()
