"""One email out of a mailbox becomes one record, or is set aside with its reason; never both, never twice, never neither."""

from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from enum import StrEnum

from sqlalchemy.exc import IntegrityError

from portal.audit.events import declare
from portal.audit.services import record
from portal.correspondence.services.messages import receive_reply
from portal.database import db, transaction
from portal.duty.services import answer_alerts, raise_alert
from portal.files.services import keep_file
from portal.incoming_email.models import EmailState, IncomingEmail, SetAside
from portal.incoming_email.parsing.message import BrokenEmail, ParsedEmail, content_key, parse_email
from portal.incoming_email.parsing.structure import plain
from portal.incoming_email.queries import email_by_key
from portal.incoming_email.services.arrival import arrival_of, taken_at
from portal.incoming_email.services.as_told import as_submission, not_kept
from portal.incoming_email.services.same_again import add_what_was_forgotten, key_of
from portal.incoming_email.services.ways import MoreOf, OfItsOwn, PutBy, Reply, way_of
from portal.incoming_email.services.who_wrote import OurOwn, answer_in, one_below_another, sorted_out, told_by
from portal.intake.services.receive import receive
from portal.intake.submission import Receipt, SubmissionKind
from portal.outbox.services import note_came_back
from portal.signs.harm import harm_in
from portal.wording import cut_short

EMAIL_TAKEN = declare("email_taken", "mailbox", "record")
EMAIL_SET_ASIDE = declare("email_set_aside", "mailbox", "reason")
EMAIL_SETTLED = declare("email_settled", "record")
MAX_EMAIL_SIZE = 20 * 1024 * 1024
MAX_OF_BROKEN = 5_000  # letters that are shown of an email that cannot be read: somebody may have written them


class Mailbox(StrEnum):
    """The two mailboxes."""

    COMPLAINTS = "complaints"
    THANKS = "thanks"


@dataclass(frozen=True)
class Came:
    """Into which mailbox an email came, when its server took it, and when it is read."""

    mailbox: Mailbox
    at: datetime
    arrived_at: datetime | None = None


def receive_email(
    mailbox: Mailbox,
    raw: bytes,
    own: OurOwn,
    *,
    at: datetime,
    arrived_at: datetime | None = None,
    is_too_large: bool = False,
) -> IncomingEmail:
    """Take in one email as it came. What was taken in before is given back as it stands, and nothing is added.

    `raw` is how it begins when it is too large to be fetched; `arrived_at` is when the mail server took it.
    """
    came = Came(mailbox, at, arrived_at)
    try:
        letter = parse_email(raw)
    except BrokenEmail as trouble:
        return _keep_broken(came, raw, str(trouble))
    known = email_by_key(letter.message_key)
    if known is not None:
        return known
    try:
        with transaction():
            return _take_in(letter, raw, own, came, is_too_large)
    except IntegrityError:
        db.session.rollback()
        found = email_by_key(letter.message_key)
        if found is None:
            raise
        return found


def keep_what_failed(
    mailbox: Mailbox, raw: bytes, trouble: str, *, at: datetime, arrived_at: datetime | None = None
) -> IncomingEmail:
    """Set an email aside that could not be taken in, so that one of them never holds up the rest."""
    return _keep_broken(Came(mailbox, at, arrived_at), raw, trouble)


def settle_email(email_id: int, kind: SubmissionKind | None, *, at: datetime, by_id: int, own: OurOwn) -> str:
    """Someone looked at an email that was set aside: it is thanks, a complaint, or nothing. Gives what it became.

    What came with it stays in the mailbox, in the folder of what was set aside.
    """
    with transaction() as session:
        email = session.get_one(IncomingEmail, email_id, with_for_update=True)
        if email.state is not EmailState.SET_ASIDE:
            return str(email.record)
        if kind is not None and (email.words.strip() or email.subject.strip()):
            letter = ParsedEmail(Message(), "", email.sender, (), email.fetched_at, email.subject, email.words)
            came = Came(Mailbox(email.mailbox), at, email.fetched_at)
            told = told_by(letter, own)
            receipt = _receive(OfItsOwn(kind, told, sorted_out(told.files)), email.message_key, own, came, by_id)
            email.record = _name_of(receipt)
        email.state, email.settled_by_id = EmailState.SETTLED, by_id
        answer_alerts(email.about, at=at, by_id=by_id)
        record(EMAIL_SETTLED, email.about, at=at, by_id=by_id, record=email.record)
        return str(email.record)


