"""Writing mail inside a deed, and posting it after. At least once, under a Message-ID that lets a second copy be dropped."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select

from portal import wording
from portal.database import transaction
from portal.outbox.models import OutgoingEmail

Post = Callable[[OutgoingEmail], None]
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)


class AddressNotValid(Exception):
    """An email address that no mail can reach."""


def checked_address(address: str) -> str:
    """The address as mail servers know it. Raises AddressNotValid."""
    try:
        found = validate_email(address.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as trouble:
        raise AddressNotValid(str(trouble)) from trouble
    return found.ascii_email or found.normalized


def queue_email(name: str, recipient: str, *, at: datetime, **facts: object) -> OutgoingEmail:
    """Write the email `templates/emails/<name>/` to someone, in the transaction of the deed. Raises AddressNotValid."""
    address = checked_address(recipient)
    with transaction() as session:
        email = OutgoingEmail(
            message_id=f"<{secrets.token_hex(16)}@your-say>",
            recipient=address,
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
    """Post everything that waits; say how many went and how many did not. One bad letter never holds up the next."""
    sent = failed = 0
    last_id = 0
    while (done := _deliver_next(post, at, last_id)) is not None:
        last_id, went = done
        sent, failed = sent + went, failed + (not went)
    return sent, failed


def _deliver_next(post: Post, at: datetime, after_id: int) -> tuple[int, bool] | None:
    """Post the next one under a lock, so that two workers never take the same letter."""
    with transaction() as session:
        waiting = select(OutgoingEmail).where(
            OutgoingEmail.sent_at.is_(None), OutgoingEmail.id > after_id, OutgoingEmail.next_try_at <= at
        )
        email = session.scalars(waiting.order_by(OutgoingEmail.id).limit(1).with_for_update(skip_locked=True)).first()
        if email is None:
            return None
        email.tries += 1
        try:
            post(email)
        except Exception as trouble:
            email.trouble = type(trouble).__name__
            email.next_try_at = at + min(FIRST_WAIT * 2 ** (email.tries - 1), LONGEST_WAIT)
            return email.id, False
        email.sent_at, email.trouble = at, ""
        return email.id, True
