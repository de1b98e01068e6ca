"""What one file from outside may cost: the costly ones that anybody could send, each through the cage, beside the budget."""

import io
import json
import resource
import struct
import subprocess
import sys
import wave
from collections.abc import Iterator

import av
import pikepdf
from PIL import Image

from portal.cage.running import ON_A_PAGE
from portal.files.kinds import FileRefused, known_file

MEGABYTE = 1024 * 1024


def main() -> None:
    """Print what each file took of the processor and of memory; the files are made here."""
    print(f"One file from outside, at most {ON_A_PAGE.seconds} s of the processor and {ON_A_PAGE.memory // MEGABYTE} MB:")
    for name, content in _files():
        asked = [sys.executable, "-m", "tools.bench.files", "one"]
        told = json.loads(subprocess.run(asked, input=content, capture_output=True, check=True).stdout)
        print(
            f"  {name:44} {len(content) / MEGABYTE:6.1f} MB  {told['seconds']:5.2f} s  {told['memory']:4} MB  {told['end']}"
        )


def one() -> None:
    """One file, in a process of its own so that its cost is its own."""
    try:
        end = known_file(sys.stdin.buffer.read()).media_type
    except FileRefused:
        end = "refused in words"
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost = {"seconds": used.ru_utime + used.ru_stime, "memory": used.ru_maxrss // 1024, "end": end}
    print(json.dumps(cost))


def _files() -> Iterator[tuple[str, bytes]]:
    noise = Image.effect_noise((4_000, 3_000), 60).convert("RGB")
    yield "a photo of 12 million pixels", _saved(noise, "JPEG")
    yield "a photo of 50 million pixels", _saved(noise.resize((8_160, 6_120)), "JPEG", quality=20)
    yield "the same, progressive", _saved(noise.resize((8_160, 6_120)), "JPEG", quality=20, progressive=True)
    yield "a small PNG of 400 million pixels", _saved(Image.new("1", (20_000, 20_000)), "PNG")
    yield "a PNG of 24 million pixels, see-through", _saved(Image.new("RGBA", (4_900, 4_900)), "PNG")
    yield "a WebP of 12 million pixels", _saved(noise, "WEBP")
    yield "a wave of ten minutes", _wave(10 * 60, 8_000)
    yield "a telephone's recording of ten minutes", _recording(10 * 60, "mp4", "aac", 64_000)
    yield "a small recording of half an hour", _recording(30 * 60)
    yield "a PDF of 20,000 pages", _pdf(20_000)


def _saved(picture: Image.Image, kind: str, **more: object) -> bytes:
    made = io.BytesIO()
    picture.save(made, kind, **more)
    return made.getvalue()


def _wave(seconds: int, rate: int) -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(b"".join(struct.pack("<h", number * 37 % 9_000) for number in range(rate)) * seconds)
    return made.getvalue()


def _recording(seconds: int, shape: str = "ogg", codec: str = "libopus", bits: int = 6_000) -> bytes:
    made = io.BytesIO()
    with av.open(io.BytesIO(_wave(seconds, 8_000))) as source, av.open(made, "w", format=shape) as target:
        stream = target.add_stream(codec, rate=48_000)
        stream.bit_rate = bits
        resampler = av.AudioResampler(format=stream.format, layout="mono", rate=48_000)
        for frame in source.decode(audio=0):
            for part in resampler.resample(frame):
                target.mux(stream.encode(part))
        target.mux(stream.encode(None))
    return made.getvalue()


def _pdf(pages: int) -> bytes:
    made, pdf = io.BytesIO(), pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    pdf.save(made)
    return made.getvalue()


if __name__ == "__main__":
    one() if sys.argv[1:] == ["one"] else main()
