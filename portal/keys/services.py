"""Giving a purpose a new key while the portal serves, and letting old ones go."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from portal.audit.events import declare
from portal.audit.services import change_audit_key, record
from portal.database import transaction
from portal.keys.models import PortalKey
from portal.keys.stored import read_keys
from portal.sealing.ring import Purpose, ring

KEY_RENEWED = declare("key_renewed", "purpose", "version", "at_once")
KNOWN_TO_ALL_AFTER = timedelta(minutes=2)  # every process reads the keys each minute
# Nothing that is kept hangs on their old versions: a session lives for a day, the mark of a known device for half a year.
LET_GO = {Purpose.SESSIONS: timedelta(days=1), Purpose.FORMS: timedelta(days=181)}


class CannotRenew(Exception):
    """What was asked for is not possible with this key."""


def renew_key(purpose: Purpose, *, at: datetime, at_once: bool = False) -> int:
    """Make the next version of the key for a purpose; gives its number.

    It is written with after two minutes, when every process knows it; what was made under older ones still opens.
    With `at_once` older ones open nothing from now on, which only sessions and forms can stand: everyone signs in anew.
    Raises CannotRenew.
    """
    if at_once and purpose not in LET_GO:
        raise CannotRenew(f"What was made with the key for {purpose} would be lost. Renew it without --at-once.")
    with transaction() as session:
        newest = ring.every(purpose)[0]
        if ring.is_of_the_secret(purpose) and not at_once:
            session.add(PortalKey(purpose=purpose, version=1, text=newest.text, begins_at=at))
        if at_once:
            session.execute(delete(PortalKey).where(PortalKey.purpose == purpose))
        is_now = at_once or purpose is Purpose.AUDIT
        begins_at = at if is_now else at + KNOWN_TO_ALL_AFTER
        version = newest.version + 1
        session.add(PortalKey(purpose=purpose, version=version, text=secrets.token_urlsafe(48), begins_at=begins_at))
        session.flush()
        if purpose is Purpose.AUDIT:
            change_audit_key(version, at=at)
        record(KEY_RENEWED, "keys", at=at, purpose=purpose, version=version, at_once=at_once)
    read_keys()
    return version


def let_old_keys_go(*, at: datetime) -> int:
    """Delete versions of the keys for sessions and forms that nothing can hang on any more; gives how many."""
    return sum(let_go_before(purpose, began_by=at - lives) for purpose, lives in LET_GO.items())


def let_go_before(purpose: Purpose, *, began_by: datetime) -> int:
    """Delete the versions of a key that are older than the one in use since before a moment; gives how many."""
    with transaction() as session:
        wanted = select(PortalKey.version).where(PortalKey.purpose == purpose, PortalKey.begins_at <= began_by)
        in_use = session.scalars(wanted.order_by(PortalKey.version.desc()).limit(1)).first()
        if in_use is None:
            return 0
        gone = session.execute(delete(PortalKey).where(PortalKey.purpose == purpose, PortalKey.version < in_use))
    return int(gone.rowcount)
