"""Reading the audit."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, text

from portal.audit.events import Event
from portal.audit.models import AuditEntry, AuditHead
from portal.audit.services import START, entry_hash, head_seal
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


@dataclass(frozen=True)
class Head:
    """How long the chain was at some moment, and the hash of its newest entry then."""

    count: int
    hash: str


def current_head() -> Head | None:
    """The head as it stands; None before the first entry, and until one is added after an upgrade."""
    head = db.session.scalars(select(AuditHead)).one_or_none()
    return Head(head.count, head.hash) if head is not None and head.count is not None else None


def verify_chain(known: Iterable[Head] = ()) -> Verdict:
    """Walk the whole chain and compare every hash, and the heads that are `known` from elsewhere.

    Entries that are added meanwhile do no harm.
    """
    head = db.session.scalars(select(AuditHead)).one_or_none()
    if head is None and db.session.execute(text("select 1 from people limit 1")).first() is not None:
        return Verdict(0, "the audit is empty, and people are here")
    if head is not None and head.count is not None and head.seal != head_seal(head.count, head.hash):
        return Verdict(0, "the end of the audit was changed: its seal does not fit")
    wanted = {one.count: one.hash for one in known}
    newest = head.hash if head is not None else START
    if head is not None and head.count is not None:
        if wanted.get(head.count, head.hash) != head.hash or max(wanted, default=0) > head.count:
            return Verdict(0, "it is not the chain, or is shorter than the one, that was written down elsewhere")
        wanted[head.count] = head.hash
    entries = select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=500)
    with closing(db.session.scalars(entries)) as found:
        return _walk(found, newest, wanted)


def _walk(entries: Iterable[AuditEntry], newest: str, known: Mapping[int, str]) -> Verdict:
    previous, count, last_id, has_newest = START, 0, 0, newest == START
    try:
        for entry in entries:
            wanted = entry_hash(previous, entry.at, entry.by_id, entry.event, entry.about, entry.facts)
            if wanted != entry.hash:
                return Verdict(count, f"entry {entry.id} ({entry.event}) was changed, or one before it was removed")
            previous, count, last_id = entry.hash, count + 1, entry.id
            has_newest = has_newest or previous == newest
            if known.get(count, previous) != previous:
                return Verdict(count, f"entry {entry.id} is not the one that was written down elsewhere")
    except (SealBroken, ValueError) as trouble:
        return Verdict(count, f"an entry after {last_id} cannot be read: {trouble}")
    is_whole = has_newest and count >= max(known, default=0)
    return Verdict(count, "" if is_whole else "the newest entries were removed")
