"""Many rows at once, past the unit of work."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, insert, inspect

from portal.cases.models import Case
from portal.compliments.models import Compliment
from portal.database import Base, db


def insert_all(rows: Sequence[Base]) -> None:
    """Insert new rows of one table at once. The session does not know of them.

    All must say the same columns: what one leaves out is left to the table's defaults for all.
    """
    if rows:
        db.session.connection().execute(insert(_table_of(rows)), _given(rows))


def insert_numbered(rows: Sequence[Case] | Sequence[Compliment]) -> None:
    """The same, and tell each row its number. Which is whose is known by the random names of the rows."""
    if rows:
        table = _table_of(rows)
        wanted = insert(table).returning(table.c.seal_id, table.c.id)
        numbers = {bytes(name): number for name, number in db.session.connection().execute(wanted, _given(rows))}
        for row in rows:
            row.id = numbers[row.seal_id]


def _table_of(rows: Sequence[Base]) -> Table:
    return Base.metadata.tables[type(rows[0]).__tablename__]


def _given(rows: Sequence[Base]) -> list[dict[str, Any]]:
    names = {one.columns[0].key: one.key for one in inspect(type(rows[0])).column_attrs}
    return [{column: row.__dict__[name] for column, name in names.items() if name in row.__dict__} for row in rows]
