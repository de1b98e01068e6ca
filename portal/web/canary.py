"""Whether the keys in use are those that sealed what is kept. With wrong ones nothing may be read, taken in or written."""

import time
from collections.abc import Iterator

from flask import Flask, current_app, request
from sqlalchemy import Column, LargeBinary, Table, select, type_coerce
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, db, transaction
from portal.sealing import SealBroken, SealedBytes, SealedJSON, SealedText, reseal, ring, unseal

WRONG_KEYS = (
    "The keys in PORTAL_SEALING_KEYS, or PORTAL_SECRET_KEY, do not open what is kept, so nothing is taken in. Give this "
    "process the same as the others, the old key too while a rotation is not done, and start it again."
)
ASKED_EVERY = 60  # seconds
ANSWERS_ALWAYS = {"static", "doors.healthz", "doors.leave"}


class WrongKeys(Exception):
    """Other keys are in use here than those that sealed what is kept."""


class SealCanary(Base):
    """One sealed sentence. Whoever cannot open it has other keys than those that sealed the rest."""

    __tablename__ = "seal_canary"

    id: Mapped[int] = mapped_column(primary_key=True)
    sealed: Mapped[str] = mapped_column(SealedText)


def add_key_guard(app: Flask) -> None:
    """Answer nothing that reads or writes while the keys are wrong: a child's words would be sealed for nobody."""
    app.before_request(_stop_with_other_keys)


def _stop_with_other_keys() -> None:
    if request.endpoint in ANSWERS_ALWAYS:
        return
    known, at = current_app.extensions.setdefault("the keys fit", {"until": 0.0}), time.monotonic()
    if at < known["until"]:
        return
    if not canary_fits():
        raise WrongKeys(WRONG_KEYS)
    known["until"] = at + ASKED_EVERY


def canary_fits() -> bool:
    """Whether the keys open the canary, where there is one. Cheap: for every process that reads or writes."""
    try:
        kept = _canary()
    except DBAPIError:  # whoever needs the database says so
        db.session.rollback()
        return True
    return kept is None or _is_ours(kept)


def keys_fit() -> bool:
    """Whether the keys open the canary; before there is one, whether they open anything that is kept."""
    kept = _canary()
    return _is_ours(kept) if kept is not None else _open_everything()


def set_canary() -> bool:
    """Seal the sentence, once, with keys that fit; says whether they do."""
    fit = keys_fit()
    if fit and _canary() is None:
        accept_keys()
    return fit


def accept_keys() -> None:
    """Take the keys and the secret in use as the right ones from now on. Raises SealBroken for keys that open nothing."""
    if not _open_everything():
        raise SealBroken(WRONG_KEYS)
    with transaction() as session:
        session.merge(SealCanary(id=1, sealed=_song()))


def _canary() -> bytes | None:
    kept = select(type_coerce(SealCanary.__table__.c.sealed, LargeBinary)).limit(1)
    return db.session.scalars(kept).first()


def _song() -> str:
    """What the canary says: the same only to whoever has the same secret."""
    return ring.hash_key("canary").hex()


def _is_ours(sealed: bytes) -> bool:
    try:
        return unseal(bytes(sealed)) == _song()
    except SealBroken:
        return False


def _open_everything() -> bool:
    """Whether the keys open one value of each column that holds any."""
    wanted = (select(type_coerce(column, LargeBinary)).where(column.is_not(None)).limit(1) for _, column in sealed_columns())
    try:
        for one in wanted:
            found = db.session.execute(one).scalar()
            if found is not None:
                reseal(bytes(found))
    except SealBroken:
        return False
    return True


def sealed_columns() -> Iterator[tuple[Table, Column[object]]]:
    """Every column that holds sealed values."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, SealedText | SealedJSON | SealedBytes):
                yield table, column
