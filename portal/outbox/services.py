"""Writing mail inside an action, and posting it after. At least once; by its Message-ID a second copy can be dropped."""

import secrets
import smtplib
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import Update, and_, or_, select, update

from portal import wording
from portal.database import db, transaction
from portal.outbox.models import MailState, OutgoingEmail

Post = Callable[[OutgoingEmail], None]
TellTime = Callable[[], datetime]
FIRST_WAIT, MAX_WAIT = timedelta(minutes=1), timedelta(hours=6)
GIVEN_UP_AFTER = timedelta(days=4)  # RFC 5321 section 4.5.4.1: four to five days
TAKEN_FOR = timedelta(minutes=3)  # longer than the longest that one letter can take (`commands.MAX_POST_SECONDS`)
SILENCES_BEFORE_THE_REST_WAITS = 2


class AddressNotValid(Exception):
    """An email address that no mail can reach."""


def checked_address(address: str) -> str:
    """The address as mail servers know it. Raises AddressNotValid."""
    try:
        found = validate_email(address.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as trouble:
        raise AddressNotValid(str(trouble)) from trouble
    return found.ascii_email or found.normalized


def queue_email(name: str, recipient: str, *, at: datetime, belongs_to: str = "", **facts: object) -> OutgoingEmail:
    """Write the email `templates/emails/<name>/` to someone, in the transaction of the action. Raises AddressNotValid.

    `belongs_to` is the name in the audit of the record that a reply to it belongs to.
    """
    address = checked_address(recipient)
    with transaction() as session:
        email = OutgoingEmail(
            message_id=f"<{secrets.token_hex(16)}@your-say>",
            recipient=address,
            about=belongs_to,
            subject=" ".join(wording.render(f"emails/{name}/subject.txt", **facts).split()),
            body=wording.render(f"emails/{name}/body.txt", **facts),
            queued_at=at,
            state=MailState.WAITS,
            next_try_at=at,
            tries=0,
            trouble="",
        )
        session.add(email)
        session.flush()
    return email


def deliver(post: Post, *, tell_time: TellTime) -> tuple[int, int]:
    """Post everything that waits; say how many went and how many did not. One bad letter never holds up the next.

    Each letter is taken at its own moment for some minutes in one short action, posted outside any, and marked as sent in
    another, so that a slow mail server holds up nobody and a run that lasts never meets another on the same letter. Should
    this stop in between, it is posted again later under the same Message-ID. A server that is silent twice is left alone
    until the next run.
    """
    sent = failed = silences = 0
    last_id = 0
    while silences < SILENCES_BEFORE_THE_REST_WAITS and (taken := _take_next(tell_time(), last_id)) is not None:
        last_id = taken
        trouble = _try_to_post(post, taken)
        _mark(taken, tell_time(), trouble)
        silences = silences + 1 if isinstance(trouble, OSError) and not _is_of_the_letter(trouble) else 0
        sent, failed = sent + (trouble is None), failed + (trouble is not None)
    return sent, failed


def withdraw(email_ids: Collection[int], *, at: datetime) -> set[int]:
    """Take mail that waits out of the post, inside an action; gives which.

    What is being posted at this moment may go; it is not tried again.
    """
    is_in_hand = and_(OutgoingEmail.taken_until.is_not(None), OutgoingEmail.taken_until > at)
    of_these = (OutgoingEmail.id.in_(email_ids), OutgoingEmail.state == MailState.WAITS)
    with transaction() as session:
        session.execute(update(OutgoingEmail).where(*of_these, is_in_hand).values(is_unwanted=True))
        wanted = select(OutgoingEmail.id).where(*of_these, ~is_in_hand).with_for_update(skip_locked=True)
        found = set(session.scalars(wanted))
        ended = {"state": MailState.WITHDRAWN, "ended_at": at}
        session.execute(update(OutgoingEmail).where(OutgoingEmail.id.in_(found)).values(**ended))
    return found


def note_came_back(message_ids: Sequence[str], *, at: datetime) -> None:
    """A report says that letters of ours did not arrive (RFC 3464). Raises nothing for a letter that is not ours."""
    with transaction() as session:
        ended = {"state": MailState.CAME_BACK, "ended_at": at, "trouble": "came back"}
        known = OutgoingEmail.message_id.in_(message_ids)
        session.execute(update(OutgoingEmail).where(known, OutgoingEmail.state == MailState.LEFT).values(**ended))


def _take_next(at: datetime, after_id: int) -> int | None:
    """Take the next letter under a lock, so that two workers never take the same one.

    A letter that nobody has tried waits for its turn and for no clock: one that was set back holds nothing up. For the same
    reason nothing waits longer than the longest wait.
    """
    with transaction() as session:
        is_due = or_(OutgoingEmail.tries == 0, OutgoingEmail.next_try_at <= at, OutgoingEmail.next_try_at > at + MAX_WAIT)
        waits = (OutgoingEmail.state == MailState.WAITS, is_due, OutgoingEmail.id > after_id)
        wanted = select(OutgoingEmail.id).where(*waits).order_by(OutgoingEmail.id).limit(1)
        email_id: int | None = session.scalars(wanted.with_for_update(skip_locked=True)).first()
        if email_id is not None:
            until = at + TAKEN_FOR
            session.execute(_change(email_id, next_try_at=until, taken_until=until, tries=OutgoingEmail.tries + 1))
        return email_id


def _try_to_post(post: Post, email_id: int) -> Exception | None:
    """Post one letter; gives what went wrong, or nothing."""
    try:
        post(db.session.get_one(OutgoingEmail, email_id, populate_existing=True))
    except Exception as trouble:
        return trouble
    finally:
        db.session.rollback()
    return None


def _mark(email_id: int, at: datetime, trouble: Exception | None) -> None:
    """Write down what became of it. Nothing that was typed is in a kind of trouble."""
    with transaction() as session:
        if trouble is None:
            session.execute(_change(email_id, state=MailState.LEFT, sent_at=at, trouble="", taken_until=None))
            return
        told = (OutgoingEmail.tries, OutgoingEmail.queued_at, OutgoingEmail.is_unwanted)
        tries, queued_at, is_unwanted = session.execute(select(*told).where(OutgoingEmail.id == email_id)).one()
        why = type(trouble).__name__
        session.execute(_change(email_id, taken_until=None))
        if is_unwanted:
            session.execute(_change(email_id, state=MailState.WITHDRAWN, ended_at=at, trouble=why))
        elif _is_refused(trouble):
            session.execute(_change(email_id, state=MailState.REFUSED, ended_at=at, trouble=why))
        elif at - queued_at > GIVEN_UP_AFTER:
            session.execute(_change(email_id, state=MailState.GIVEN_UP, ended_at=at, trouble=why))
        else:
            wait = min(FIRST_WAIT * 2 ** min(tries - 1, 10), MAX_WAIT)
            session.execute(_change(email_id, next_try_at=at + wait, trouble=why))


def _is_of_the_letter(trouble: Exception) -> bool:
    """Whether the server spoke about this one letter or its address, and will take others."""
    return isinstance(trouble, (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError))


def _is_refused(trouble: Exception) -> bool:
    """Whether the server refused this letter for good: every code that it gave begins with 5 (RFC 5321 section 4.2.1)."""
    if isinstance(trouble, smtplib.SMTPRecipientsRefused):
        return bool(trouble.recipients) and all(500 <= code < 600 for code, _ in trouble.recipients.values())
    return isinstance(trouble, smtplib.SMTPDataError) and 500 <= trouble.smtp_code < 600


def _change(email_id: int, **values: object) -> Update:
    return update(OutgoingEmail).where(OutgoingEmail.id == email_id).values(**values)
