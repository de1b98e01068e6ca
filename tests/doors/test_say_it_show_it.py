"""Recordings and photos: taken by plain file inputs, made anew at once, wiped with the draft, kept on the case."""

import io

import pytest
from PIL import Image
from sqlalchemy import func, select

from portal.cases.models import Case, Kind
from portal.compliments.models import Compliment
from portal.database import db
from portal.doors.child.forms.screens import NOT_OPENED, TOO_MANY_FILES
from portal.files.models import StoredFile
from portal.files.queries import file_of
from portal.intake.models import DraftFile
from tests.factories.files import a_recording
from tests.factories.web import errors_on, fill_in, page_of


def a_photo():
    made, place = io.BytesIO(), Image.Exif()
    place[0x0110] = "a phone that can be traced"
    Image.new("RGB", (40, 30), "red").save(made, "JPEG", exif=place)
    return made.getvalue()


def begin(client, kind="wrong"):
    fill_in(client, "/y/")
    fill_in(client, "/y/2", kind=kind)


def show(client, **files):
    return fill_in(client, "/y/4", **{name: (io.BytesIO(held), "../../me.jpg") for name, held in files.items()})


def count(app, model):
    with app.app_context():
        return db.session.scalars(select(func.count()).select_from(model)).one()


def test_a_photo_alone_is_enough_and_its_phone_is_not_kept(app, client):
    begin(client)
    assert show(client, photo=a_photo()).location == "/y/5"
    assert "A photo 1" in page_of(client.get("/y/6"))
    fill_in(client, "/y/6")
    with app.app_context():
        kept = db.session.scalars(select(StoredFile)).one()
        held = file_of(kept.case_id, kept.public_id).content
        case = db.session.get(Case, kept.case_id)
        assert case.reads_first_why == "picture"
    assert b"traced" not in held
    assert kept.name == "me.jpg"


def test_a_recording_and_a_photo_go_together(app, client):
    begin(client)
    show(client, voice=a_recording(), photo=a_photo())
    fill_in(client, "/y/6")
    assert count(app, StoredFile) == 2


def test_leaving_wipes_them_and_so_does_sending(app, client):
    begin(client)
    show(client, photo=a_photo())
    assert count(app, DraftFile) == 1
    client.get("/leave")
    assert count(app, DraftFile) == 0
    begin(client)
    show(client, photo=a_photo())
    fill_in(client, "/y/6")
    assert count(app, DraftFile) == 0


def test_one_can_be_taken_away_again(app, client):
    begin(client)
    show(client, photo=a_photo())
    fill_in(client, "/y/4", "/y/4/away")
    assert count(app, DraftFile) == 0


def test_nobody_takes_away_what_another_visitor_added(app, client):
    begin(client)
    show(client, photo=a_photo())
    with app.app_context():
        file_id = db.session.scalars(select(DraftFile.id)).one()
    other = app.test_client()
    begin(other)
    show(other, photo=a_photo())
    fill_in(other, "/y/4", "/y/4/away", take_away=str(file_id))
    assert count(app, DraftFile) == 2


def test_what_cannot_be_opened_is_refused_kindly_and_the_words_stay(app, client):
    begin(client)
    answer = fill_in(client, "/y/4", words="my own words", photo=(io.BytesIO(b"MZ\x90\x00 a program"), "x.exe"))
    assert errors_on(page_of(answer)) == NOT_OPENED
    assert "my own words" in page_of(answer)
    assert count(app, DraftFile) == 0


def test_six_are_enough(client):
    begin(client)
    for _ in range(6):
        show(client, photo=a_photo())
    assert errors_on(page_of(show(client, photo=a_photo()))) == TOO_MANY_FILES


def test_thanks_with_a_picture_are_thanks_and_are_looked_at_first(app, client):
    begin(client, kind="good")
    show(client, photo=a_photo())
    fill_in(client, "/y/6")
    assert count(app, Compliment) == 1
    with app.app_context():
        case = db.session.scalars(select(Case)).one()
        assert (case.kind, case.is_read_first) == (Kind.COMMENT, True)


@pytest.mark.parametrize("name", ["voice", "photo"])
def test_the_inputs_open_the_phones_own_recorder_and_camera(begun, name):
    page = page_of(begun.get("/y/4"))
    field = page.split(f'id="{name}" name="{name}"')[1].split(">")[0]
    assert "accept=" in field
    assert 'enctype="multipart/form-data"' in page


@pytest.mark.parametrize("number", ["9" * 25, "9" * 5000, "-1", "x", "²"])
def test_nonsense_in_place_of_a_file_never_fails(client, number):
    begin(client)
    show(client, photo=a_photo())
    assert fill_in(client, "/y/4", "/y/4/away", take_away=number).status_code in (200, 302)
