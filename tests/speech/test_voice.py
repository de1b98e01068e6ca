"""A line as sound: someone's recording before a made voice, and nothing kept of what a child or we wrote to them."""

import io
import subprocess

import av
import pytest

from portal.speech import voice
from portal.speech.voice import VOICES, NoVoice, has_voice, make_line, name_of, read_aloud
from tests.factories.files import a_wave
from tests.factories.web import fill_in, page_of


def seconds_of(sound):
    with av.open(io.BytesIO(sound)) as opened:
        return sum(frame.samples for frame in opened.decode(audio=0)) / voice.RATE


@pytest.mark.parametrize("language", VOICES)
def test_there_is_a_voice_for_every_language_but_sorani(language, tmp_path):
    words = {"ar": "نحن نستمع إليك", "fa": "ما به تو گوش می‌دهیم", "ur": "ہم آپ کی بات سنتے ہیں", "uk": "Ми слухаємо"}
    assert seconds_of(read_aloud([words.get(language, "one two three")], language, tmp_path)) > 0.5


def test_sorani_has_none_and_says_so(tmp_path):
    assert not has_voice("ckb")
    with pytest.raises(NoVoice):
        read_aloud(["x"], "ckb", tmp_path)


def test_a_recording_replaces_the_made_voice_of_its_line_alone(tmp_path):
    lines = ["Thank you.", "We have got it."]
    made = read_aloud(lines, "en", tmp_path)
    recordings = tmp_path / "voice" / "en"
    recordings.mkdir(parents=True)
    (recordings / f"{name_of(lines[0])}.wav").write_bytes(a_wave(seconds=7))
    heard = read_aloud(lines, "en", tmp_path)
    assert seconds_of(heard) > 7
    assert heard.endswith(read_aloud(lines[1:], "en", tmp_path))
    assert heard != made


def test_a_line_made_before_is_not_made_again(tmp_path):
    assert make_line("Start", "en", tmp_path)
    assert not make_line("Start", "en", tmp_path)


def test_reading_aloud_keeps_nothing_on_the_disk(tmp_path):
    read_aloud(["what a child wrote"], "en", tmp_path)
    assert list(tmp_path.rglob("*")) == []


def test_a_very_long_page_is_read_as_far_as_a_phone_would_listen(tmp_path, monkeypatch):
    monkeypatch.setattr(voice, "MAX_LETTERS", 40)
    whole = read_aloud(["one two three four five six"] * 50, "en", tmp_path)
    assert seconds_of(whole) < 8


def test_without_espeak_there_is_no_listen_and_the_page_is_whole(client, monkeypatch):
    voice.speaker.cache_clear()
    monkeypatch.setattr("shutil.which", lambda name: None)
    try:
        page = page_of(client.get("/y/"))
        assert "<audio" not in page
        assert client.get("/y/?sound=1").status_code == 404
    finally:
        voice.speaker.cache_clear()


@pytest.mark.parametrize("address", ["/y/", "/y/1", "/y/4", "/y/more/feel", "/help", "/y/back"])
def test_every_screen_can_be_listened_to_at_its_own_address(client, address):
    fill_in(client, "/y/")
    assert f'src="{address}?sound=1"' in page_of(client.get(address))
    answer = client.get(f"{address}?sound=1")
    assert answer.mimetype == "audio/mpeg"
    assert answer.headers["Cache-Control"] == "no-store"
    assert seconds_of(answer.data) > 2


def test_a_phone_can_ask_for_a_piece(client):
    answer = client.get("/y/?sound=1", headers={"Range": "bytes=0-99"})
    assert (answer.status_code, len(answer.data)) == (206, 100)


def test_listening_changes_nothing(app, client):
    fill_in(client, "/y/")
    before = page_of(client.get("/y/6"))
    client.get("/y/6?sound=1")
    assert page_of(client.get("/y/6")).split("<main")[1].split("csrf")[0] == before.split("<main")[1].split("csrf")[0]


def test_staff_pages_are_not_read_aloud(client):
    assert client.get("/staff/sign-in?sound=1").mimetype == "text/html"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Call 999. Ask for the police.", "Call 9 9 9. Ask for the police."),
        ("Childline on 0800 1111.", "Childline on 0 8 0 0, 1 1 1 1."),
        ("At night, call 01632 960 002.", "At night, call 0 1 6 3 2, 9 6 0, 0 0 2."),
        ("Press 55 when", "Press 5 5 when"),
        ("اتصل بالرقم 999", "اتصل بالرقم 9 9 9"),
        ("Type 7kq2 here", "Type 7 k q 2 here"),
        ("By Monday 15 June 2026, in 10 working days", "By Monday 15 June 2026, in 10 working days"),
        ("We clear this page in 60 minutes", "We clear this page in 60 minutes"),
    ],
)
def test_phone_numbers_and_codes_are_read_digit_by_digit_in_every_language(line, told):
    assert voice.digit_by_digit(line) == told


def test_what_is_said_aloud_is_taken_apart(monkeypatch):
    said = []
    monkeypatch.setattr(subprocess, "run", lambda asked, **more: said.append(more["input"]) or type("", (), {"stdout": b""}))
    voice.spoken("Call 999", "en")
    assert said == [b"Call 9 9 9"]
