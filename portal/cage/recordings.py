"""Recordings and videos made anew: decoded, and encoded again without anything but what is heard and seen.

What a file is, FFmpeg finds by what it holds, among the formats named here; it takes no codec but those named here, and
opens nothing else.
"""

import io
import struct
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from itertools import pairwise
from typing import Any

import av
from av.error import FFmpegError
from av.filter import Graph

from portal.cage.refusal import NotTaken, Reason

FORMATS = (
    "aac ac3 aiff amr amrnb amrwb ape asf au avi caf flac gsm matroska,webm mov,mp4,m4a,3gp,3g2,mj2 mp3 mpeg mpegts dv ogg "
    "w64 wav wv".split()
)
SOUND = frozenset(
    "aac aac_latm ac3 adpcm_ima_qt adpcm_ima_wav adpcm_ms alac amrnb amrwb ape eac3 flac gsm gsm_ms libopencore_amrnb "
    "libopencore_amrwb libopus libspeex mp2 mp2float mp3 mp3float opus pcm_alaw pcm_f32be pcm_f32le pcm_f64le pcm_mulaw "
    "pcm_s16be pcm_s16le pcm_s24be pcm_s24le pcm_s32be pcm_s32le pcm_s8 pcm_u8 qdm2 speex vorbis wavpack wmav1 wmav2 "
    "wmapro wmavoice".split()
)
SEEN = frozenset(
    "cinepak dvvideo ffv1 flv huffyuv msmpeg4v1 msmpeg4v2 png prores qtrle rawvideo svq1 svq3 vp6 vp6f "
    "av1 h263 h264 hevc libaom-av1 libdav1d libvpx libvpx-vp9 mjpeg mpeg1video mpeg2video mpeg4 msmpeg4v3 theora vc1 vp8 "
    "vp9 wmv2 wmv3".split()
)
BITS_A_SECOND, SAMPLES_A_SECOND = 64_000, 24_000
SHORT_SIDE, LONG_SIDE, FRAMES_A_SECOND = 480, 854, 30
BASE = Fraction(1, 90_000)  # the clock of a film that is written, in seconds
TURNS = {90: "transpose=cclock", -90: "transpose=clock", 180: "hflip,vflip", -180: "hflip,vflip"}


def decode(content: bytes, *, most_seconds: int, is_only_looked_at: bool = False) -> tuple[dict[str, Any], bytes]:
    """A recording as AAC in MP4, one channel; a video as H.264 with its sound, upright and small.

    Gives `media_type` and `seconds`, and the content; of what is only looked at no content, and how long it says it is
    (nothing where it does not say). A packet that is broken is left out, as a phone does. Raises NotTaken for what is
    longer than `most_seconds` and what has nothing to hear or see.
    """
    first = _first_picture(content)
    with _opened(content) as source:
        heard, *others = [one for one in source.streams.audio if _codec(one) in SOUND] or [None]
        seen = _film_in(source) if first else None
        has_film = any(not _is_cover(one) for one in source.streams.video)
        if (has_film and seen is None) or (source.streams.audio and heard is None):
            raise NotTaken(Reason.OF_NO_KIND)  # half of it would be lost without a word
        if heard is None and seen is None:
            raise NotTaken(Reason.NOTHING_IN_IT)
        media_type = "video/mp4" if seen else "audio/mp4"
        if is_only_looked_at:
            seconds = source.duration / av.time_base if source.duration else None
            return {"media_type": media_type, "seconds": seconds, "more_tracks": len(others)}, b""
        made = io.BytesIO()
        with av.open(made, "w", format="mp4") as target:
            tracks: dict[int, _Sound | _Film] = {}
            if heard:
                tracks[heard.index] = _Sound(target)
            if seen:
                tracks[seen.index] = _Film(target, first)
            seconds = _written(source, [one for one in (heard, seen) if one], tracks, target, most_seconds)
    return {"media_type": media_type, "seconds": round(seconds), "more_tracks": len(others)}, made.getvalue()


