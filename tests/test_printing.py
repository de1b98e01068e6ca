"""Whatever a family is called and whatever it writes with, a letter to it prints; what cannot be printed is named."""

import io
import json
import re
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from portal.config import DEMO_COUNCIL
from portal.printing import (
    OF_THE_SYSTEM,
    CannotBePrinted,
    compile_print,
    draw_print,
    in_letters_that_print,
    is_written_from_right,
    letter_pdf,
)

NAMES = {  # ordinary names in the scripts that families here write
    "Polish": "Łukasz Wójcik-Żółć",
    "Romanian": "Ștefan Țurcanu",
    "Welsh": "Siân Ŵyn Llŷr",
    "Vietnamese": "Nguyễn Thị Hường",
    "Yoruba": "Ọlárónkẹ́ Adéṣọlá",
    "Igbo": "Ńkechi Ụzọamaka",
    "Turkish": "Gülşah Yılmaz İnan",
    "Greek": "Σοφία Παπαδοπούλου",
    "Ukrainian": "Олена Ґудзь",
    "Bulgarian": "Ивайло Щерев",
    "Arabic": "فاطمة الزهراء",
    "Sorani": "ژیان ڕۆژبەیانی",
    "Urdu": "ٹیپو چوہدری",
    "Pashto": "ښایسته ځوان",
    "Persian": "پروین گلستانی",
    "Hindi": "प्रीति शर्मा",
    "Tamil": "முருகன் செல்வி",
}
OF_DEBIAN = {
    "Tigrinya": "ትርሓስ ገብረ",
    "Bengali": "রহিমা খাতুন",
    "Punjabi": "ਗੁਰਪ੍ਰੀਤ ਕੌਰ",
    "Gujarati": "પ્રીતિ પટેલ",
    "Chinese": "陈伟 王芳",
}
MARKS = {  # what word processors and telephones put into a text, and what becomes of it
    "a bullet of Symbol": ("\uf0b7 first", "• first"),
    "a bullet of Wingdings": ("\uf0a7 first", "• first"),
    "a mark of byte order": ("\ufeffHello", "Hello"),
    "a line separator": ("one\u2028two", "one\ntwo"),
    "a picture": ("so 😡", "so [pouting face]"),
    "letters in two pieces": ("Zoe\u0308", "Zoë"),
}


def made(words, **more):
    return letter_pdf(words, "Our answer", DEMO_COUNCIL, date(2026, 6, 1), **more)


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_a_letter_to_a_family_of_any_script_prints(name):
    assert in_letters_that_print(name) == name
    assert made(f"Dear {name}\n\n{name}", to=(name, "1 Street")).startswith(b"%PDF")


@pytest.mark.skipif(not all(folder.is_dir() for folder in OF_THE_SYSTEM), reason="fonts-noto is not installed")
@pytest.mark.parametrize("name", OF_DEBIAN.values(), ids=OF_DEBIAN.keys())
def test_more_scripts_print_where_their_fonts_are_installed(name):
    assert made(f"Dear {name}").startswith(b"%PDF")


@pytest.mark.parametrize(("typed", "printed"), MARKS.values(), ids=MARKS.keys())
def test_what_word_processors_put_in_stops_no_letter(typed, printed):
    assert in_letters_that_print(typed) == printed
    assert made(typed).startswith(b"%PDF")


MARKS_UNSEEN = ["\u2011", "\u00a0", "\u202f", "\u200b", "\u00ad", "\u200d", "\u2060", "\u202b", "\u0000", "ﬁ", "…"]


@pytest.mark.parametrize("mark", MARKS_UNSEEN)
def test_marks_that_nobody_sees_and_old_shapes_of_letters_stop_no_letter(mark):
    assert made(f"well{mark}known").startswith(b"%PDF")


def test_what_cannot_be_printed_is_named_by_its_number():
    with pytest.raises(CannotBePrinted, match=re.escape("\ue123 (U+E123)")):
        made("A sign of our own: \ue123")


@pytest.mark.parametrize(
    ("text", "is_from_right"),
    [("Hello سلام", False), ("سلام Hello", True), ("- 12: سلام", True), ("12", False), ("", False), ("שלום", True)],
)
def test_a_paragraph_runs_as_its_first_letter_says(text, is_from_right):
    assert is_written_from_right(text) is is_from_right


def drawn(words):
    told = {"title": "x", "council": "", "address": [], "on": "", "to": [], "points": 14, "letterhead": False}
    block = {"heading": False, "words": words, "from_right": is_written_from_right(words)}
    (page,) = draw_print("letter.typ", {"letter": json.dumps(told | {"blocks": [block]})}, 40)
    ink = ImageChops.invert(Image.open(io.BytesIO(page)).convert("L")).crop((0, 48, 331, 400))
    return ink.getbbox()


def test_arabic_stands_on_the_right_of_the_sheet():
    assert drawn("اتصل بنا")[0] > 200
    assert drawn("Ring us")[2] < 120


def test_a_telephone_number_in_arabic_is_read_from_the_left():
    with pypdfium2.PdfDocument(made("اتصل بنا على 0800 1111 اليوم.")) as pdf:
        text = pdf[0].get_textpage()
        boxes = [(text.get_text_range(place, 1), text.get_charbox(place)) for place in range(text.count_chars())]
    at = {letter: box[0] for letter, box in boxes if 500 < box[1] < 600}  # the paragraph, without date and page number
    assert at["8"] < at["1"]


def test_a_letter_with_marks_of_its_own_does_not_fall_apart():
    with pypdfium2.PdfDocument(made("kẹ́k")) as pdf:
        text = pdf[0].get_textpage()
        words = text.get_text_range()
        first, last = words.rindex("k", 0, words.rindex("k")), words.rindex("k")
        width = text.get_charbox(last)[0] - text.get_charbox(first)[0]
    assert width < 25  # points: three letters of fourteen


def test_a_letter_in_any_script_says_that_it_is_accessible():
    with pikepdf.open(io.BytesIO(made("\n\n".join(NAMES.values())))) as pdf:
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()


def test_every_print_is_made_of_the_same_faces():
    folder = Path(__file__).parents[1] / "templates" / "print"
    for name in ("letter.typ", "thanks.typ"):
        assert "in-our-type" in (folder / name).read_text(encoding="utf-8")
    assert compile_print("letters.typ", {"letters": "a"}).startswith(b"%PDF")
