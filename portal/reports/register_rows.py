"""The register: one row for each representation, the shape in which councils exchange it. Pure: no database."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from datetime import date
from enum import StrEnum

from portal.cases.models import Disposition
from portal.clock import today
from portal.procedure.eligibility import Complainant
from portal.procedure.findings import Finding
from portal.procedure.receipt import Method, PointOfReceipt
from portal.procedure.reporting_year import FIRST_YEAR
from portal.procedure.stages import StageEnding

COMPLIMENT = "compliment"
KINDS = ("complaint", COMPLIMENT, "comment", "enquiry", "issue")
DISPOSITIONS = (*(disposition.value for disposition in Disposition), "recorded")
LATER_OUTCOMES = (*(finding.value for finding in Finding), *(ending.value for ending in StageEnding))
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
MAX_VALUE_LENGTH = 120
MAX_LENGTH = {"reference": 60, "disposition_reason": 60}


@dataclass(frozen=True)
class RegisterRow:
    """One representation, as text and dates. Empty text means that nothing is known."""

    reference: str
    received_on: date
    kind: str
    method: str
    point_of_receipt: str
    complainant: str
    service_area: str = ""
    subject: str = ""
    sub_subject: str = ""
    disposition: str = ""
    disposition_reason: str = ""
    stage_1_extended: str = ""
    stage_1_responded_on: date | None = None
    stage_1_outcome: str = ""
    stage_2_requested_on: date | None = None
    stage_2_outcome: str = ""
    stage_2_closed_on: date | None = None
    stage_3_requested_on: date | None = None
    stage_3_outcome: str = ""
    stage_3_closed_on: date | None = None

    @property
    def later_stages(self) -> tuple[tuple[int, date | None, str, date | None], ...]:
        """Stages 2 and 3: number, day of the request, result, day it closed."""
        return (
            (2, self.stage_2_requested_on, self.stage_2_outcome, self.stage_2_closed_on),
            (3, self.stage_3_requested_on, self.stage_3_outcome, self.stage_3_closed_on),
        )


COLUMNS = tuple(field.name for field in fields(RegisterRow))
NEEDED_COLUMNS = ("reference", "received_on", "kind", "method", "point_of_receipt", "complainant", "disposition")
DAYS = tuple(column for column in COLUMNS if column.endswith("_on"))


def _values(enum: type[StrEnum]) -> tuple[str, ...]:
    return tuple(code.value for code in enum)


CHOICES: dict[str, tuple[str, ...]] = {
    "kind": KINDS,
    "method": _values(Method),
    "point_of_receipt": _values(PointOfReceipt),
    "complainant": _values(Complainant),
    "disposition": DISPOSITIONS,
    "stage_1_extended": ("yes", "no"),
    "stage_1_outcome": _values(Finding),
    "stage_2_outcome": LATER_OUTCOMES,
    "stage_3_outcome": LATER_OUTCOMES,
}


@dataclass
class BadRegister(Exception):
    """A register that cannot be read: every trouble, each with its line, column and reason."""

    troubles: tuple[str, ...]

    def __str__(self) -> str:
        """The first troubles, and what to do."""
        more = f" And {len(self.troubles) - 5} more." if len(self.troubles) > 5 else ""
        return f"{' '.join(self.troubles[:5])}{more} Nothing of the file was kept: mend it and import it again."


def read_register(text: str) -> list[RegisterRow]:
    """Read a register from CSV. Raises BadRegister with every bad row, so that one mending is enough."""
    return list(read_rows(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def read_rows(lines: Iterable[str]) -> Iterator[RegisterRow]:
    """Read a register from the lines of a CSV file, each row as it comes, up to the first that is bad.

    Raises BadRegister at the end, with every bad row.
    """
    reader = csv.DictReader(lines)
    troubles, seen, on = list[str](), dict[str, int](), today()
    try:
        reader.fieldnames = [name.strip() for name in reader.fieldnames or ()]
        _check_columns(reader.fieldnames)
        for raw in reader:
            line = reader.line_num
            troubles += _row_troubles(raw, line, on)
            reference = (raw.get("reference") or "").strip()
            if reference in seen:
                troubles.append(f"Line {line}, reference: {reference!r} is already on line {seen[reference]}.")
            seen.setdefault(reference, line)
            if not troubles:
                yield _row(raw)
    except csv.Error as trouble:
        troubles.append(f"Line {reader.line_num}: this is not CSV ({trouble}).")
    if troubles:
        raise BadRegister(tuple(troubles))


def write_register(rows: Iterable[RegisterRow]) -> str:
    """Write a register as CSV. What a spreadsheet would run as a formula is written as text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([safe_cell(value) for value in astuple(row)] for row in rows)
    return out.getvalue()


