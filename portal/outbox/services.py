"""Writing mail inside a deed, and posting it after. At least once, under a Message-ID that lets a second copy be dropped."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import Update, select, update

from portal import wording
from portal.database import db, transaction
from portal.outbox.models import OutgoingEmail

Post = Callable[[OutgoingEmail], None]
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
TAKEN_FOR = timedelta(minutes=10)


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
    """Write the email `templates/emails/<name>/` to someone, in the transaction of the deed. Raises AddressNotValid.

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
            next_try_at=at,
            tries=0,
            trouble="",
        )
        session.add(email)
        session.flush()
    return email


def deliver(post: Post, *, at: datetime) -> tuple[int, int]:
    """Post everything that waits; say how many went and how many did not. One bad letter never holds up the next.

    A letter is taken for some minutes in one short deed, posted outside any, and marked as sent in another, so that a slow
    mail server holds up nobody. Should this stop in between, it is posted again later under the same Message-ID.
    """
    sent = failed = 0
    last_id = 0
    while (taken := _take_next(at, last_id)) is not None:
        last_id = taken
        trouble = _try_to_post(post, taken)
        _mark(taken, at, trouble)
        sent, failed = sent + (not trouble), failed + bool(trouble)
    return sent, failed


def _take_next(at: datetime, after_id: int) -> int | None:
    """Take the next letter under a lock, so that two workers never take the same one."""
    with transaction() as session:
        waits = (OutgoingEmail.sent_at.is_(None), OutgoingEmail.next_try_at <= at, OutgoingEmail.id > after_id)
        wanted = select(OutgoingEmail.id).where(*waits).order_by(OutgoingEmail.id).limit(1)
        email_id: int | None = session.scalars(wanted.with_for_update(skip_locked=True)).first()
        if email_id is not None:
            session.execute(_change(email_id, next_try_at=at + TAKEN_FOR, tries=OutgoingEmail.tries + 1))
        return email_id


def _try_to_post(post: Post, email_id: int) -> str:
    """Post one letter; gives the kind of trouble, or nothing. Nothing that was typed is in a kind of trouble."""
    try:
        post(db.session.get_one(OutgoingEmail, email_id, populate_existing=True))
    except Exception as trouble:
        return type(trouble).__name__
    finally:
        db.session.rollback()
    return ""


def _mark(email_id: int, at: datetime, trouble: str) -> None:
    with transaction() as session:
        if not trouble:
            session.execute(_change(email_id, sent_at=at, trouble=""))
            return
        tries = session.scalars(select(OutgoingEmail.tries).where(OutgoingEmail.id == email_id)).one()
        wait = min(FIRST_WAIT * 2 ** min(tries - 1, 10), LONGEST_WAIT)
        session.execute(_change(email_id, next_try_at=at + wait, trouble=trouble))


def _change(email_id: int, **values: object) -> Update:
    return update(OutgoingEmail).where(OutgoingEmail.id == email_id).values(**values)
