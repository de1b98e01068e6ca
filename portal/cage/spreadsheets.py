"""The rows of a spreadsheet: one far cell in it may fill gigabytes."""

import io
from datetime import datetime, time
from typing import Any

from python_calamine import CalamineWorkbook


def decode(content: bytes, *, most_rows: int, most_columns: int) -> tuple[list[list[str]], bytes]:
    """The first rows and columns of the first sheet, as text."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return [[written(cell) for cell in row[:most_columns]] for row in sheet.to_python(nrows=most_rows)], b""


def written(cell: Any) -> str:
    """A cell as text: a day as people write it, a whole number without its point."""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(" ", "minutes")
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
