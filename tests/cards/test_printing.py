"""What is printed: read back by a scanner at a low resolution and with a blot, with boxes, embedded type and tags."""

import io

import pikepdf
import pytest
import zxingcpp
from PIL import Image, ImageDraw

from portal.cards.content import LANGUAGES, content
from portal.cards.printing import PRINTS, print_pdf, squares
from portal.cards.routes import pictures
from portal.cards.services import make_batch
from portal.clock import now
from portal.config import DEMO_COUNCIL, Council
from portal.people.roles import Role
from portal.printing import draw_print
from tests.factories.web import page_of

SITE, CODE = "https://yoursay.example.gov.uk", "7KQ2"
ADDRESS = f"{SITE}/c/{CODE}".upper()
MM = 72 / 25.4


def made(what, language="en"):
    return print_pdf(what, language, CODE, SITE, DEMO_COUNCIL, pictures())


@pytest.fixture
def raster(monkeypatch):
    """The pages of a print as pictures, at so many dots an inch."""

    def at(what, dots, language="en"):
        def draw(template, inputs):
            return draw_print(template, inputs, dots)

        with monkeypatch.context() as here:
            here.setattr("portal.cards.printing.compile_print", draw)
            here.setattr("portal.cards.printing._boxed", lambda pages, boxes: pages)
            return [Image.open(io.BytesIO(page)).convert("RGB") for page in made(what, language)]

    return at


def codes_on(picture):
    return {code.text for code in zxingcpp.read_barcodes(picture)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", PRINTS)
def test_every_printed_code_is_read_back_at_60_dots_an_inch(in_app, raster, what, language, record_property):
    found = set().union(*(codes_on(page) for page in raster(what, 60, language)))
    record_property("bar 25, prints read back at 60 dpi", f"{len(PRINTS)} in {len(LANGUAGES)} languages")
    assert found == {ADDRESS}


def test_a_blot_over_a_twentieth_of_the_code_is_forgiven(in_app, raster, record_property):
    card = raster("card", 150)[0]
    [code] = zxingcpp.read_barcodes(card)
    left, top = code.position.top_left.x, code.position.top_left.y
    side = code.position.bottom_right.x - left
    blot = int(side * 0.05**0.5)
    read = 0
    for step in range(20):
        x, y = left + (step % 5) * (side - blot) // 4, top + (step // 5) * (side - blot) // 3
        spoilt = card.copy()
        ImageDraw.Draw(spoilt).ellipse((x, y, x + blot, y + blot), fill="black")
        read += codes_on(spoilt) == {ADDRESS}
    record_property("bar 25, read with a blot of 5% in 20 places", f"{read} of 20")
    assert read >= 14


def test_the_code_is_28_millimetres_at_level_q_in_capitals():
    assert len(squares(f"{SITE}/c/{CODE}".lower())) == 29  # version 3 at level Q, as capitals alone allow


def test_a_press_print_carries_its_boxes(in_app, record_property):
    for what, size, bleed in (("card", (85, 55), 3), ("leaflet", (297, 210), 3)):
        for page in pikepdf.open(io.BytesIO(made(what))).pages:
            trim, outer = ([float(part) / MM for part in page.obj[name]] for name in ("/TrimBox", "/BleedBox"))
            assert (round(trim[2] - trim[0], 1), round(trim[3] - trim[1], 1)) == size
            assert {round(abs(one - other), 1) for one, other in zip(trim, outer, strict=True)} == {bleed}
    record_property("bar 26, card", "trim 85 x 55 mm, bleed 3 mm, type embedded, tagged, CMYK")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", PRINTS)
def test_type_is_embedded_the_pdf_is_tagged_and_ink_is_cmyk(in_app, what, language):
    pdf = pikepdf.open(io.BytesIO(made(what, language)))
    fonts = [
        thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
    ]
    assert fonts
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang).startswith(language)
    drawn = b"".join(page.Contents.read_bytes() for page in pdf.pages)
    assert b" k\n" in drawn or b" k " in drawn or b"scn" in drawn


def test_a_number_that_the_council_has_not_set_is_left_out():
    told = content("en", Council(), "yoursay.example")
    assert not any("{" in line for line in [*told["more"], *(line for panel in told["leaflet"] for line in panel["lines"])])


def test_each_language_says_the_same_things():
    def shape(told):
        if isinstance(told, dict):
            return {name: shape(value) for name, value in told.items() if name not in ("picture",)}
        return [shape(one) for one in told] if isinstance(told, list) else type(told)

    assert shape(content("en", DEMO_COUNCIL, "x")) == shape(content("cy", DEMO_COUNCIL, "x"))


def test_the_front_says_nothing_that_gives_a_child_away():
    for language in LANGUAGES:
        card = content(language, DEMO_COUNCIL, "x")["card"]
        front = (card["title"] + card["front"] + card["scan_me"]).lower()
        assert not any(word in front for word in ("complain", "social", "council", "cwyn", "cymdeithasol", "cyngor"))


def test_staff_get_each_print_as_a_pdf(app, staff):
    with app.app_context():
        code = make_batch("Team", 25, at=now()).code
    admin = staff(Role.ADMINISTRATOR)
    for what in PRINTS:
        answer = admin.get(f"/staff/cards/{code}/{what}.pdf")
        assert answer.data.startswith(b"%PDF-")
    assert code in page_of(admin.get("/staff/cards/"))
