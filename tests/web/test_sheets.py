"""A table is read alike from CSV and from a spreadsheet, and a bad one is refused in words."""

import io
import zipfile

import pytest

from portal.web.sheets import SheetRefused, day_of, read_sheet, write_sheet

COLUMNS = ("name", "day", "words")


MAIN, KINDS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/package/2006"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = {
    "[Content_Types].xml": f"""<Types xmlns="{KINDS}/content-types"><Default Extension="xml" ContentType="application/xml"/>
        <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{KINDS}/relationships">
        <Relationship Id="r1" Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
    "xl/workbook.xml": f"""<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}">
        <sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": f"""<Relationships xmlns="{KINDS}/relationships">
        <Relationship Id="r1" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>""",
}


def cell(text, place=""):
    where = f'r="{place}" ' if place else ""
    return f'<c {where}t="inlineStr"><is><t>{text}</t></is></c>'


def spreadsheet(*rows):
    """An XLSX as small as one can be: a sheet of inline text, made by hand so that it needs no library."""
    return packed_sheet("".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows))


def packed_sheet(cells):
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in (PARTS | {"xl/worksheets/sheet1.xml": sheet}).items():
            packed.writestr(name, f'<?xml version="1.0"?>{text}')
    return made.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"name,day,words\nSam,2026-01-02,Thanks\n",
        "\ufeffName;Day;Words\r\nSam;2026-01-02;Thanks\r\n".encode(),
        spreadsheet(("Name", "Day", "Words"), ("Sam", "2026-01-02", "Thanks")),
    ],
)
def test_every_shape_of_a_table_gives_the_same_rows(content):
    rows = read_sheet(content, COLUMNS, ("name",))
    assert [dict(row.cells) for row in rows] == [{"name": "Sam", "day": "2026-01-02", "words": "Thanks"}]
    assert rows[0].line == 2
    assert read_sheet(write_sheet(rows, COLUMNS).encode(), COLUMNS, ("name",)) == rows


def test_lines_and_quotes_within_a_cell_stay():
    rows = read_sheet(b'name,words\nSam,"two\nlines, ""so"""\n\n', COLUMNS, ("name",))
    assert rows[0].cells["words"] == 'two\nlines, "so"'
    assert len(rows) == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"name,shoe\n", "'shoe' is not known"),
        (b"day\n", "'name' is missing"),
        (b"name,name\n", "there twice"),
        (b"name\nx\x00y\n", "not a table"),
        (b"PK\x03\x04 nothing", "cannot be read"),
        (b"name\n" + b"x\n" * 5_001, "more than 5,000 rows"),
        (b"name\n" + b"x" * 50_001, "more than 50,000 characters"),
        (b"x" * (5 * 1024 * 1024 + 1), "too large"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(content, sentence):
    with pytest.raises(SheetRefused, match=sentence):
        read_sheet(content, COLUMNS, ("name",))


def test_a_spreadsheet_that_swells_is_not_unpacked():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (61 * 1024 * 1024))
    with pytest.raises(SheetRefused, match="holds too much"):
        read_sheet(bomb.getvalue(), COLUMNS, ("name",))


@pytest.mark.parametrize("place", ["XFD1048576", "ZZ100000"])
def test_one_cell_far_away_takes_nothing_down(place):
    row = "".join(character for character in place if character.isdigit())
    far = f'<row r="1">{cell("name", "A1")}</row><row r="{row}">{cell("x", place)}</row>'
    with pytest.raises(SheetRefused, match="cannot be read"):
        read_sheet(packed_sheet(far), COLUMNS, ("name",))


@pytest.mark.parametrize(
    ("text", "year"), [("2026-05-31", 2026), ("31/05/2026", 2026), ("05/31/2026", None), ("soon", None)]
)
def test_a_day_is_read_as_it_is_written_here(text, year):
    assert (day_of(text).year if day_of(text) else None) == year
