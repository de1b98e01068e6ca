"""The film: about a minute, small, captions for every word, a play counted once."""

import io
import re
import shutil
from itertools import pairwise

import av
import pytest
from PIL import Image
from sqlalchemy import select

from portal.cards.models import UNKNOWN_BATCH, CardCount
from portal.cards.services import make_batch
from portal.clock import now
from portal.database import db
from portal.film.captions import FASTEST, MAX_ROW_LENGTH, ROWS, as_vtt, cues
from portal.film.drawing import frame
from portal.film.making import FILES, MAX_SIZE, film_folder, make_film
from portal.film.scenes import LANGUAGES, film_in
from portal.printing import draw_print
from tests.factories.files import a_wave
from tests.factories.web import fill_in, page_of

pytestmark = pytest.mark.xdist_group("film")  # so that it is made once
CUE = re.compile(r"(\d\d):(\d\d):(\d\d\.\d{3}) --> (\d\d):(\d\d):(\d\d\.\d{3})\n((?:.+\n?)+)")


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    """The film, made once for these tests in English."""
    folder = tmp_path_factory.mktemp("instance")
    make_film("en", folder)
    return folder


@pytest.fixture
def with_film(app, instance, tmp_path):
    app.instance_path = str(tmp_path)
    shutil.copytree(film_folder(instance, "en"), film_folder(tmp_path, "en"))
    return app.test_client()


def read_cues(folder):
    text = (folder / "film.vtt").read_text(encoding="utf-8")
    found = CUE.findall(text)
    return [
        (int(a) * 3600 + int(b) * 60 + float(c), int(d) * 3600 + int(e) * 60 + float(f), said.strip())
        for a, b, c, d, e, f, said in found
    ]


def length_of(path):
    with av.open(str(path)) as opened:
        return opened.duration / av.time_base


def test_it_lasts_about_a_minute_and_each_file_is_small(instance, record_property):
    folder = film_folder(instance, "en")
    lengths = {name: length_of(folder / name) for name in FILES if name != "film.vtt"}
    sizes = {name: (folder / name).stat().st_size for name in FILES}
    told = ", ".join(f"{name} {size / 1024:.0f} KB" for name, size in sizes.items())
    record_property("bar 28, film", f"{lengths['film.webm']:.1f} s; {told}")
    assert all(55 <= seconds <= 65 for seconds in lengths.values()), lengths
    assert all(size <= MAX_SIZE for size in sizes.values())


def test_captions_cover_all_that_is_said_and_can_be_read(instance, record_property):
    found = read_cues(film_folder(instance, "en"))
    said = " ".join(" ".join(words.split()) for _, _, words in found)
    assert said == " ".join(line.caption for line in film_in("en").lines)
    fastest = max(len(words) / (end - start) for start, end, words in found)
    record_property("bar 28, captions", f"all {len(found)} of what is said; at most {fastest:.1f} letters a second")
    assert fastest <= FASTEST
    assert all(
        len(words.split("\n")) <= ROWS and max(map(len, words.split("\n"))) <= MAX_ROW_LENGTH for _, _, words in found
    )
    assert all(one[1] <= two[0] + 0.001 for one, two in pairwise(found))