def safe_cell(value: object) -> str:
    """A value as a spreadsheet may hold it: never a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _check_columns(names: Iterable[str]) -> None:
    names = list(names)
    troubles = [f"The column {name!r} is not known." for name in names if name not in COLUMNS]
    troubles += [f"The column {name!r} is missing." for name in NEEDED_COLUMNS if name not in names]
    troubles += [f"The column {name!r} is there twice." for name in dict.fromkeys(names) if names.count(name) > 1]
    if troubles:
        raise BadRegister(tuple(troubles))


def _row_troubles(raw: dict[str, str | None], line: int, on: date) -> list[str]:
    if None in raw or None in raw.values():
        return [f"Line {line}: it does not have as many values as there are columns."]
    troubles = []
    for column, value in raw.items():
        reason = _value_trouble(column, (value or "").strip())
        if reason:
            troubles.append(f"Line {line}, {column}: {reason}.")
    return troubles or [f"Line {line}, {told}." for told in _contradictions(raw, on)]


def _contradictions(raw: dict[str, str | None], on: date) -> list[str]:
    """What good values of a row say against each other, and against the day on which they are read."""
    given = {column: (value or "").strip() for column, value in raw.items()}
    found = []
    if (given["kind"] == COMPLIMENT) != (given["disposition"] == "recorded"):
        found.append("disposition: 'recorded' is for compliments, and compliments have no other")
    for column in DAYS:
        if given.get(column) and given[column] < given["received_on"]:
            found.append(f"{column}: {given[column]} is before the day it was received")
        if given.get(column, "") > on.isoformat():
            found.append(f"{column}: {given[column]} has not come yet")
    for number in (2, 3):
        later = given.get(f"stage_{number}_outcome") or given.get(f"stage_{number}_closed_on")
        if later and not given.get(f"stage_{number}_requested_on"):
            found.append(f"stage_{number}_requested_on: it is empty, but the stage has an outcome or an end")
    if bool(given.get("stage_1_outcome")) != bool(given.get("stage_1_responded_on")):
        found.append("stage_1_responded_on: an outcome and the day of the answer go together")
    if given.get("stage_3_requested_on") and not given.get("stage_2_requested_on"):
        found.append("stage_3_requested_on: there is no stage 3 without stage 2")
    stages = [column for column in given if column.startswith("stage_") and given[column] and given[column] != "no"]
    if stages and given["disposition"] != "accepted":
        found.append(f"{stages[0]}: only a complaint that was accepted has stages")
    return found


def _value_trouble(column: str, value: str) -> str:
    longest = MAX_LENGTH.get(column, MAX_VALUE_LENGTH)
    if "\x00" in value or len(value) > longest:
        return f"it has more than {longest} characters, or some that are not text"
    if not value:
        return "it is empty" if column in NEEDED_COLUMNS else ""
    if column in CHOICES and value not in CHOICES[column]:
        return f"{value[:40]!r} is not one of {', '.join(CHOICES[column])}"
    if column in DAYS and _day(value) is None:
        return f"{value[:40]!r} is not a date like 2022-05-23"
    if column in DAYS and value < f"{FIRST_YEAR}-04-01":
        return f"{value[:40]!r} is before {FIRST_YEAR}"
    return ""


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        return None


def _row(raw: dict[str, str]) -> RegisterRow:
    clean = {column: value.strip() for column, value in raw.items()}
    return RegisterRow(**{name: _day(value) if name in DAYS else value for name, value in clean.items()})  # type: ignore[arg-type]
