"""Keeping what someone is writing while they write it, and no longer."""

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select
from sqlalchemy.orm import undefer

from portal.cases.services.stock_of_words import draw_secret_words
from portal.database import db, last_of_all, transaction
from portal.files.kinds import KnownFile, known_file
from portal.files.services import name_for
from portal.intake.models import Draft, DraftFile
from portal.intake.services.receive import receive
from portal.intake.services.visits import wipe_ended
from portal.intake.submission import NothingToSend, Receipt, SentFile, Submission, SubmissionKind
from portal.sealing.hashes import slow_hash
from portal.sealing.ring import Purpose, PurposeKey, ring

KEPT_FOR = timedelta(minutes=60)
RECEIPT_KEPT_FOR = timedelta(minutes=15)
SAVED_FOR = timedelta(days=7)
MAX_FILES, MAX_DRAFT_SIZE = 6, 60 * 1024 * 1024
DAYS = ("read_by", "acknowledge_by", "answer_by", "longest_by")
Answers = Mapping[str, Any]
Then = Callable[[Answers], None]
Build = Callable[[Answers, str, tuple[SentFile, ...]], Submission]


class DraftFull(Exception):
    """The recordings and photos of one draft are too many or too large together."""


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


def keep_answers(draft: Draft, answers: dict[str, Any], *, at: datetime) -> None:
    """Keep more answers beside those given before, inside an action that read the draft."""
    draft.answers, draft.touched_at = {**draft.answers, **answers}, at


def send_draft(
    token: str,
    door: str,
    build: Build,
    *,
    at: datetime,
    scanner: str = "",
    then: Then = lambda answers: None,
) -> Receipt:
    """Send what was written, once, however often the button is pressed; then wipe it, and keep the receipt some minutes.

    `build` makes the submission of the answers, and `then` is done with them last in the same action. Raises NothingToSend
    when they were wiped or are not complete.
    """
    drawn = draw_secret_words()
    with transaction() as session:
        draft = session.scalars(select(Draft).where(Draft.token_hash == once_key_of(token)).with_for_update()).one_or_none()
        if draft is None or draft.door != door or not _is_kept(draft, at):
            raise NothingToSend
        if draft.receipt is not None:
            return receipt_of(draft.receipt)
        answers, files = draft.answers, _sent_files(draft.token_hash)
        receipt = receive(build(answers, draft.token_hash, files), at=at, drawn=drawn, scanner=scanner)
        last_of_all(partial(then, answers))
        if files:
            _wipe_files(DraftFile.token_hash == draft.token_hash)
        draft.answers, draft.touched_at = {}, at
        draft.receipt = {name: str(value or "") for name, value in asdict(receipt).items()}
        return receipt


def files_of_draft(token: str) -> Sequence[DraftFile]:
    """The recordings and photos of a draft, oldest first, without what they hold."""
    return db.session.scalars(
        select(DraftFile).where(DraftFile.token_hash == once_key_of(token)).order_by(DraftFile.id)
    ).all()


def add_to_draft(token: str, name: str, content: bytes, *, at: datetime) -> None:
    """Keep a recording or a photo beside the answers, made anew at once. Raises FileRefused and DraftFull."""
    known = known_file(content)
    with transaction() as session:
        draft = session.get(Draft, once_key_of(token))
        if draft is None or draft.receipt is not None:
            return
        size = func.coalesce(func.sum(func.length(DraftFile.content)), 0)
        held: int = session.execute(select(size).where(DraftFile.token_hash == draft.token_hash)).scalar_one()
        if held + len(known.content) > MAX_DRAFT_SIZE:
            raise DraftFull
        draft.touched_at = at
        kept = DraftFile(
            token_hash=draft.token_hash,
            name=name_for(name, known.media_type),
            media_type=known.media_type,
            is_re_encoded=known.is_re_encoded,
            left_out=known.left_out,
            content=known.content,
        )
        session.add(kept)


def take_from_draft(token: str, file_id: int) -> None:
    """Take a recording or a photo away again."""
    with transaction():
        _wipe_files((DraftFile.token_hash == once_key_of(token)) & (DraftFile.id == file_id))


