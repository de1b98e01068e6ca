"""Whatever phones and dictation machines write is played; videos stay videos; nothing tells where they were made."""

import io

import av
import numpy as np
import pytest

from portal.cage.refusal import NotTaken, Reason
from portal.cage.running import BEHIND, LONG_WORK, Work, decode
from portal.files.kinds import FILM_AS_SENT, known_file, made_anew
from tests.factories.files import a_wave
from tests.factories.recordings import FILMS, SOUNDS, a_film, a_sound


def ready(content):
    """A recording as it is kept in the end: what takes long is made behind the page."""
    known = known_file(content)
    return made_anew(known.content, known.media_type, LONG_WORK) if known.media_type.startswith("as-sent/") else known


def heard(content):
    with av.open(io.BytesIO(content)) as sound:
        parts = [frame.to_ndarray() for frame in sound.decode(audio=0)]
    return np.concatenate(parts, axis=1)[0]


def first_picture(content):
    with av.open(io.BytesIO(content)) as film:
        return next(film.decode(video=0)).to_ndarray(format="gray")


@pytest.mark.parametrize("name", SOUNDS)
def test_a_recording_of_every_kind_is_made_anew_and_can_be_heard(name):
    known = ready(a_sound(name))
    assert (known.media_type, known.is_re_encoded) == ("audio/mp4", True)
    assert b"SecretPhoneMaker" not in known.content
    tone = heard(known.content)
    assert 0.8 < len(tone) / 24_000 < 1.3
    assert np.abs(tone[4_000:20_000]).mean() > 0.05


@pytest.mark.parametrize("name", FILMS)
def test_a_video_of_every_kind_stays_a_video(name):
    content = a_film(name)
    assert known_file(content).media_type == FILM_AS_SENT
    known = ready(content)
    assert (known.media_type, known.is_re_encoded) == ("video/mp4", True)
    assert b"SecretPhoneMaker" not in known.content
    picture = first_picture(known.content)
    assert picture[:, :40].mean() < 60
    assert picture[:, -40:].mean() > 180
    with av.open(io.BytesIO(known.content)) as film:
        assert len(film.streams.audio) == (0 if name == "silent" else 1)


def test_a_video_is_made_small_without_being_bent():
    with av.open(io.BytesIO(ready(a_film(size=(1280, 720), seconds=0.4)).content)) as film:
        assert (film.streams.video[0].width, film.streams.video[0].height) == (852, 480)


def test_a_video_plays_at_its_own_speed_with_sound_and_picture_together():
    with av.open(io.BytesIO(ready(a_film(seconds=3)).content)) as film:
        lengths = [float(stream.duration * stream.time_base) for stream in film.streams]
    assert lengths == pytest.approx([3, 3], abs=0.2)


def test_a_cover_is_no_video():
    made = io.BytesIO()
    with av.open(io.BytesIO(a_wave())) as source, av.open(made, "w", format="mp4") as target:
        sound = target.add_stream("aac", rate=8_000)
        cover = target.add_stream("mjpeg", rate=1)
        cover.width, cover.height, cover.pix_fmt = 32, 32, "yuvj420p"
        cover.disposition = av.stream.Disposition.attached_pic
        target.mux(cover.encode(av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), "uint8"), "rgb24")))
        target.mux(cover.encode(None))
        for frame in source.decode(audio=0):
            frame.pts = None
            target.mux(sound.encode(frame))
        target.mux(sound.encode(None))
    assert known_file(made.getvalue()).media_type == "audio/mp4"


@pytest.mark.parametrize("name", ["mp3", "aac", "ogg opus"])
def test_a_packet_that_is_broken_costs_no_more_than_itself(name):
    whole = a_sound(name, seconds=4)
    middle = len(whole) // 2
    broken = whole[:middle] + bytes(40) + whole[middle + 40 :]
    assert len(heard(ready(broken).content)) / 24_000 > 3


def test_the_first_half_of_a_recording_that_was_cut_is_kept():
    whole = a_sound("mp3", seconds=4)
    assert len(heard(ready(whole[: len(whole) // 2]).content)) / 24_000 > 1.5


@pytest.mark.parametrize(("content", "more"), [(a_wave(seconds=3), {}), (a_film(seconds=3), {})], ids=["sound", "film"])
def test_what_is_longer_than_it_may_be_is_told(content, more):
    with pytest.raises(NotTaken) as told:
        decode(Work.RECORDING, content, BEHIND, most_seconds=1, **more)
    assert told.value.reason is Reason.TOO_LONG


def test_a_long_recording_is_kept_as_it_came_until_it_is_made_anew_behind_the_page(monkeypatch):
    monkeypatch.setattr("portal.files.kinds.MAX_AT_ONCE", 2)
    known = known_file(a_wave(seconds=4))
    assert (known.media_type, known.is_re_encoded) == ("as-sent/sound", False)
    assert len(heard(ready(known.content).content)) / 24_000 == pytest.approx(4, abs=0.3)