def _opened(content: bytes) -> Any:
    limits = {
        "format_whitelist": ",".join(FORMATS),
        "codec_whitelist": ",".join(sorted(SOUND | SEEN)),
        "protocol_whitelist": "none",
        "fflags": "+discardcorrupt",
    }
    return av.open(io.BytesIO(content), options=limits, metadata_errors="ignore")


def _first_picture(content: bytes) -> Any:
    """The first picture of a film, by which what is written is measured before any is; none where nothing is seen."""
    with _opened(content) as source:
        seen = _film_in(source)
        for packet in source.demux(seen) if seen else ():
            with suppress(FFmpegError):
                if frames := packet.decode():
                    return frames[0]
    return None


def _film_in(source: Any) -> Any:
    """The film that can be shown, if there is one: a cover, or a picture beside a recording, is none."""
    return next((one for one in source.streams.video if _codec(one) in SEEN and not _is_cover(one)), None)


def _is_cover(stream: Any) -> bool:
    return "attached_pic" in str(getattr(stream.disposition, "name", stream.disposition))


def _codec(stream: Any) -> str:
    return str(stream.codec_context.name) if stream.codec_context else ""


def _written(source: Any, streams: list[Any], tracks: dict[int, Any], target: Any, most_seconds: int) -> float:
    """Write each stream anew; gives how many seconds of it there are."""
    starts = {one.index: Fraction(one.start_time or 0) * one.time_base for one in streams}
    for stream in streams:
        stream.codec_context.thread_count = 1
        tracks[stream.index].begins(starts[stream.index], min(starts.values()))
    for packet in source.demux(*streams):
        track = tracks[packet.stream.index]
        try:
            frames = packet.decode()
        except FFmpegError:
            continue
        for frame in frames:
            target.mux(track.of(frame))
            if track.seconds > most_seconds:
                raise NotTaken(Reason.TOO_LONG)
    if not any(track.seconds for track in tracks.values()):
        raise NotTaken(Reason.NOTHING_IN_IT)
    for track in tracks.values():
        target.mux(track.rest())
    return max(float(track.seconds) for track in tracks.values())


class _Sound:
    """A track of sound: one channel, at our rate. Silence stands where it begins later than the film."""

    def __init__(self, target: Any) -> None:
        self.written = target.add_stream("aac", rate=SAMPLES_A_SECOND, options={"aac_coder": "fast"})
        self.written.bit_rate, self.written.layout = BITS_A_SECOND, "mono"
        self.resampler = self._a_resampler()
        self.samples, self.before = 0, 0

    def _a_resampler(self) -> Any:
        return av.AudioResampler(format=self.written.format, layout="mono", rate=SAMPLES_A_SECOND)

    def begins(self, at: Fraction, whole_at: Fraction) -> None:
        """When it begins, and when the whole does: in seconds of the file's own clock."""
        self.before = int((at - whole_at) * SAMPLES_A_SECOND)

    @property
    def seconds(self) -> Fraction:
        """How much was written."""
        return Fraction(self.samples, SAMPLES_A_SECOND)

    def of(self, frame: Any) -> Iterator[Any]:
        """The packets of one frame. A phone that changes its rate in the middle is followed."""
        frame.pts = None
        try:
            parts = self.resampler.resample(frame)
        except ValueError:
            self.resampler = self._a_resampler()
            parts = self.resampler.resample(frame)
        return self._encoded(parts)

    def rest(self) -> Iterator[Any]:
        """What is still to be written at the end."""
        yield from self._encoded(self.resampler.resample(None) if self.samples else [])
        yield from self.written.encode(None)

    def _encoded(self, parts: list[Any]) -> Iterator[Any]:
        for part in parts:
            part.pts, part.time_base = self.before + self.samples, Fraction(1, SAMPLES_A_SECOND)
            self.samples += part.samples
            yield from self.written.encode(part)


