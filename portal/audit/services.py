"""Adding to the audit. Each entry carries the hash of the one before, so that nothing can be changed unseen."""

import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from portal.audit.events import Event
from portal.audit.models import AuditEntry, AuditHead
from portal.database import transaction
from portal.sealing import ring

START = "0" * 64
ENTRIES, HEAD = AuditEntry.metadata.tables["audit_entries"], AuditHead.metadata.tables["audit_head"]


def record(event: Event, about: str, *, at: datetime, by_id: int | None = None, **facts: Any) -> None:
    """Write down that something happened, in the transaction of the deed itself. Facts must be those declared."""
    if facts.keys() != event.facts:
        raise ValueError(f"{event.name} carries {sorted(event.facts)}, not {sorted(facts)}")
    with transaction() as session:
        head = session.execute(select(HEAD.c.hash, HEAD.c.count).with_for_update()).one_or_none()
        newest = entry_hash(head.hash if head else START, at, by_id, event.name, about, facts)
        before = head.count if head else 0
        if before is None:
            before = session.execute(select(func.count()).select_from(ENTRIES)).scalar_one()
        told = {"hash": newest, "count": before + 1, "seal": head_seal(before + 1, newest)}
        session.execute(update(HEAD).values(told) if head else insert(HEAD).values(id=1, **told))
        entry = {"at": at, "by_id": by_id, "event": event.name, "about": about, "facts": facts, "hash": newest}
        session.execute(insert(ENTRIES).values(entry))


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
