"""Recordings and videos as FFmpeg writes them, in every format that phones and dictation machines use."""

import io
from fractions import Fraction

import av
import numpy as np

SOUNDS = {  # a name for it: FFmpeg's format, codec, samples a second, what else is said to the format
    "m4a": ("ipod", "aac", 44_100, {}),
    "m4b": ("ipod", "aac", 44_100, {"brand": "M4B "}),
    "m4a of an unknown brand": ("mp4", "aac", 44_100, {"brand": "zzzz"}),
    "quicktime": ("mov", "aac", 44_100, {}),
    "alac": ("ipod", "alac", 44_100, {}),
    "3gp": ("3gp", "aac", 16_000, {}),
    "3g2": ("3g2", "aac", 16_000, {}),
    "ogg opus": ("ogg", "libopus", 48_000, {}),
    "ogg vorbis": ("ogg", "vorbis", 44_100, {}),
    "webm opus": ("webm", "libopus", 48_000, {}),
    "matroska": ("matroska", "aac", 44_100, {}),
    "mp3": ("mp3", "libmp3lame", 44_100, {}),
    "mp3 without tags": ("mp3", "libmp3lame", 44_100, {"id3v2_version": "0", "write_xing": "0"}),
    "mp3 of half rate": ("mp3", "libmp3lame", 22_050, {"id3v2_version": "0", "write_xing": "0"}),
    "mp3 of quarter rate": ("mp3", "libmp3lame", 11_025, {"id3v2_version": "0", "write_xing": "0"}),
    "mp2": ("mp2", "mp2", 44_100, {}),
    "aac": ("adts", "aac", 44_100, {}),
    "wave": ("wav", "pcm_s16le", 8_000, {}),
    "wave of 24 bits": ("wav", "pcm_s24le", 48_000, {}),
    "wave of floats": ("wav", "pcm_f32le", 48_000, {}),
    "wave of 8 bits": ("wav", "pcm_u8", 8_000, {}),
    "wave ima adpcm": ("wav", "adpcm_ima_wav", 16_000, {}),
    "wave ms adpcm": ("wav", "adpcm_ms", 16_000, {}),
    "wave mu-law": ("wav", "pcm_mulaw", 8_000, {}),
    "wave a-law": ("wav", "pcm_alaw", 8_000, {}),
    "wave of sony": ("w64", "pcm_s16le", 44_100, {}),
    "aiff": ("aiff", "pcm_s16be", 44_100, {}),
    "au": ("au", "pcm_s16be", 44_100, {}),
    "caf": ("caf", "pcm_s16be", 44_100, {}),
    "caf alac": ("caf", "alac", 44_100, {}),
    "flac": ("flac", "flac", 44_100, {}),
    "wma": ("asf", "wmav2", 44_100, {}),
    "wma of old": ("asf", "wmav1", 44_100, {}),
    "ac3": ("ac3", "ac3", 48_000, {}),
    "transport stream": ("mpegts", "aac", 44_100, {}),
    "wavpack": ("wv", "wavpack", 44_100, {}),
}
FILMS = {  # FFmpeg's format, codec of what is seen, codec of what is heard
    "mp4": ("mp4", "libx264", "aac"),
    "quicktime hevc": ("mov", "libx265", "aac"),
    "webm vp9": ("webm", "libvpx-vp9", "libopus"),
    "webm vp8": ("webm", "libvpx", "vorbis"),
    "matroska": ("matroska", "libx264", "aac"),
    "avi": ("avi", "mpeg4", "libmp3lame"),
    "quicktime motion jpeg": ("mov", "mjpeg", "pcm_s16le"),
    "mpeg": ("mpeg", "mpeg2video", "mp2"),
    "transport stream": ("mpegts", "libx264", "aac"),
    "wmv": ("asf", "wmv2", "wmav2"),
    "3gp": ("3gp", "h263", "aac"),
    "silent": ("mp4", "libx264", None),
}
NOT_SHOWN = {"avi of an old card": ("avi", "asv1", "libmp3lame")}  # what FFmpeg plays and we do not


def _tone(seconds, rate):
    samples = (np.sin(np.arange(int(seconds * rate)) * 2 * np.pi * 440 / rate) * 9_000).astype("int16")
    frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), "s16", "mono")
    frame.rate = rate
    return frame


def a_sound(name, seconds=1.0):
    """A tone in one of the formats of SOUNDS, with a tag that tells of a phone."""
    container, codec, rate, options = SOUNDS[name]
    made = io.BytesIO()
    with av.open(made, "w", format=container, options=options) as target:
        target.metadata["title"] = "SecretPhoneMaker at home"
        _write_sound(target, _sound_track(target, codec, rate), seconds)
    return made.getvalue()


def _sound_track(target, codec, rate):
    track = target.add_stream(codec, rate=rate, options={"strict": "-2"} if codec == "vorbis" else {})
    track.layout = "stereo" if codec == "vorbis" else "mono"
    if codec.startswith("wma"):
        track.bit_rate = 64_000
    return track


def _write_sound(target, stream, seconds):
    shape = {"format": stream.format, "layout": stream.layout, "rate": stream.rate}
    stream.codec_context.open(strict=False)
    resampler = av.AudioResampler(**shape, frame_size=stream.frame_size or None)
    for part in (*resampler.resample(_tone(seconds, stream.rate)), *resampler.resample(None)):
        target.mux(stream.encode(part))
    target.mux(stream.encode(None))


def a_film(name="mp4", seconds=1.0, size=(176, 144)):
    """A video in one of the formats of FILMS: dark on the left, light on the right."""
    container, seen, heard = (FILMS | NOT_SHOWN)[name]
    made = io.BytesIO()
    with av.open(made, "w", format=container) as target:
        target.metadata["comment"] = "SecretPhoneMaker at home"
        film = target.add_stream(seen, rate=25)
        film.width, film.height = size
        film.pix_fmt = "yuvj420p" if seen == "mjpeg" else "yuv420p"
        rate = 48_000 if heard in ("libopus", "mp2") else 44_100
        sound = _sound_track(target, heard, rate) if heard else None
        halves = np.zeros((size[1], size[0], 3), "uint8")
        halves[:, size[0] // 2 :] = 230
        for number in range(int(seconds * 25)):
            frame = av.VideoFrame.from_ndarray(halves, "rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 25)
            target.mux(film.encode(frame))
        target.mux(film.encode(None))
        if sound:
            _write_sound(target, sound, seconds)
    return made.getvalue()
