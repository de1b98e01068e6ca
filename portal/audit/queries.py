"""Reading the audit."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.audit.events import Event
from portal.audit.models import AuditEntry, AuditHead
from portal.audit.services import START, entry_hash
from portal.database import db
from portal.sealing import SealBroken


@dataclass(frozen=True)
class Verdict:
    """How many entries were checked, and what was wrong with the first that does not fit; empty when all fit."""

    entries: int
    trouble: str = ""


def entries_about(about: str) -> Sequence[AuditEntry]:
    """Everything that happened to one thing, oldest first."""
    return db.session.scalars(select(AuditEntry).where(AuditEntry.about == about).order_by(AuditEntry.id)).all()


def has_happened(event: Event, about: str, *, by_id: int, since: datetime) -> bool:
    """Whether someone did a thing since a moment."""
    wanted = select(AuditEntry.id).where(AuditEntry.about == about, AuditEntry.event == event.name)
    return db.session.scalars(wanted.where(AuditEntry.by_id == by_id, AuditEntry.at >= since).limit(1)).first() is not None


def entries_since(events: Sequence[Event], since: datetime) -> Sequence[AuditEntry]:
    """Every entry of some kinds since a moment, newest first."""
    names = [event.name for event in events]
    wanted = select(AuditEntry).where(AuditEntry.event.in_(names), AuditEntry.at >= since)
    return db.session.scalars(wanted.order_by(AuditEntry.at.desc(), AuditEntry.id.desc())).all()


def verify_chain() -> Verdict:
    """Walk the whole chain and compare every hash. Entries that are added meanwhile do no harm."""
    newest = db.session.scalars(select(AuditHead.hash)).one_or_none() or START
    entries = select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=500)
    with closing(db.session.scalars(entries)) as found:
        return _walk(found, newest)


def _walk(entries: Iterable[AuditEntry], newest: str) -> Verdict:
    previous, count, last_id, has_newest = START, 0, 0, newest == START
    try:
        for entry in entries:
            wanted = entry_hash(previous, entry.at, entry.by_id, entry.event, entry.about, entry.facts)
            if wanted != entry.hash:
                return Verdict(count, f"entry {entry.id} ({entry.event}) was changed, or one before it was removed")
            previous, count, last_id = entry.hash, count + 1, entry.id
            has_newest = has_newest or previous == newest
    except (SealBroken, ValueError) as trouble:
        return Verdict(count, f"an entry after {last_id} cannot be read: {trouble}")
    return Verdict(count, "" if has_newest else "the newest entries were removed")
