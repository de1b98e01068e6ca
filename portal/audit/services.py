"""Adding to the audit. Each entry carries the hash of the one before, so that nothing can be changed unseen."""

import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select, text, update

from portal.audit.events import Event, declare
from portal.audit.models import AuditEntry, AuditHead
from portal.database import db, transaction
from portal.sealing import ring

START = "0" * 64
AUDIT_BEGAN_AGAIN = declare("audit_began_again", "people")
AUDIT_END_CHANGED = declare("audit_end_changed", "entries")
ENTRIES, HEAD = AuditEntry.metadata.tables["audit_entries"], AuditHead.metadata.tables["audit_head"]


def record(event: Event, about: str, *, at: datetime, by_id: int | None = None, **facts: Any) -> None:
    """Write down that something happened, in the transaction of the deed itself. Facts must be those declared."""
    if facts.keys() != event.facts:
        raise ValueError(f"{event.name} carries {sorted(event.facts)}, not {sorted(facts)}")
    with transaction() as session:
        head = session.execute(select(HEAD.c.hash, HEAD.c.count, HEAD.c.seal).with_for_update()).one_or_none()
        is_whole = head and head.count and head.seal == head_seal(head.count, head.hash)
        newest, count = (head.hash, head.count) if head and is_whole else _begin(head, at)
        _add(newest, count, at, by_id, event, about, facts)


def _begin(head: Any, at: datetime) -> tuple[str, int]:
    """Before the first entry of all. After somebody cut or emptied the audit an entry of its own says so, for good."""
    if head is not None and head.count:
        return _add(head.hash, head.count, at, None, AUDIT_END_CHANGED, "audit", {"entries": head.count})
    if head is None:
        db.session.execute(insert(HEAD).values(id=1, hash=START, count=0, seal=head_seal(0, START)))
    people: int = db.session.execute(text("select count(*) from people")).scalar_one()
    return _add(START, 0, at, None, AUDIT_BEGAN_AGAIN, "audit", {"people": people}) if people > 1 else (START, 0)


def _add(
    previous: str, before: int, at: datetime, by_id: int | None, event: Event, about: str, facts: dict[str, Any]
) -> tuple[str, int]:
    newest = entry_hash(previous, at, by_id, event.name, about, facts)
    told = {"hash": newest, "count": before + 1, "seal": head_seal(before + 1, newest)}
    db.session.execute(update(HEAD).values(told))
    entry = {"at": at, "by_id": by_id, "event": event.name, "about": about, "facts": facts, "hash": newest}
    db.session.execute(insert(ENTRIES).values(entry))
    return newest, before + 1


def entry_hash(previous: str, at: datetime, by_id: int | None, event: str, about: str, facts: Mapping[str, Any]) -> str:
    """The hash of an entry and of everything before it (HMAC-SHA-256 over canonical JSON).

    Keyed, so that nobody with the database alone can forge the chain, or try out what a sealed fact says.
    """
    told = [previous, at.astimezone(UTC).isoformat(), by_id, event, about, facts]
    text = json.dumps(told, sort_keys=True, ensure_ascii=False).encode()
    return hmac.digest(ring.hash_key("audit"), text, "sha256").hex()


def head_seal(count: int, newest: str) -> str:
    """What only somebody with the portal's own key can make of the length of the chain and its newest hash."""
    return hmac.digest(ring.hash_key("audit head"), f"{count} {newest}".encode(), "sha256").hex()
