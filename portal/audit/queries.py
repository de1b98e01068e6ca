"""Reading the audit."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass

from sqlalchemy import select

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


def verify_chain() -> Verdict:
    """Walk the whole chain and compare every hash."""
    entries = select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=500)
    with closing(db.session.scalars(entries)) as found:
        previous, verdict = _walk(found)
    head = db.session.scalars(select(AuditHead)).one_or_none()
    if not verdict.trouble and (head.hash if head else START) != previous:
        return Verdict(verdict.entries, "the newest entries were removed")
    return verdict


def _walk(entries: Iterable[AuditEntry]) -> tuple[str, Verdict]:
    previous, count, last_id = START, 0, 0
    try:
        for entry in entries:
            wanted = entry_hash(previous, entry.at, entry.by_id, entry.event, entry.about, entry.facts)
            if wanted != entry.hash:
                return previous, Verdict(
                    count, f"entry {entry.id} ({entry.event}) was changed, or one before it was removed"
                )
            previous, count, last_id = entry.hash, count + 1, entry.id
    except (SealBroken, ValueError) as trouble:
        return previous, Verdict(count, f"an entry after {last_id} cannot be read: {trouble}")
    return previous, Verdict(count)
