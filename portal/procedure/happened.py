"""When something happened, as people tell it: a day, a month, a season, a year. Its last day counts, for their good."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"),
    "december",
)
SEASONS = {"spring": 5, "summer": 8, "autumn": 11}  # the last month; a winter ends in the February after
EARLIEST = 1900
A_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
A_WRITTEN_DAY = re.compile(r"(\d{1,2})[./ -](\d{1,2}|[a-z]+)[./ -](\d{4})")
A_MONTH = re.compile(r"(\d{1,2}|[a-z]+)[./ -](\d{4})")
A_YEAR = re.compile(r"(\d{4})")


@dataclass(frozen=True)
class When:
    """The last day on which it can have happened, and the words in which it was told; none for a day."""

    on: date
    words: str = ""


def told_when(text: str, today: date) -> When | None:
    """Read a day, a month, a season or a year; None for what cannot be read, or lies in the future or before 1900."""
    said = " ".join(text.lower().replace(",", " ").split())
    found = _day(said) or _month_or_season(said)
    if found is None or found.on.year < EARLIEST:
        return None
    if found.words and found.on > today >= found.on.replace(day=1, month=1):
        found = When(today, found.words)
    return found if found.on <= today else None


def _day(said: str) -> When | None:
    if match := A_DAY.fullmatch(said):
        year, month, day = match.groups()
    elif match := A_WRITTEN_DAY.fullmatch(said):
        day, month, year = match.groups()
    else:
        return None
    number = _month_number(month)
    try:
        return When(date(int(year), number, int(day))) if number else None
    except ValueError:
        return None


def _month_or_season(said: str) -> When | None:
    if match := A_YEAR.fullmatch(said):
        return When(date(int(match[1]), 12, 31), said) if int(match[1]) else None
    match = A_MONTH.fullmatch(said)
    if match is None or not int(match[2]):
        return None
    name, year = match[1], int(match[2])
    if name == "winter":
        return _end_of(year + 1, 2, f"Winter {year}-{(year + 1) % 100:02}") if year < date.max.year else None
    month = SEASONS.get(name) or _month_number(name)
    if not month:
        return None
    shown = name if name in SEASONS else MONTHS[month - 1]
    return _end_of(year, month, f"{shown.capitalize()} {year}")


def _end_of(year: int, month: int, words: str) -> When:
    return When(date(year, month, monthrange(year, month)[1]), words)


def _month_number(name: str) -> int:
    """The number of a month by its number or the beginning of its name; 0 for none."""
    if name.isdigit():
        return int(name) if 1 <= int(name) <= 12 else 0
    return next((number for number, month in enumerate(MONTHS, 1) if len(name) > 2 and month.startswith(name)), 0)
