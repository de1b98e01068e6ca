"""A spreadsheet is opened by a process of its own, with little memory and time: one far cell in it may fill gigabytes.

Run as a program, it reads the file from standard input and writes the rows of the first sheet as JSON.
"""

import io
import json
import subprocess
import sys
from datetime import datetime, time
from typing import Any

MOST_MEMORY, MOST_SECONDS = 1024 * 1024 * 1024, 60


class SpreadsheetBroken(Exception):
    """A spreadsheet that cannot be opened, or that takes too much to open."""


def rows_of(content: bytes, most_rows: int, most_columns: int) -> list[list[str]]:
    """The first rows and columns of the first sheet, as text. Raises SpreadsheetBroken."""
    asked = [sys.executable, "-I", __file__, str(most_rows), str(most_columns)]
    try:
        done = subprocess.run(asked, input=content, capture_output=True, timeout=MOST_SECONDS, check=True)  # noqa: S603
        rows: list[list[str]] = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.SubprocessError) as trouble:
        raise SpreadsheetBroken from trouble
    return rows


def _written(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(" ", "minutes")
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _main() -> None:
    # Under a limit where the system has one; elsewhere what is far too much ends this process, and no other.
    from python_calamine import CalamineWorkbook

    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    most_rows, most_columns = int(sys.argv[1]), int(sys.argv[2])
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read())).get_sheet_by_index(0)
    json.dump([[_written(cell) for cell in row[:most_columns]] for row in sheet.to_python(nrows=most_rows)], sys.stdout)


if __name__ == "__main__":
    _main()
