"""A line as sound: someone's recording of it, or the line made before, or the made voice of espeak-ng.

All sound is MP3 of one shape, so that lines joined one after another are a whole page, and every phone can play it.
A line that someone typed or that we wrote to them is made in memory and never kept.
"""

import hashlib
import io
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

VOICES = {"en": "en-gb", "cy": "cy", "pl": "pl", "uk": "uk", "ro": "ro", "ar": "ar", "ur": "ur", "fa": "fa"}
RATE, BITS_A_SECOND, WORDS_A_MINUTE, PAUSE = 22_050, 32_000, 130, 0.45
MAX_LETTERS, SECONDS = 4_000, 20  # of one page: about five minutes; what is longer is read by the eye
RECORDED = ("*.wav", "*.mp3", "*.m4a", "*.ogg", "*.webm")
PHONE_NUMBER = re.compile(r"(?<![\d-])(?:999|112|111|101|55|116 ?\d{3}|0\d[\d ]{3,13}\d)(?!\d)")
CODE = re.compile(r"(?<![\w-])(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z\d]{4,12}(?![\w-])")


class NoVoice(Exception):
    """There is no voice for this language here, or it could not speak."""


@cache
def speaker() -> str:
    """Where espeak-ng is on this machine; empty when it is not."""
    return shutil.which("espeak-ng") or ""


def has_voice(language: str) -> bool:
    """Whether pages in a language can be read aloud here."""
    return language in VOICES and bool(speaker())


def name_of(line: str) -> str:
    """The name of a line's file: what a recording of it is called."""
    return hashlib.sha256(line.encode()).hexdigest()[:16]


def read_aloud(lines: list[str], language: str, folder: Path) -> bytes:
    """Lines as one MP3. `folder` holds `voice/` with people's recordings and `sound/` with lines made before.

    Raises NoVoice.
    """
    left, sounds = MAX_LETTERS, []
    for line in lines:
        sounds.append(_sound_of(line[:left], language, folder))
        left -= len(line)
        if left <= 0:
            break
    return b"".join(sounds)


def make_line(line: str, language: str, folder: Path) -> bool:
    """Make a line's sound before anyone asks for it; says whether there was anything to make. Raises NoVoice."""
    kept = _kept(line, language, folder)
    if kept.exists():
        return False
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(_made(line, language, folder))
    return True


def _kept(line: str, language: str, folder: Path) -> Path:
    return folder / "sound" / language / f"{name_of(digit_by_digit(line))}.mp3"


def _sound_of(line: str, language: str, folder: Path) -> bytes:
    kept = _kept(line, language, folder)
    return kept.read_bytes() if kept.exists() else _made(line, language, folder)


def _made(line: str, language: str, folder: Path) -> bytes:
    recordings = folder / "voice" / language
    for recorded in sorted(recordings.glob(f"{name_of(line)}.*")) if recordings.exists() else ():
        return _as_mp3(recorded.read_bytes())
    return _as_mp3(spoken(line, language))


def digit_by_digit(line: str) -> str:
    """A line with its phone numbers and codes taken apart: a made voice reads 999 as nine hundred and ninety-nine.

    Numbers that count something, and days, stay whole.
    """
    line = PHONE_NUMBER.sub(lambda found: ", ".join(" ".join(group) for group in found.group().split()), line)
    return CODE.sub(lambda found: " ".join(found.group()), line)


def spoken(line: str, language: str, pace: int = WORDS_A_MINUTE) -> bytes:
    """A line in the made voice, as WAV, at so many words a minute. Raises NoVoice."""
    if not has_voice(language):
        raise NoVoice(language)
    asked = [speaker(), "-v", VOICES[language], "-s", str(pace), "--stdin", "--stdout"]
    try:
        done = subprocess.run(asked, input=digit_by_digit(line).encode(), capture_output=True, timeout=SECONDS, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError) as trouble:
        raise NoVoice(type(trouble).__name__) from trouble
    return done.stdout


def as_samples(sound: bytes, rate: int) -> bytes:
    """Any recording as bare samples: one channel of 16 bits, so many a second. Raises NoVoice."""
    import av

    try:
        with av.open(io.BytesIO(sound)) as source:
            resampler = av.AudioResampler(format="s16", layout="mono", rate=rate)
            parts = [part for frame in source.decode(source.streams.audio[0]) for part in resampler.resample(frame)]
            parts += resampler.resample(None)
            return b"".join(bytes(part.planes[0])[: part.samples * 2] for part in parts)
    except Exception as trouble:  # a broken recording makes the decoder raise almost anything
        raise NoVoice(type(trouble).__name__) from trouble


def _as_mp3(sound: bytes) -> bytes:
    """Any recording as bare MP3 frames, with a short rest after it."""
    import av

    made = io.BytesIO()
    bare = {"write_xing": "0", "id3v2_version": "0", "write_id3v1": "0"}
    try:
        with av.open(io.BytesIO(sound)) as source, av.open(made, "w", format="mp3", options=bare) as target:
            written: Any = target.add_stream("libmp3lame", rate=RATE, bit_rate=BITS_A_SECOND)
            written.layout = "mono"
            resampler = av.AudioResampler(format=written.format, layout="mono", rate=RATE)
            for frame in source.decode(source.streams.audio[0]):
                for part in resampler.resample(frame):
                    target.mux(written.encode(part))
            for part in resampler.resample(None):
                target.mux(written.encode(part))
            target.mux(written.encode(_rest(written.format.name)))
            target.mux(written.encode(None))
    except Exception as trouble:  # a broken recording makes the decoder raise almost anything
        raise NoVoice(type(trouble).__name__) from trouble
    return made.getvalue()


def _rest(shape: str) -> Any:
    import av

    silence = av.AudioFrame(format=shape, layout="mono", samples=int(RATE * PAUSE))
    for plane in silence.planes:
        plane.update(bytes(plane.buffer_size))
    silence.sample_rate = RATE
    silence.pts = None
    return silence
