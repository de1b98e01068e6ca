"""Sound made anew: decoded, and encoded again without anything but what is heard."""

import io
import struct
from typing import Any

import av

CODECS = frozenset(
    "aac alac amrnb amrwb flac libopencore_amrnb libopencore_amrwb libopus mp3 mp3float opus pcm_alaw pcm_f32le pcm_mulaw "
    "pcm_s16be pcm_s16le pcm_s24le pcm_u8 vorbis".split()
)
BITS_A_SECOND = 64_000


def decode(content: bytes, *, shape: str, most_seconds: int, rate: int) -> tuple[str, bytes]:
    """The sound of a recording as AAC in MP4, one channel, at `rate` samples a second. Gives its media type and content.

    `shape` is FFmpeg's name of the format, chosen by us: FFmpeg never guesses it, and takes no codec but those named here.
    Raises ValueError for what is longer than `most_seconds`, has no sound, or holds another codec.
    """
    made = io.BytesIO()
    limits = {"format_whitelist": shape, "codec_whitelist": ",".join(sorted(CODECS)), "protocol_whitelist": "none"}
    with av.open(io.BytesIO(content), format=shape, options=limits) as source, av.open(made, "w", format="mp4") as target:
        heard = source.streams.audio[0]
        if heard.codec_context.name not in CODECS:
            raise ValueError("another codec")
        written: Any = target.add_stream("aac", rate=rate, options={"aac_coder": "fast"})
        written.bit_rate = BITS_A_SECOND
        written.layout = "mono"
        resampler = av.AudioResampler(format=written.format, layout="mono", rate=rate)
        samples = 0
        for frame in source.decode(heard):
            for part in resampler.resample(frame):
                samples += part.samples
                if samples > most_seconds * rate:
                    raise ValueError("too long")
                target.mux(written.encode(part))
        for part in resampler.resample(None):
            target.mux(written.encode(part))
        target.mux(written.encode(None))
        if not samples:
            raise ValueError("no sound")
    return "audio/mp4", made.getvalue()


def _a_moment() -> bytes:
    """A tenth of a second of silence, as WAVE."""
    silence = bytes(1_600)
    shape = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 8_000, 16_000, 2, 16)
    inside = b"WAVE" + shape + struct.pack("<4sI", b"data", len(silence)) + silence
    return struct.pack("<4sI", b"RIFF", len(inside)) + inside


decode(_a_moment(), shape="wav", most_seconds=1, rate=24_000)  # PyAV loads parts of itself at work: before the cage is shut
