"""The public edition: no count from which a person could be known.

A count of 1 to 4 becomes "fewer than 5". So that it cannot be worked out from the total of its group, a second count of
the group is withheld too; a total of 1 to 4 withholds itself.
"""

from collections.abc import Sequence

from portal.reports.rows import Row, Table

SMALLEST_SHOWN = 5
FEWER = "fewer than 5"
WITHHELD = "withheld"


def suppressed(table: Table) -> list[str]:
    """The counts of a table as the public edition prints them, in the order of its rows."""
    shown = [FEWER if 0 < row.count < SMALLEST_SHOWN else str(row.count) for row in table.rows]
    for group in _groups(table.rows):
        _protect(table.rows, shown, group)
    return shown


def _groups(rows: Sequence[Row]) -> list[list[int]]:
    """Rows that add up to a printed count: the main rows to the total, and the rows beneath to the row above them."""
    main = [place for place, row in enumerate(rows[:-1]) if not row.is_beneath]
    groups = [main]
    for place in main:
        beneath = []
        for after in range(place + 1, len(rows) - 1):
            if not rows[after].is_beneath:
                break
            beneath.append(after)
        if beneath:
            groups.append(beneath)
    return groups


def _protect(rows: Sequence[Row], shown: list[str], group: list[int]) -> None:
    """Where exactly one count of a group is hidden, hide the next smallest one that is not nought as well."""
    hidden = [place for place in group if shown[place] in (FEWER, WITHHELD)]
    if len(hidden) != 1:
        return
    others = sorted(
        (place for place in group if place not in hidden and rows[place].count), key=lambda place: rows[place].count
    )
    for place in others[:1]:
        shown[place] = WITHHELD
    if not others:
        shown[-1] = WITHHELD
