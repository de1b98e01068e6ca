"""Reading the audit."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, text

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
from portal.database import db
from portal.sealing.ring import Purpose, ring
from portal.sealing.values import SealBroken

CUT = {AUDIT_BEGAN_AGAIN.name: "the audit was emptied", AUDIT_END_CHANGED.name: "the end of the audit was changed"}


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


@dataclass(frozen=True)
class Head:
    """How long the chain was at some moment, and the hash of its newest entry then."""

    count: int
    hash: str


def current_head() -> Head | None:
    """The head as it stands; None before the first entry."""
    head = db.session.scalars(select(AuditHead)).one_or_none()
    return Head(head.count, head.hash) if head is not None and head.count else None


def hash_at(count: int) -> str | None:
    """The hash of the entry at a place, the first at 1; none where there is no such entry."""
    wanted = select(AuditEntry.hash).order_by(AuditEntry.id).offset(max(count - 1, 0)).limit(1)
    return db.session.scalars(wanted).first()


def verify_chain(known: Iterable[Head] = ()) -> Verdict:
    """Walk the whole chain and compare every hash, and the heads that are `known` from elsewhere.

    Entries that are added meanwhile do no harm.
    """
    head = db.session.scalars(select(AuditHead)).one_or_none()
    known = list(known)
    trouble = _trouble_of_head(head, known)
    if trouble:
        return Verdict(0, trouble)
    wanted = {one.count: one.hash for one in known}
    if head is not None and head.count:
        wanted[head.count] = head.hash
    entries = select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=500)
    with closing(db.session.scalars(entries)) as found:
        return _walk(found, wanted)


def _trouble_of_head(head: AuditHead | None, known: Sequence[Head]) -> str:
    if (head is None or head.hash == START) and db.session.execute(text("select 1 from people limit 1")).first():
        return "the audit is empty, and people are here"
    if len({one.count for one in known}) < len(set(known)):
        return "two different heads were written down elsewhere for the same length"
    if head is None:
        return ""
    if head.key_version != ring.every(Purpose.AUDIT)[0].version:
        return "the end of the audit was changed: it was made with another key than the newest"
    if head.seal != head_seal(head.count, head.hash, audit_key(head.key_version)):
        return "the end of the audit was changed: its seal does not fit"
    is_other = any(one.count > head.count or (one.count == head.count and one.hash != head.hash) for one in known)
    return "it is not the chain, or is shorter than the one, that was written down elsewhere" if is_other else ""


def _walk(entries: Iterable[AuditEntry], known: Mapping[int, str]) -> Verdict:
    previous, count, last_id, key = START, 0, 0, ring.every(Purpose.AUDIT)[-1]
    try:
        for entry in entries:
            if entry.event == AUDIT_KEY_CHANGED.name and entry.facts["version"] > key.version:
                key = audit_key(entry.facts["version"])
            wanted = entry_hash(previous, entry.at, entry.by_id, entry.event, entry.about, entry.facts, key)
            if wanted != entry.hash:
                return Verdict(count, f"entry {entry.id} ({entry.event}) was changed, or one before it was removed")
            previous, count, last_id = entry.hash, count + 1, entry.id
            if entry.event in CUT:
                return Verdict(count, f"entry {entry.id} says that {CUT[entry.event]} before it")
            if known.get(count, previous) != previous:
                return Verdict(count, f"entry {entry.id} is not the one that was written down elsewhere")
    except (SealBroken, ValueError) as trouble:
        return Verdict(count, f"an entry after {last_id} cannot be read: {trouble}")
    return Verdict(count, "" if count >= max(known, default=0) else "the newest entries were removed")
