"""Adding to the audit. Each entry carries the hash of the one before, so that nothing can be changed unseen."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from portal.audit.events import Event
from portal.audit.models import AuditEntry, AuditHead
from portal.database import transaction

START = "0" * 64


def record(event: Event, about: str, *, at: datetime, by_id: int | None = None, **facts: Any) -> None:
    """Write down that something happened, in the transaction of the deed itself. Facts must be those declared."""
    if facts.keys() != event.facts:
        raise ValueError(f"{event.name} carries {sorted(event.facts)}, not {sorted(facts)}")
    with transaction() as session:
        head = session.scalars(select(AuditHead).with_for_update()).one_or_none()
        if head is None:
            head = AuditHead(id=1, hash=START)
            session.add(head)
        head.hash = entry_hash(head.hash, at, by_id, event.name, about, facts)
        session.add(AuditEntry(at=at, by_id=by_id, event=event.name, about=about, facts=facts, hash=head.hash))
        session.flush()


def entry_hash(previous: str, at: datetime, by_id: int | None, event: str, about: str, facts: Mapping[str, Any]) -> str:
    """The hash of an entry and of everything before it (SHA-256 over canonical JSON)."""
    told = [previous, at.astimezone(UTC).isoformat(), by_id, event, about, facts]
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
