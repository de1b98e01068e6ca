"""What stands in a spreadsheet, as text: to be read and searched, never calculated."""

import io

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from portal.cage.spreadsheets import written

MOST_SHEETS, MOST_ROWS, MOST_COLUMNS = 20, 500, 50


def decode(content: bytes) -> tuple[dict[str, str], bytes]:
    """The rows of each sheet below its name; says of a sheet when it was hidden, and how many rows more it has."""
    book, parts = CalamineWorkbook.from_filelike(io.BytesIO(content)), []
    for about in book.sheets_metadata[:MOST_SHEETS]:
        if str(about.typ) != "SheetTypeEnum.WorkSheet":
            continue
        sheet = book.get_sheet_by_name(about.name)
        rows = sheet.to_python(nrows=MOST_ROWS)
        hidden = "" if about.visible == SheetVisibleEnum.Visible else " (hidden)"
        lines = ["\t".join(written(cell) for cell in row[:MOST_COLUMNS]).rstrip() for row in rows]
        more, cut = sheet.total_height - len(rows), sheet.total_width - MOST_COLUMNS
        lines += [f"... and {cut} columns more"] if cut > 0 else []
        lines += [f"... and {more} rows more"] if more > 0 else []
        parts.append("\n".join([f"{about.name}{hidden}", *lines]))
    more_sheets = len(book.sheets_metadata) - MOST_SHEETS
    parts += [f"... and {more_sheets} sheets more"] if more_sheets > 0 else []
    return {"words": "\n\n".join(parts)}, b""
