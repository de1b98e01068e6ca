"""The public edition: no count from which a person could be known.

A count of 1 to 4 becomes "fewer than 5". Where it could still be worked out from the total of its group, more counts of
the group are withheld, and in the end the total itself.
"""

from collections.abc import Sequence

from portal.reports.rows import ReportRow, Table

MIN_SHOWN = 5
FEWER = "fewer than 5"
WITHHELD = "withheld"


def suppressed(table: Table) -> list[str]:
    """The counts of a table as the public edition prints them, in the order of its rows."""
    shown = [FEWER if 0 < row.count < MIN_SHOWN else str(row.count) for row in table.rows]
    groups = _groups(table.rows)
    before: list[str] = []
    while before != shown:
        before = list(shown)
        for members, total in groups:
            _protect(table.rows, shown, members, total)
    return shown


def _protect(rows: Sequence[ReportRow], shown: list[str], members: list[int], total: int) -> None:
    """Withhold more of a group until nothing small in it can be worked out; a subtotal that its rows give is no secret."""
    if members and all(shown[place].isdigit() for place in members) and rows[total].count and shown[total] == WITHHELD:
        smallest = min((place for place in members if rows[place].count), key=lambda place: rows[place].count)
        shown[smallest] = WITHHELD
    while shown[total].isdigit() and _can_be_worked_out(rows, shown, members):
        others = [place for place in members if shown[place].isdigit() and rows[place].count]
        shown[min(others, key=lambda place: rows[place].count, default=total)] = WITHHELD


def _groups(rows: Sequence[ReportRow]) -> list[tuple[list[int], int]]:
    """Rows that add up to a printed count, and that count: rows beneath to the row above them, main rows to the total."""
    last = len(rows) - 1
    main = [place for place, row in enumerate(rows[:-1]) if not row.is_beneath]
    if not main:
        return []
    ends = [*main[1:], last]
    beneath = [(list(range(start + 1, end)), start) for start, end in zip(main, ends, strict=True) if end > start + 1]
    return [*beneath, (main, last)]


def _can_be_worked_out(rows: Sequence[ReportRow], shown: list[str], members: list[int]) -> bool:
    """Whether the hidden small counts have only one solution, when what is left of the total for them is known."""
    fewer = [place for place in members if shown[place] == FEWER]
    withheld = [place for place in members if shown[place] == WITHHELD]
    left = sum(rows[place].count for place in fewer + withheld) - MIN_SHOWN * len(withheld)
    if not fewer:
        return False
    if withheld:
        return left == len(fewer)
    return len(fewer) == 1 or left in (len(fewer), (MIN_SHOWN - 1) * len(fewer))
