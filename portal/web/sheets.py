"""Tables that people bring: CSV, or a spreadsheet (XLSX, XLS or ODS). One reading for every import."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from portal.cage.running import BEHIND, CageBroken, CageBusy, Work, decode

MAX_SHEET_SIZE, MAX_INSIDE_SIZE = 5 * 1024 * 1024, 60 * 1024 * 1024
MAX_ROWS, MAX_COLUMNS, MAX_CELL_LENGTH, MAX_TROUBLES = 5_000, 100, 50_000, 5
SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class SheetRefused(Exception):
    """A table that cannot be read; its words say why and what to do."""


@dataclass(frozen=True)
class SheetRow:
    """One row: its line in the file, and what stands under each column."""

    line: int
    cells: Mapping[str, str]


def read_sheet(content: bytes, columns: Iterable[str], needed: Iterable[str]) -> list[SheetRow]:
    """The rows of a table with these columns, in any order. Raises SheetRefused, naming each column that is wrong."""
    if len(content) > MAX_SHEET_SIZE:
        raise SheetRefused("This file is too large. Send up to 5 MB at a time.")
    table = _spreadsheet(content) if content.startswith(SPREADSHEETS) else _csv(content)
    if not table:
        raise SheetRefused("This file is empty. Choose another one.")
    names = [name.strip().lower().replace(" ", "_") for name in table[0][1]]
    columns = list(columns)
    wrong = [f"The column {name!r} is not known." for name in names if name and name not in columns]
    wrong += [f"The column {name!r} is missing." for name in needed if name not in names]
    wrong += [f"The column {name!r} is there twice." for name in dict.fromkeys(names) if name and names.count(name) > 1]
    if wrong:
        raise SheetRefused(" ".join([*wrong[:MAX_TROUBLES], f"The columns are: {', '.join(columns)}."]))
    if len(table) - 1 > MAX_ROWS:
        raise SheetRefused(f"This file has more than {MAX_ROWS:,} rows. Send it in parts.")
    return [SheetRow(line, dict(_cells(names, row, line))) for line, row in table[1:] if any(cell.strip() for cell in row)]


def write_sheet(rows: Iterable[SheetRow], columns: Iterable[str]) -> str:
    """The same rows as CSV, as a page holds them between looking and adding."""
    out = io.StringIO(newline="")
    columns = list(columns)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row.cells.get(name, "") for name in columns] for row in rows)
    return out.getvalue()


def day_of(text: str) -> date | None:
    """A day written like 2026-05-31, or 31/05/2026 as spreadsheets here write it; None for anything else."""
    for shape in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _cells(names: list[str], row: list[str], line: int) -> Iterable[tuple[str, str]]:
    for place, name in enumerate(names):
        cell = row[place].strip() if place < len(row) else ""
        if len(cell) > MAX_CELL_LENGTH or "\x00" in cell:
            raise SheetRefused(f"Line {line}, {name}: it has more than {MAX_CELL_LENGTH:,} characters, or is no text.")
        if name:
            yield name, cell


def _csv(content: bytes) -> list[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")  # what a spreadsheet here writes as plain CSV
    if "\x00" in text:
        raise SheetRefused("This is not a table. Send CSV or a spreadsheet (XLSX or ODS).")
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")
    try:
        return [(reader.line_num, row) for row in reader]
    except csv.Error as trouble:
        raise SheetRefused(f"Line {reader.line_num}: this is not CSV ({trouble}).") from trouble


def _spreadsheet(content: bytes) -> list[tuple[int, list[str]]]:
    """The first sheet. What is packed in it is measured before it is unpacked."""
    try:
        if content.startswith(b"PK") and sum(one.file_size for one in zipfile.ZipFile(io.BytesIO(content)).infolist()) > (
            MAX_INSIDE_SIZE
        ):
            raise SheetRefused("This spreadsheet holds too much. Save only the table as CSV and send that.")
        rows, _ = decode(Work.SPREADSHEET, content, BEHIND, most_rows=MAX_ROWS + 2, most_columns=MAX_COLUMNS)
    except CageBusy as trouble:
        raise SheetRefused("Many files are coming in just now. Wait a minute, then send it again.") from trouble
    except (CageBroken, zipfile.BadZipFile) as trouble:
        raise SheetRefused("This spreadsheet cannot be read. Save it as CSV and send that.") from trouble
    return list(enumerate(rows, start=1))
