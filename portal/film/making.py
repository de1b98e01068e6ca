"""Making the film: a voice for each line, its length, captions, frames, and four files.

A person's recording of a line, `instance/voice/<language>/film-NN.wav`, takes the place of the made voice and sets new
times.
"""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from portal.film.captions import as_vtt, cues
from portal.film.drawing import HEIGHT, WIDTH, frame
from portal.film.scenes import SpokenLine, film_in
from portal.printing import draw_print
from portal.speech.voice import as_samples, spoken

FRAMES_A_SECOND, COMES_IN, REST, RATE = 12, 12, 0.55, 48_000
PACE = 155  # words a minute
FILES = ("film.webm", "film.mp4", "film.mp3", "film.vtt")
SIGNED = "signed.mp4"  # a council's own film of someone who signs; nothing here makes it
MAX_SIZE = 500 * 1024
VIDEO = {
    "film.webm": ("libvpx-vp9", "libopus", {"crf": "40", "b": "0", "deadline": "good", "cpu-used": "4"}, 24_000),
    "film.mp4": ("libx264", "aac", {"crf": "30", "preset": "slow", "movflags": "+faststart"}, 32_000),
}


def film_folder(instance: Path, language: str) -> Path:
    """Where a language's film is kept."""
    return instance / "film" / language


def make_film(language: str, instance: Path) -> dict[str, int]:
    """Make all files of a film; gives their sizes in bytes. Raises NoVoice."""
    film, folder = film_in(language), film_folder(instance, language)
    sounds = [_sound(number, line, language, instance) for number, line in enumerate(film.lines, 1)]
    timed, at = [], 0.0
    for line, sound in zip(film.lines, sounds, strict=True):
        timed.append((line.caption, at, at + len(sound) / 2 / RATE))
        at += len(sound) / 2 / RATE + REST
    folder.mkdir(parents=True, exist_ok=True)
    whole = b"".join(sound + bytes(int(REST * RATE) * 2) for sound in sounds)
    stills = _drawn([line.things for line in film.lines])
    lengths = [len(sound) / 2 / RATE + REST for sound in sounds]
    for name, how in VIDEO.items():
        (folder / name).write_bytes(_film(name, how, stills, lengths, whole))
    (folder / "film.mp3").write_bytes(_sound_alone(whole))
    (folder / "film.vtt").write_text(as_vtt(cues(timed)), encoding="utf-8")
    return {name: (folder / name).stat().st_size for name in FILES}


def _sound(number: int, line: SpokenLine, language: str, instance: Path) -> bytes:
    recorded = instance / "voice" / language / f"film-{number:02}.wav"
    return as_samples(recorded.read_bytes() if recorded.exists() else spoken(line.say, language, PACE), RATE)


def _drawn(scenes: list[tuple[str, ...]]) -> list[list[bytes]]:
    """The frames of each scene while it comes in, as PNG; the last one stands."""
    svgs = [frame(things, step / COMES_IN) for things in scenes for step in range(1, COMES_IN + 1)]
    pages = draw_print("frames.typ", {"frames": json.dumps(svgs)}, dots=72)
    return [pages[place : place + COMES_IN] for place in range(0, len(pages), COMES_IN)]


def _frames(stills: list[list[bytes]], lengths: list[float]) -> Iterator[Any]:
    """Every frame of the film, in order."""
    import av
    from PIL import Image

    shown, until = 0, 0.0
    for scene, length in zip(stills, lengths, strict=True):
        until += length
        pictures = [Image.open(io.BytesIO(png)).convert("RGB").resize((WIDTH, HEIGHT)) for png in scene]
        frames = [av.VideoFrame.from_image(picture) for picture in pictures]
        step = 0
        while shown / FRAMES_A_SECOND < until:
            yield frames[min(step, COMES_IN - 1)]
            shown, step = shown + 1, step + 1


def _film(
    name: str, how: tuple[str, str, dict[str, str], int], stills: list[list[bytes]], lengths: list[float], sound: bytes
) -> bytes:
    import av

    video, audio, options, bits = how
    made = io.BytesIO()
    made.name = name
    with av.open(made, "w", format=name.rpartition(".")[2]) as target:
        seen: Any = target.add_stream(video, rate=FRAMES_A_SECOND, options=options)
        seen.width, seen.height, seen.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        heard: Any = target.add_stream(audio, rate=RATE, bit_rate=bits)
        heard.layout = "mono"
        for number, one in enumerate(_frames(stills, lengths)):
            picture = one.reformat(format="yuv420p")
            picture.pts = number
            target.mux(seen.encode(picture))
        target.mux(seen.encode(None))
        _add_sound(target, heard, sound)
    return made.getvalue()


def _sound_alone(sound: bytes) -> bytes:
    import av

    made = io.BytesIO()
    with av.open(made, "w", format="mp3") as target:
        heard: Any = target.add_stream("libmp3lame", rate=RATE, bit_rate=48_000)
        heard.layout = "mono"
        _add_sound(target, heard, sound)
    return made.getvalue()


def _add_sound(target: Any, heard: Any, sound: bytes) -> None:
    import av

    whole = av.AudioFrame(format="s16", layout="mono", samples=len(sound) // 2)
    whole.planes[0].update(sound.ljust(whole.planes[0].buffer_size, b"\0"))
    whole.sample_rate, whole.pts = RATE, 0
    resampler = av.AudioResampler(format=heard.format, layout="mono", rate=RATE, frame_size=heard.frame_size or 1024)
    for part in (*resampler.resample(whole), *resampler.resample(None)):
        target.mux(heard.encode(part))
    target.mux(heard.encode(None))
