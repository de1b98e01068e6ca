"""The keys as they lie in the database, and telling a process that they changed."""

from collections.abc import Sequence

from blinker import Signal
from flask import Flask, current_app
from sqlalchemy import select

from portal.database import db
from portal.keys.models import PortalKey
from portal.sealing.ring import Purpose, PurposeKey, Stored, ring

keys_read = Signal("the keys were read; whoever keeps something made of one makes it anew")


def stored_keys() -> Stored:
    """Every stored version by purpose, newest first. Raises SealBroken."""
    found: dict[Purpose, Sequence[PurposeKey]] = {}
    for row in db.session.scalars(select(PortalKey).order_by(PortalKey.version.desc())):
        found[row.purpose] = (*found.get(row.purpose, ()), PurposeKey(row.version, row.text, row.begins_at))
    return found


def read_keys() -> None:
    """Read the stored keys into this process, and use those that have begun. Raises SealBroken."""
    ring.refresh()
    use_keys(current_app)


def use_keys(app: Flask) -> None:
    """Give Flask and its extensions the keys as they are now."""
    *before, session_key = ring.to_sign_with(Purpose.SESSIONS)
    app.config["SECRET_KEY"], app.config["SECRET_KEY_FALLBACKS"] = session_key.text, [one.text for one in reversed(before)]
    app.config["WTF_CSRF_SECRET_KEY"] = [one.text for one in ring.to_sign_with(Purpose.FORMS)]
    app.config["SECURITY_PASSWORD_SALT"] = ring.newest(Purpose.PASSWORDS).text
    keys_read.send(app)
