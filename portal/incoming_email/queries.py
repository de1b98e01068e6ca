"""Finding email that was read out of the mailboxes."""

import re
from collections.abc import Sequence

from sqlalchemy import func, select

from portal.cases.services.opening import REFERENCE_LENGTH, REFERENCE_LETTERS
from portal.database import db
from portal.incoming_email.models import EmailState, IncomingEmail

PAGE = 50
REFERENCE = re.compile(rf"(?<!\w)(YS-[{REFERENCE_LETTERS}]{{{REFERENCE_LENGTH}}})(?!\w)", re.I)


def email_by_key(message_key: str) -> IncomingEmail | None:
    """The email that was fetched before under a key."""
    return db.session.scalars(select(IncomingEmail).where(IncomingEmail.message_key == message_key)).one_or_none()


def email_by_id(email_id: int) -> IncomingEmail | None:
    """An email by its number."""
    return db.session.get(IncomingEmail, email_id)


def last_email_id() -> int:
    """The number of the email that was kept last; 0 before the first."""
    return db.session.scalar(select(func.max(IncomingEmail.id))) or 0


def emails_taken_with(content_key: str) -> Sequence[IncomingEmail]:
    """The emails that became a record under a key of what they say, newest first."""
    wanted = select(IncomingEmail).where(IncomingEmail.content_key == content_key, IncomingEmail.state == EmailState.TAKEN)
    return db.session.scalars(wanted.order_by(IncomingEmail.id.desc()).limit(PAGE)).all()


def emails_in(state: EmailState, page: int = 1) -> tuple[Sequence[IncomingEmail], bool]:
    """One page of email in a state, newest first, and whether there is another."""
    wanted = select(IncomingEmail).where(IncomingEmail.state == state).order_by(IncomingEmail.id.desc())
    rows = db.session.scalars(wanted.limit(PAGE + 1).offset((page - 1) * PAGE)).all()
    return rows[:PAGE], len(rows) > PAGE


def oldest_set_aside() -> IncomingEmail | None:
    """The email that waits for longest for somebody to look at it."""
    wanted = select(IncomingEmail).where(IncomingEmail.state == EmailState.SET_ASIDE).order_by(IncomingEmail.id)
    return db.session.scalars(wanted.limit(1)).first()


def how_many_set_aside() -> int:
    """How many emails wait for somebody to look at them."""
    wanted = select(func.count()).select_from(IncomingEmail).where(IncomingEmail.state == EmailState.SET_ASIDE)
    return db.session.scalar(wanted) or 0


def reference_in(subject: str) -> str | None:
    """The reference of a case that a subject names."""
    found = REFERENCE.search(subject)
    return found.group(1).upper() if found else None