class _Film:
    """A track of pictures: upright, small, at most thirty a second, each at its own moment."""

    def __init__(self, target: Any, first: Any) -> None:
        self.began, self.frames_at = Fraction(0), Fraction(-1)
        self.shape: Any = None
        self.graph: Any = None
        self.written: Any = target.add_stream("libx264", options={"preset": "veryfast", "crf": "29", "threads": "2"})
        self.written.pix_fmt, self.written.codec_context.time_base = "yuv420p", BASE
        wide, high = _small(first)
        self.written.width, self.written.height = (high, wide) if _is_on_its_side(first) else (wide, high)

    def begins(self, at: Fraction, whole_at: Fraction) -> None:
        """When it begins, and when the whole does: in seconds of the file's own clock."""
        self.began = whole_at

    @property
    def seconds(self) -> Fraction:
        """How much was written, up to the last picture."""
        return max(self.frames_at, Fraction(0))

    def of(self, frame: Any) -> Iterator[Any]:
        """The packets of one frame; none of one that comes too soon after the one before, or out of its order."""
        if frame.pts is None:
            at = self.frames_at + Fraction(1, FRAMES_A_SECOND)
        else:
            at = Fraction(frame.pts) * frame.time_base - self.began
        if at < self.frames_at - 1:  # its clock began anew: two pieces were put together
            self.began -= self.frames_at + Fraction(1, FRAMES_A_SECOND) - at
            at = self.frames_at + Fraction(1, FRAMES_A_SECOND)
        if self.frames_at >= 0 and at - self.frames_at < Fraction(1, FRAMES_A_SECOND + 3):
            return
        self.frames_at = max(at, Fraction(0))
        shape = (frame.width, frame.height, frame.format.name, frame.rotation)
        if shape != self.shape:
            self.graph, self.shape = self._graph_for(frame), shape
        self.graph.push(frame)
        small = self.graph.pull()
        small.pts, small.time_base = int(self.frames_at / BASE), BASE
        small.pict_type = 0
        yield from self.written.encode(small)

    def rest(self) -> Iterator[Any]:
        """What is still to be written at the end."""
        yield from self.written.encode(None)

    def _graph_for(self, frame: Any) -> Any:
        wide, high = _small(frame)
        turn = TURNS.get(round(frame.rotation))
        fit = f"scale={self.written.width}:{self.written.height}"  # a film that is turned in the middle keeps its frame
        steps = [f"scale={wide}:{high}", *((turn,) if turn else ()), fit, "format=pix_fmts=yuv420p"]
        graph = Graph()
        links = [
            graph.add_buffer(width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base or BASE)
        ]
        for step in ",".join(steps).split(","):
            name, _, how = step.partition("=")
            links.append(graph.add(name, how))
        links.append(graph.add("buffersink"))
        for one, other in pairwise(links):
            one.link_to(other)
        graph.configure()
        return graph


def _small(frame: Any) -> tuple[int, int]:
    """The even sides of a picture that is as small as ours are."""
    sides = (frame.width, frame.height)
    shrinks = min(1, SHORT_SIDE / min(sides), LONG_SIDE / max(sides))
    wide, high = (max(2, int(side * shrinks) // 2 * 2) for side in sides)
    return wide, high


def _is_on_its_side(frame: Any) -> bool:
    return TURNS.get(round(frame.rotation), "").startswith("transpose")


def _a_moment() -> bytes:
    """A tenth of a second of silence, as WAVE."""
    silence = bytes(1_600)
    shape = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 8_000, 16_000, 2, 16)
    inside = b"WAVE" + shape + struct.pack("<4sI", b"data", len(silence)) + silence
    return struct.pack("<4sI", b"RIFF", len(inside)) + inside


decode(_a_moment(), most_seconds=1)  # PyAV loads parts of itself at work: before the cage is shut
