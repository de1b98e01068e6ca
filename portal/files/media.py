"""Pictures and sound made anew: decoded, and encoded again without anything but what is seen or heard."""

import io
import warnings
from typing import Any

MOST_PIXELS, LONGEST_SIDE = 50_000_000, 4_000
MOST_SECONDS, RATE = 30 * 60, 48_000
PICTURES = ("JPEG", "PNG", "GIF", "WEBP")


class NotMedia(Exception):
    """It cannot be decoded, or would grow too large."""


def picture_anew(content: bytes) -> tuple[bytes, str]:
    """A picture as JPEG, or PNG where something shows through; upright, at most 4000 pixels a side. Raises NotMedia."""
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(content), formats=PICTURES) as opened:
            warnings.simplefilter("error")
            if opened.width * opened.height > MOST_PIXELS:
                raise NotMedia("too many pixels")
            upright: Any = ImageOps.exif_transpose(opened)
            shows_through = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
            plain = upright.convert("RGBA" if shows_through else "RGB")
            plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            bare = Image.new(plain.mode, plain.size)
            bare.paste(plain)
            made = io.BytesIO()
            bare.save(made, "PNG" if shows_through else "JPEG", quality=85)
    except NotMedia:
        raise
    except Exception as trouble:  # a broken picture makes Pillow raise almost anything
        raise NotMedia(type(trouble).__name__) from trouble
    return made.getvalue(), "image/png" if shows_through else "image/jpeg"


def sound_anew(content: bytes) -> tuple[bytes, str]:
    """The sound of a recording as AAC in MP4, one channel, at most half an hour. Raises NotMedia."""
    import av

    made = io.BytesIO()
    try:
        with av.open(io.BytesIO(content)) as source, av.open(made, "w", format="mp4") as target:
            heard = source.streams.audio[0]
            written: Any = target.add_stream("aac", rate=RATE)
            written.layout = "mono"
            resampler = av.AudioResampler(format=written.format, layout="mono", rate=RATE)
            samples = 0
            for frame in source.decode(heard):
                for part in resampler.resample(frame):
                    samples += part.samples
                    if samples > MOST_SECONDS * RATE:
                        raise NotMedia("too long")
                    target.mux(written.encode(part))
            for part in resampler.resample(None):
                target.mux(written.encode(part))
            target.mux(written.encode(None))
            if not samples:
                raise NotMedia("no sound")
    except NotMedia:
        raise
    except Exception as trouble:  # a broken recording makes the decoder raise almost anything
        raise NotMedia(type(trouble).__name__) from trouble
    return made.getvalue(), "audio/mp4"
