"""The year that an annual report covers: 1 April to 31 March, by the day a representation was received."""

from dataclasses import dataclass
from datetime import date
from typing import Self

FIRST_YEAR = 1990  # a day of before is a slip of whoever typed it


@dataclass(frozen=True, order=True)
class ReportingYear:
    """A reporting year, known by the calendar year in which it starts."""

    starts: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2022-23`. Raises ValueError with what to write instead."""
        first, _, second = text.partition("-")
        right = first.isascii() and first.isdigit() and len(first) == 4 and second == f"{(int(first) + 1) % 100:02}"
        if not right or not FIRST_YEAR <= int(first) <= 2999:
            raise ValueError(f"{text!r} is not a reporting year. Write it like 2022-23.")
        return cls(int(first))

    @classmethod
    def of(cls, day: date) -> Self:
        """The year in which a day falls."""
        return cls(day.year if day.month >= 4 else day.year - 1)

    @property
    def first_day(self) -> date:
        """1 April."""
        return date(self.starts, 4, 1)

    @property
    def last_day(self) -> date:
        """31 March of the next year."""
        return date(self.starts + 1, 3, 31)

    def before(self, years: int = 1) -> "ReportingYear":
        """An earlier year."""
        return ReportingYear(self.starts - years)

    def __str__(self) -> str:
        """As councils write it: 2022-23."""
        return f"{self.starts}-{(self.starts + 1) % 100:02}"

    def __contains__(self, day: date) -> bool:
        """Whether a day falls in the year."""
        return self.first_day <= day <= self.last_day
