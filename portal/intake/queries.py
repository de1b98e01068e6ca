"""Finding email that was read out of the mailboxes."""

import re
from collections.abc import Sequence

from sqlalchemy import func, select

from portal.cases.services.opening import REFERENCE_LENGTH, REFERENCE_LETTERS
from portal.database import db
from portal.intake.models import EmailState, ReceivedEmail

PAGE = 50
REFERENCE = re.compile(rf"(?<!\w)(YS-[{REFERENCE_LETTERS}]{{{REFERENCE_LENGTH}}})(?!\w)", re.I)


def email_by_key(message_key: str) -> ReceivedEmail | None:
    """The email that was fetched before under a key."""
    return db.session.scalars(select(ReceivedEmail).where(ReceivedEmail.message_key == message_key)).one_or_none()


def email_by_id(email_id: int) -> ReceivedEmail | None:
    """An email by its number."""
    return db.session.get(ReceivedEmail, email_id)


def last_email_id() -> int:
    """The number of the email that was kept last; 0 before the first."""
    return db.session.scalar(select(func.max(ReceivedEmail.id))) or 0


def emails_taken_with(content_key: str) -> Sequence[ReceivedEmail]:
    """The emails that became a record under a key of what they say, newest first."""
    wanted = select(ReceivedEmail).where(ReceivedEmail.content_key == content_key, ReceivedEmail.state == EmailState.TAKEN)
    return db.session.scalars(wanted.order_by(ReceivedEmail.id.desc()).limit(PAGE)).all()


def emails_in(state: EmailState, page: int = 1) -> tuple[Sequence[ReceivedEmail], bool]:
    """One page of email in a state, newest first, and whether there is another."""
    wanted = select(ReceivedEmail).where(ReceivedEmail.state == state).order_by(ReceivedEmail.id.desc())
    rows = db.session.scalars(wanted.limit(PAGE + 1).offset((page - 1) * PAGE)).all()
    return rows[:PAGE], len(rows) > PAGE


def oldest_set_aside() -> ReceivedEmail | None:
    """The email that waits for longest for somebody to look at it."""
    wanted = select(ReceivedEmail).where(ReceivedEmail.state == EmailState.SET_ASIDE).order_by(ReceivedEmail.id)
    return db.session.scalars(wanted.limit(1)).first()


def how_many_set_aside() -> int:
    """How many emails wait for somebody to look at them."""
    wanted = select(func.count()).select_from(ReceivedEmail).where(ReceivedEmail.state == EmailState.SET_ASIDE)
    return db.session.scalar(wanted) or 0


def reference_in(subject: str) -> str | None:
    """The reference of a case that a subject names."""
    found = REFERENCE.search(subject)
    return found.group(1).upper() if found else None
