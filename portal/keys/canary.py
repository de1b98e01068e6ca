"""Whether the keys in use are those that sealed what is kept. With wrong ones nothing may be read, taken in or written."""

import time
from typing import Any

from flask import Flask, current_app, request
from sqlalchemy import Column, Table, select
from sqlalchemy.exc import DBAPIError

from portal.database import Base, db, transaction
from portal.keys.models import SealCanary
from portal.keys.stored import read_keys
from portal.sealing.ring import ring
from portal.sealing.rows import sealed_columns
from portal.sealing.values import UNBOUND, WRONG_KEYS, SealBroken, WrongKeys, place_of, unseal

ASKED_EVERY, TRIED = 60, 5  # seconds; values of a column
KEYS_FIT = "keys_fit"  # where commands ask
ANSWERS_ALWAYS = {"static", "doors.healthz", "doors.leave"}


def add_key_guard(app: Flask) -> None:
    """Answer nothing that reads or writes while the keys are wrong: a child's words would be sealed for nobody."""
    app.before_request(_stop_with_other_keys)
    app.extensions[KEYS_FIT] = canary_fits


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
    """Whether the keys open the canary, where there is one; the stored keys are read with it.

    Cheap: for every process that reads or writes.
    """
    try:
        return _canary_fits(_canary())
    except DBAPIError:  # whoever needs the database says so
        db.session.rollback()
        return True


def keys_fit() -> bool:
    """Whether the keys open the canary; before there is one, whether they open anything that is kept."""
    kept = _canary()
    return _canary_fits(kept) and (kept is not None or _open_everything())


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
        session.merge(SealCanary(id=1, song=_song()))


def _canary() -> SealCanary | None:
    return db.session.scalars(select(SealCanary).limit(1)).first()


def _song() -> str:
    """What the canary says: the same only to whoever has the same secret."""
    return ring.of_the_secret.made_for("canary").hex()


def _canary_fits(kept: SealCanary | None) -> bool:
    try:
        read_keys()
        if kept is None:
            return True
        is_ours: bool = kept.song == _song()
    except SealBroken:
        return False
    ring.opens_unbound = is_unbound(kept)
    return is_ours


def is_moving() -> bool:
    """Whether values of before may still be bound to no place: `keys rotate` was not done since the upgrade."""
    kept = _canary()
    return kept is not None and is_unbound(kept)


def is_unbound(kept: SealCanary) -> bool:
    """Whether the canary is a value of before: `keys rotate` moves it last of all."""
    return bytes(kept.sealed_song[:1]) == UNBOUND  # type: ignore[attr-defined]


def _open_everything() -> bool:
    """Whether the keys open a value of each column that holds any: one of a few, for one may have been changed by hand."""
    return all(_opens_some(table, column) for table, column in sealed_columns(Base.metadata))


def _opens_some(table: Table, column: Column[Any]) -> bool:
    rows = db.session.execute(select(table.c.seal_id, column).where(column.is_not(None)).limit(TRIED)).all()
    for seal_id, value in rows:
        try:
            unseal(bytes(value), place_of(table.name, column.name, bytes(seal_id)))
        except SealBroken:
            continue
        return True
    return not rows
