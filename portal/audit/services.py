"""Adding to the audit. Each entry carries the hash of the one before, so that nothing can be changed unseen."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from secrets import token_bytes
from typing import Any, NamedTuple

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
READ_HEAD = select(HEAD.c.hash, HEAD.c.count, HEAD.c.seal, HEAD.c.key_version).with_for_update()
MOVE_HEAD, ADD_ENTRIES = update(HEAD), insert(ENTRIES)


class Happened(NamedTuple):
    """Something that happened, with its facts."""

    event: Event
    about: str
    at: datetime
    facts: Mapping[str, Any]
    by_id: int | None = None


def record(event: Event, about: str, *, at: datetime, by_id: int | None = None, **facts: Any) -> None:
    """Write down that something happened, in the transaction of the action itself. Facts must be those declared."""
    record_all([Happened(event, about, at, facts, by_id)])


def record_all(happened: Iterable[Happened]) -> None:
    """Write down all that one action did, in its order: the end of the audit moves once."""
    entries = list(happened)
    for one in entries:
        if one.facts.keys() != one.event.facts:
            raise ValueError(f"{one.event.name} carries {sorted(one.event.facts)}, not {sorted(one.facts)}")
    if entries:
        with transaction():
            _add(*_whole_end(entries[0].at), *entries)


def change_audit_key(version: int, *, at: datetime) -> None:
    """Go on under another version of the audit's key. The entry that says so is the first under the new one."""
    with transaction():
        newest, count, _ = _whole_end(at)
        _add(newest, count, audit_key(version), Happened(AUDIT_KEY_CHANGED, "audit", at, {"version": version}))


def _whole_end(at: datetime) -> tuple[str, int, PurposeKey]:
    """The newest hash, how many entries there are, and the key in use; locked for whoever adds."""
    head: Any = db.session.connection().execute(READ_HEAD).mappings().one_or_none()
    if head is None or not head["count"]:
        return _begin(head is not None, ring.newest(Purpose.AUDIT), at)
    newest, count, key = head["hash"], head["count"], audit_key(head["key_version"])
    if head["seal"] != head_seal(count, newest, key):
        return _add(newest, count, key, Happened(AUDIT_END_CHANGED, "audit", at, {"entries": count}))
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
    return _add(START, 0, key, Happened(AUDIT_BEGAN_AGAIN, "audit", at, {"people": people}))


def _add(newest: str, count: int, key: PurposeKey, *happened: Happened) -> tuple[str, int, PurposeKey]:
    """Chain entries to the newest, and move the end."""
    entries = []
    for one in happened:
        newest, seal_id = entry_hash(newest, one.at, one.by_id, one.event.name, one.about, one.facts, key), token_bytes(16)
        sealed = seal(as_json(one.facts), place_of(ENTRIES.name, "facts", seal_id))
        entry = {"at": one.at, "by_id": one.by_id, "event": one.event.name, "about": one.about}
        entries.append(entry | {"facts": sealed, "hash": newest, "seal_id": seal_id})
    count += len(entries)
    told = {"hash": newest, "count": count, "key_version": key.version, "seal": head_seal(count, newest, key)}
    connection = db.session.connection()
    connection.execute(MOVE_HEAD, told)
    connection.execute(ADD_ENTRIES, entries)
    return newest, count, key