def _take_in(email: ParsedEmail, raw: bytes, own: OurOwn, came: Came, is_too_large: bool) -> IncomingEmail:
    told, at = told_by(email, own), came.at
    kept = _entry(came, email.message_key, email.sender, email.subject, email.words)
    kept.content_key = key_of(told, email.message_key)
    kind = SubmissionKind.COMPLIMENT if came.mailbox is Mailbox.THANKS else SubmissionKind.COMPLAINT
    way = PutBy(SetAside.TOO_LARGE) if is_too_large else way_of(email, raw, told, kept.content_key, own, kind)
    match way:
        case PutBy():
            if way.failed:
                note_came_back(way.failed, at=at)
            kept.record = way.about
            return _set_aside(kept, way.reason, at)
        case Reply():
            return _as_reply(kept, way, email, own, at)
        case MoreOf(before):
            add_what_was_forgotten(before, email, scanner=own.scanner, at=at)
            kept.record, kept.left_behind = before.email.record, list(before.left) or None
        case OfItsOwn():
            receipt = _receive(way, email.message_key, own, came, None)
            kept.sender = way.told.sender or email.sender
            kept.record, kept.left_behind = _name_of(receipt), way.files.left or None
    return _taken(kept, at)


def _as_reply(kept: IncomingEmail, way: Reply, email: ParsedEmail, own: OurOwn, at: datetime) -> IncomingEmail:
    told = answer_in(email, own)
    words, files = told.words, sorted_out(told.files)
    whole = one_below_another(email.words, not_kept(files.left))
    receive_reply(
        way.case.id,
        files.below(words),
        once_key=email.message_key,
        at=at,
        whole=whole if words != whole.strip() else None,
        other_sender=None if way.is_theirs else email.sender or "an address that cannot be read",
    )
    for file in files.kept:
        keep_file(file.name, file.kept, case_id=way.case.id, scanner=own.scanner, at=at, by_id=None)
    kept.record, kept.left_behind = way.case.about, files.left or None
    return _taken(kept, at)


def _receive(way: OfItsOwn, once_key: str, own: OurOwn, came: Came, by_id: int | None) -> Receipt:
    arrival = arrival_of(way.told.had_at, bool(way.told.note), came.arrived_at, came.at)
    submission = as_submission(way.kind, way.told, once_key, way.files, arrival)
    return receive(submission, at=came.at, received_at=arrival.at, by_id=by_id, scanner=own.scanner)


def _entry(came: Came, key: str, sender: str, subject: str, words: str) -> IncomingEmail:
    return IncomingEmail(
        mailbox=came.mailbox,
        message_key=key,
        content_key=key,
        fetched_at=taken_at(came.arrived_at, came.at),
        sender=sender,
        subject=subject,
        words=words,
        record="",
    )


def _taken(kept: IncomingEmail, at: datetime) -> IncomingEmail:
    kept.state = EmailState.TAKEN
    _add(kept)
    record(EMAIL_TAKEN, kept.about, at=at, mailbox=kept.mailbox, record=kept.record)
    return kept


def _set_aside(kept: IncomingEmail, reason: SetAside, at: datetime) -> IncomingEmail:
    kept.state, kept.reason = EmailState.SET_ASIDE, reason
    _add(kept)
    record(EMAIL_SET_ASIDE, kept.about, at=at, mailbox=kept.mailbox, reason=reason)
    signs = (
        harm_in(f"{kept.subject}\n{kept.words}") if reason is not SetAside.BOUNCE else ()
    )  # a bounce quotes our own letter
    if signs:
        raise_alert(kept.about, signs, at=at)
    return kept


def _add(kept: IncomingEmail) -> None:
    db.session.add(kept)
    db.session.flush()


def _keep_broken(came: Came, raw: bytes, trouble: str) -> IncomingEmail:
    key = content_key("", "", raw.decode("utf-8", "replace"))
    known = email_by_key(key)
    if known is not None:
        return known
    with transaction():
        subject = f"It could not be read ({trouble})"
        words = cut_short(plain(raw[:MAX_OF_BROKEN].decode("utf-8", "replace")), MAX_OF_BROKEN)
        return _set_aside(_entry(came, key, "", subject, words), SetAside.BROKEN, came.at)


def _name_of(receipt: Receipt) -> str:
    return f"{'compliment' if receipt.kind is SubmissionKind.COMPLIMENT else 'case'}/{receipt.record_id}"