def save_for_later(token: str, words: str, *, at: datetime) -> tuple[str, datetime]:
    """Keep a draft for a week, to be found again by secret words alone; gives the token it is known by now, and until when.

    The token is drawn from the words by the slow hash: the database holds nothing from which either could be found.
    """
    kept, until = _token_of(words, ring.newest(Purpose.SAVED_DRAFTS)), at + SAVED_FOR
    with transaction() as session:
        draft = session.get(Draft, once_key_of(token))
        if draft is None or draft.receipt is not None:
            raise NothingToSend
        session.merge(
            Draft(token_hash=once_key_of(kept), door=draft.door, answers=draft.answers, touched_at=at, kept_until=until)
        )
        session.delete(draft)
    return kept, until


def take_up_again(words: str, door: str, *, at: datetime) -> str | None:
    """The token of a draft that was saved, by its secret words; from now on it is open for an hour like any other."""
    for token in tokens_of(words):
        with transaction() as session:
            draft: Draft | None = session.get(Draft, once_key_of(token))
            is_there = draft is not None and draft.door == door and draft.receipt is None
            if draft is not None and is_there and draft.kept_until is not None and draft.kept_until > at:
                draft.touched_at = at
                return token
    return None


def tokens_of(words: str) -> Sequence[str]:
    """The tokens that a draft saved under these secret words can have: one for each version of the key, newest first."""
    return [_token_of(words, key) for key in reversed(ring.to_sign_with(Purpose.SAVED_DRAFTS))]


def _token_of(words: str, key: PurposeKey) -> str:
    return slow_hash(words, key.made_for("saved draft"), key).hex()


def wipe(token: str) -> None:
    """Forget a draft at once; one that was saved to come back to stays for whoever has its words."""
    is_saved = and_(Draft.kept_until.is_not(None), Draft.receipt.is_(None))
    with transaction() as session:
        _wipe_files(DraftFile.token_hash == once_key_of(token))
        session.execute(delete(Draft).where(Draft.token_hash == once_key_of(token), ~is_saved))


def wipe_old(*, at: datetime) -> int:
    """Forget every draft that is older than an hour, and receipts after a quarter of one; say how many."""
    with transaction() as session:
        is_old = and_(Draft.touched_at < at - KEPT_FOR, or_(Draft.kept_until.is_(None), Draft.kept_until < at))
        is_old_receipt = Draft.receipt.is_not(None) & (Draft.touched_at < at - RECEIPT_KEPT_FOR)
        _wipe_files(DraftFile.token_hash.in_(select(Draft.token_hash).where(is_old | is_old_receipt)))
        wiped = session.execute(delete(Draft).where(is_old | is_old_receipt))
    wipe_ended(at=at)
    return int(wiped.rowcount)


def receipt_of(kept: dict[str, str]) -> Receipt:
    """A receipt as it was kept."""
    days = {name: date.fromisoformat(kept[name]) if kept.get(name) else None for name in DAYS}
    made = Receipt(SubmissionKind(kept["kind"]), int(kept["record_id"]), kept["reference"], kept["secret_words"])
    return replace(made, is_urgent=bool(kept.get("is_urgent")), **days)  # type: ignore[arg-type]


def _sent_files(token_hash: str) -> tuple[SentFile, ...]:
    kept = select(DraftFile).where(DraftFile.token_hash == token_hash).order_by(DraftFile.id)
    files = db.session.scalars(kept.options(undefer(DraftFile.content)))
    return tuple(SentFile(one.name, _known(one)) for one in files)


def _known(kept: DraftFile) -> KnownFile:
    return KnownFile(kept.content, kept.media_type, kept.is_re_encoded, kept.left_out)


def _wipe_files(which: ColumnElement[bool]) -> None:
    db.session.execute(delete(DraftFile).where(which))


def _is_kept(draft: Draft, at: datetime) -> bool:
    if draft.receipt:
        return draft.touched_at + RECEIPT_KEPT_FOR > at
    return draft.touched_at + KEPT_FOR > at