def test_nothing_flashes(instance):
    with av.open(str(film_folder(instance, "en") / "film.webm")) as film:
        light = [sum(frame.to_image().convert("L").resize((8, 8)).tobytes()) / 64 for frame in film.decode(video=0)]
    jumps = [abs(one - two) > 25 for one, two in pairwise(light)]
    assert all(sum(jumps[place : place + 12]) <= 3 for place in range(len(jumps)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_scene_can_be_drawn_and_every_language_has_the_same_scenes(language):
    film = film_in(language)
    assert [line.things for line in film.lines] == [line.things for line in film_in("en").lines]
    for line in film.lines:
        [page] = draw_print("frames.typ", {"frames": f"[{_quoted(frame(line.things, 1.0))}]"}, dots=36)
        assert len(set(Image.open(io.BytesIO(page)).convert("RGB").resize((64, 36)).tobytes())) > 5


def _quoted(text):
    import json

    return json.dumps(text)


def test_a_persons_recording_replaces_its_line_and_sets_new_times(tmp_path):
    folder = tmp_path / "voice" / "en"
    folder.mkdir(parents=True)
    (folder / "film-01.wav").write_bytes(a_wave(seconds=3))
    make_film("en", tmp_path)
    first, second = read_cues(film_folder(tmp_path, "en"))[:2]
    assert first[1] == pytest.approx(3, abs=0.1)
    assert second[0] == pytest.approx(3.55, abs=0.1)


def test_a_long_line_is_shown_in_pieces():
    words = "This is one sentence of some length. And this is another one that is long. And a third one."
    found = cues([(words, 0.0, 9.0)])
    assert len(found) > 1
    assert found[-1].end == pytest.approx(9)
    assert as_vtt(found).startswith("WEBVTT\n\n1\n00:00:00.000 --> ")


def status_of(answer):
    """Its status, with the file behind it shut again."""
    answer.close()
    return answer.status_code


def counts():
    return {(row.batch_id, row.event): row.n for row in db.session.scalars(select(CardCount))}


def test_a_play_is_counted_once_however_much_more_the_player_asks_for(app, with_film, record_property):
    with app.app_context():
        batch = make_batch("Team", 25, at=now())
        code, batch_id = batch.code, batch.id
    where = f"/c/{code}/film/en/film.webm"
    for asked in ("bytes=0-1", "bytes=0-", "bytes=1000-", "bytes=200000-"):
        assert status_of(with_film.get(where, headers={"Range": asked})) == 206
    status_of(with_film.head(where))
    status_of(with_film.get(f"/c/{code}/film/en/film.vtt"))
    with app.app_context():
        record_property("bar 29, plays counted for one play", counts()[batch_id, "film_play"])
        assert counts() == {(batch_id, "film_play"): 1}


def test_watching_to_the_end_is_counted_and_leads_on(app, with_film):
    assert fill_in(with_film, "/film", "/c/none/film").location == "/y/1"
    with app.app_context():
        assert counts() == {(UNKNOWN_BATCH, "film_end"): 1, (UNKNOWN_BATCH, "start"): 1}


def test_the_counters_know_only_day_batch_event_and_number():
    assert {column.name for column in CardCount.__table__.columns} == {"day", "batch_id", "event", "n"}


def test_the_page_has_captions_a_transcript_and_no_film_before_a_tap(with_film):
    page = page_of(with_film.get("/film"))
    assert 'preload="none"' in page
    assert '<track kind="captions"' in page
    assert "autoplay" not in page
    assert all(line.caption in page for line in film_in("en").lines[:3])
    assert "Watch the film" in page_of(with_film.get("/y/"))


def test_a_signed_film_is_shown_where_a_council_has_put_one(with_film, tmp_path):
    assert "In sign language" not in page_of(with_film.get("/film"))
    (film_folder(tmp_path, "en") / "signed.mp4").write_bytes(b"a film")
    assert "In sign language" in page_of(with_film.get("/film"))
    assert status_of(with_film.get("/c/none/film/en/signed.mp4")) == 200


def test_without_the_film_the_site_is_whole(app, tmp_path):
    app.instance_path = str(tmp_path / "nothing")
    client = app.test_client()
    assert "Watch the film" not in page_of(client.get("/y/"))
    page = page_of(client.get("/film"))
    assert "<video" not in page
    assert "What is said" in page
    assert client.get("/c/none/film/en/film.webm").status_code == 404


def test_the_story_and_the_leaflet_can_be_read_without_a_film(client):
    assert page_of(client.get("/film/story")).count('class="still"') == 8
    assert "You will not get in trouble" in page_of(client.get("/leaflet"))


@pytest.mark.parametrize("path", ["/c/x/film/en/..%2f..%2fportal.db", "/c/x/film/xx/film.webm", "/c/x/film/en/film.exe"])
def test_nothing_else_is_given_out(with_film, path):
    assert with_film.get(path).status_code == 404
