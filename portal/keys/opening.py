"""One value that does not open takes down no list and holds up no job: the rest is shown, the rest is done."""

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from flask import g
from sqlalchemy import inspect

from portal.database import db
from portal.sealing.rows import SealedRow, open_all
from portal.sealing.values import SealBroken

Row = TypeVar("Row", bound=SealedRow)
log = logging.getLogger("portal")


def those_that_open(rows: Iterable[Row]) -> list[Row]:
    """The rows of a page that open. Of the others the page says how many they are, and the log which."""
    good, bad = [], []
    for row in rows:
        try:
            open_all(row)
            good.append(row)
        except SealBroken:
            bad.append(row)
    for row in bad:
        log.error("does not open: %s %s", row.__tablename__, inspect(row).identity)  # type: ignore[attr-defined]
    g.does_not_open = g.get("does_not_open", 0) + len(bad)
    return good


def each_by_itself(ids: Iterable[int], do: Callable[[int], int]) -> Iterator[int]:
    """Do something with each of many, giving what each gives. One that does not open is named in the log."""
    for one in ids:
        try:
            done = do(one)
        except SealBroken as trouble:
            db.session.rollback()
            log.error("%s could not be done for number %s: %s", do.__qualname__, one, trouble)
        else:
            yield done
