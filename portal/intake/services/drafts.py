"""Keeping what someone is writing while they write it, and no longer."""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from portal.casework.services.drawing import draw_secret_words
from portal.database import db, transaction
from portal.intake.models import Draft
from portal.intake.services.receive import receive
from portal.intake.submission import NothingToSend, Receipt, Submission, SubmissionKind

KEPT_FOR = timedelta(minutes=60)
RECEIPT_KEPT_FOR = timedelta(minutes=15)
Build = Callable[[Mapping[str, Any], str], Submission]


def once_key_of(token: str) -> str:
    """What a token is known by in the database."""
    return hashlib.sha256(token.encode()).hexdigest()


def start_draft(door: str, answers: dict[str, Any], *, at: datetime) -> str:
    """Begin; the token returned is all that leads to it."""
    token = secrets.token_urlsafe(18)
    with transaction() as session:
        session.add(Draft(token_hash=once_key_of(token), door=door, answers=answers, touched_at=at))
    return token


def find_draft(token: str, door: str, *, at: datetime) -> Draft | None:
    """The draft a token leads to at this door; none when it was wiped or is older than an hour."""
    draft = db.session.get(Draft, once_key_of(token))
    return draft if draft is not None and draft.door == door and _is_kept(draft, at) else None


def keep_answers(token: str, answers: dict[str, Any], *, at: datetime) -> None:
    """Keep more answers beside those given before."""
    with transaction() as session:
        draft = session.get(Draft, once_key_of(token))
        if draft is not None and draft.receipt is None:
            draft.answers, draft.touched_at = {**draft.answers, **answers}, at


def send_draft(token: str, door: str, build: Build, *, at: datetime, duty_desk: str = "") -> Receipt:
    """Send what was written, once, however often the button is pressed; then wipe it, and keep the receipt some minutes.

    `build` makes the submission of the answers. Raises NothingToSend when they were wiped or are not complete.
    """
    drawn = draw_secret_words()
    with transaction() as session:
        draft = session.scalars(select(Draft).where(Draft.token_hash == once_key_of(token)).with_for_update()).one_or_none()
        if draft is None or draft.door != door or not _is_kept(draft, at):
            raise NothingToSend
        if draft.receipt is not None:
            return receipt_of(draft.receipt)
        receipt = receive(build(draft.answers, draft.token_hash), at=at, drawn=drawn, duty_desk=duty_desk)
        draft.answers, draft.touched_at = {}, at
        draft.receipt = {name: str(value or "") for name, value in asdict(receipt).items()}
        return receipt


def wipe(token: str) -> None:
    """Forget a draft at once."""
    with transaction() as session:
        session.execute(delete(Draft).where(Draft.token_hash == once_key_of(token)))


def wipe_old(*, at: datetime) -> int:
    """Forget every draft that is older than an hour, and receipts after a quarter of one; say how many."""
    with transaction() as session:
        is_old = Draft.touched_at < at - KEPT_FOR
        is_old_receipt = Draft.receipt.is_not(None) & (Draft.touched_at < at - RECEIPT_KEPT_FOR)
        wiped = session.execute(delete(Draft).where(is_old | is_old_receipt))
    return int(wiped.rowcount)


def receipt_of(kept: dict[str, str]) -> Receipt:
    """A receipt as it was kept."""
    days = {name: date.fromisoformat(kept[name]) if kept[name] else None for name in ("read_by", "answer_by", "longest_by")}
    kind, record_id = SubmissionKind(kept["kind"]), int(kept["record_id"])
    return Receipt(kind, record_id, reference=kept["reference"], secret_words=kept["secret_words"], **days)


def _is_kept(draft: Draft, at: datetime) -> bool:
    return draft.touched_at + (RECEIPT_KEPT_FOR if draft.receipt else KEPT_FOR) > at
