"""Many rows at once, past the unit of work."""

from collections.abc import Sequence

from sqlalchemy import insert

from portal.cases.models import Case
from portal.compliments.models import Compliment
from portal.database import Base, db, said_by, table_of


def insert_all(rows: Sequence[Base]) -> None:
    """Insert new rows of one table at once. The session does not know of them.

    All must say the same columns: what one leaves out is left to the table's defaults for all.
    """
    if rows:
        db.session.connection().execute(insert(table_of(rows[0])), [said_by(row) for row in rows])


def insert_numbered(rows: Sequence[Case] | Sequence[Compliment]) -> None:
    """The same, and tell each row its number. Which is whose is known by the random names of the rows."""
    if rows:
        table = table_of(rows[0])
        wanted = insert(table).returning(table.c.seal_id, table.c.id)
        numbers = {
            bytes(name): number for name, number in db.session.connection().execute(wanted, [said_by(row) for row in rows])
        }
        for row in rows:
            row.id = numbers[row.seal_id]
