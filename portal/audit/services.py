"""Adding to the audit. Each entry carries the hash of the one before, so that nothing can be changed unseen."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, text, update

from portal.audit.chain import (
    AUDIT_BEGAN_AGAIN,
    AUDIT_END_CHANGED,
    AUDIT_KEY_CHANGED,
    START,
    audit_key,
    entry_hash,
    head_seal,
)
from portal.audit.events import Event
from portal.audit.models import AuditEntry, AuditHead
from portal.database import db, transaction
from portal.sealing.ring import Purpose, PurposeKey, ring
from portal.sealing.rows import as_json
from portal.sealing.values import place_of, seal

ENTRIES, HEAD = AuditEntry.metadata.tables["audit_entries"], AuditHead.metadata.tables["audit_head"]


def record(event: Event, about: str, *, at: datetime, by_id: int | None = None, **facts: Any) -> None:
    """Write down that something happened, in the transaction of the action itself. Facts must be those declared."""
    if facts.keys() != event.facts:
        raise ValueError(f"{event.name} carries {sorted(event.facts)}, not {sorted(facts)}")
    with transaction():
        newest, count, key = _whole_end(at)
        _add(newest, count, key, at, by_id, event, about, facts)


def change_audit_key(version: int, *, at: datetime) -> None:
    """Go on under another version of the audit's key. The entry that says so is the first under the new one."""
    with transaction():
        newest, count, _ = _whole_end(at)
        _add(newest, count, audit_key(version), at, None, AUDIT_KEY_CHANGED, "audit", {"version": version})


def _whole_end(at: datetime) -> tuple[str, int, PurposeKey]:
    """The newest hash, how many entries there are, and the key in use; locked for whoever adds."""
    wanted = select(HEAD.c.hash, HEAD.c.count, HEAD.c.seal, HEAD.c.key_version).with_for_update()
    head: Any = db.session.connection().execute(wanted).mappings().one_or_none()
    if head is None or not head["count"]:
        return _begin(head is not None, ring.newest(Purpose.AUDIT), at)
    newest, count, key = head["hash"], head["count"], audit_key(head["key_version"])
    if head["seal"] != head_seal(count, newest, key):
        return _add(newest, count, key, at, None, AUDIT_END_CHANGED, "audit", {"entries": count})
    return newest, count, key


def _begin(has_head: bool, key: PurposeKey, at: datetime) -> tuple[str, int, PurposeKey]:
    """Before the first entry of all. After somebody emptied the audit an entry of its own says so, for good."""
    if not has_head:
        db.session.execute(
            insert(HEAD).values(id=1, hash=START, count=0, key_version=key.version, seal=head_seal(0, START, key))
        )
    people: int = db.session.execute(text("select count(*) from people")).scalar_one()
    if people <= 1:
        return START, 0, key
    return _add(START, 0, key, at, None, AUDIT_BEGAN_AGAIN, "audit", {"people": people})


def _add(
    previous: str,
    before: int,
    key: PurposeKey,
    at: datetime,
    by_id: int | None,
    event: Event,
    about: str,
    facts: dict[str, Any],
) -> tuple[str, int, PurposeKey]:
    newest = entry_hash(previous, at, by_id, event.name, about, facts, key)
    count, seal_id = before + 1, secrets.token_bytes(16)
    told = {"hash": newest, "count": count, "key_version": key.version, "seal": head_seal(count, newest, key)}
    connection = db.session.connection()
    connection.execute(update(HEAD).values(told))
    sealed = seal(as_json(facts), place_of(ENTRIES.name, "facts", seal_id))
    entry = {"at": at, "by_id": by_id, "event": event.name, "about": about, "facts": sealed, "hash": newest}
    connection.execute(insert(ENTRIES).values(**entry, seal_id=seal_id))
    return newest, count, key
