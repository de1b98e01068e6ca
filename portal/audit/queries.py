"""Reading the audit."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from portal.audit.models import AuditEntry, AuditHead
from portal.audit.services import START, entry_hash
from portal.database import db


@dataclass(frozen=True)
class Verdict:
    """How many entries were checked, and what was wrong with the first that does not fit; empty when all fit."""

    entries: int
    trouble: str = ""


def entries_about(about: str) -> Sequence[AuditEntry]:
    """Everything that happened to one thing, oldest first."""
    return db.session.scalars(select(AuditEntry).where(AuditEntry.about == about).order_by(AuditEntry.id)).all()


def verify_chain() -> Verdict:
    """Walk the whole chain and compare every hash."""
    previous, count = START, 0
    for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=500)):
        try:
            wanted = entry_hash(previous, entry.at, entry.by_id, entry.event, entry.about, entry.facts)
        except Exception as trouble:
            return Verdict(count, f"entry {entry.id} cannot be read: {trouble}")
        if wanted != entry.hash:
            return Verdict(count, f"entry {entry.id} ({entry.event}) was changed, or one before it was removed")
        previous, count = entry.hash, count + 1
    head = db.session.scalars(select(AuditHead)).one_or_none()
    if (head.hash if head else START) != previous:
        return Verdict(count, "the newest entries were removed")
    return Verdict(count)
