"""The same email again: sent on by two colleagues, or sent once more with the file that was forgotten.

The same words are not yet the same email: a mother writes them twice, about two children. Its sender, day, subject,
recipients and words have to be the same, and no file may be another.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import undefer

from portal.cases.models import Case
from portal.clock import london_day
from portal.compliments.models import Compliment, Held
from portal.correspondence.services.messages import receive_reply
from portal.database import db
from portal.files.models import StoredFile
from portal.files.services import keep_file
from portal.incoming_email.models import IncomingEmail
from portal.incoming_email.parsing.banners import bare_subject
from portal.incoming_email.parsing.message import ParsedEmail, content_key
from portal.incoming_email.queries import emails_taken_with
from portal.incoming_email.services.as_told import not_kept
from portal.incoming_email.services.who_wrote import Sorted, Told, one_below_another
from portal.intake.submission import SentFile
from portal.signs.harm import harm_in


@dataclass(frozen=True)
class Before:
    """The email that came before, as the same, and what this one brings that its record does not have."""

    email: IncomingEmail
    files: tuple[SentFile, ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    left: tuple[str, ...] = ()

    @property
    def brings_nothing(self) -> bool:
        """Whether all of it is here already."""
        return not (self.files or self.words or self.left)


def key_of(told: Told, message_key: str) -> str:
    """What an email is known by when it comes again as another message. One whose sender nobody knows is like no other."""
    if not told.sender:
        return message_key
    day = str(london_day(told.sent_at)) if told.sent_at else ""
    return content_key(told.sender, day, "\n".join([bare_subject(told.subject), *sorted(told.to), told.words]))


def came_before(key: str, files: Sorted) -> Before | None:
    """The email that came before as the same; none when there is none, or its files were others."""
    found = (_compared(email, files) for email in emails_taken_with(key))
    return next((one for one in found if one is not None), None)


def _compared(email: IncomingEmail, files: Sorted) -> Before | None:
    stored, told = _kept_of(email.record)
    now = {_digest(file.kept.content): file for file in files.kept}
    earlier = list(email.left_behind or [])
    new = tuple(file for digest, file in now.items() if digest not in stored)
    words = tuple((name, said) for name, said in files.words if said not in told)
    before = Before(email, new, words, tuple(one for one in files.left if one not in earlier))
    is_less = any(digest not in now for digest in stored) or any(one not in files.left for one in earlier)
    return None if is_less and not before.brings_nothing else before


def _kept_of(record: str) -> tuple[set[str], str]:
    """The files that came with a record, by what they hold, and all that it tells."""
    kind, _, number = record.partition("/")
    owner = StoredFile.compliment_id if kind == "compliment" else StoredFile.case_id
    wanted = select(StoredFile).where(owner == int(number), StoredFile.added_by_id.is_(None))
    stored = {_digest(one.content or b"") for one in db.session.scalars(wanted.options(undefer(StoredFile.content)))}
    if kind == "compliment":
        compliment = db.session.get_one(Compliment, int(number))
        return stored, one_below_another(compliment.words, compliment.note or "")
    case = db.session.get_one(Case, int(number))
    return stored, one_below_another(*(answer for _, answer in case.told), *(one.words for one in case.messages))


def can_be_added(before: Before) -> bool:
    """Whether what the second email brings is an addition to the record of the first.

    Words in which somebody may be in danger are none to thanks: they are read as if they came alone.
    """
    return not (before.email.record.startswith("compliment/") and harm_in(_said_in(before)))


def _said_in(before: Before) -> str:
    return one_below_another(*(f"{name}:\n{words}" for name, words in before.words))


def add_what_was_forgotten(before: Before, letter: ParsedEmail, *, scanner: str, at: datetime) -> None:
    """Add what the second email brings to the record of the first."""
    kind, _, number = before.email.record.partition("/")
    said = _said_in(before)
    if kind == "compliment":
        _add_to_thanks(db.session.get_one(Compliment, int(number)), before, said)
    else:
        names = ", ".join([*(file.name for file in before.files), *(name for name, _ in before.words)])
        words = one_below_another(
            f"[The same email came again, with more: {names or 'see below'}]", said, not_kept([*before.left])
        )
        receive_reply(int(number), words, once_key=letter.message_key, at=at, whole=letter.words or None)
    owner = {"compliment_id" if kind == "compliment" else "case_id": int(number)}
    for file in before.files:
        keep_file(file.name, file.kept, **owner, scanner=scanner, at=at, by_id=None)


def _add_to_thanks(compliment: Compliment, before: Before, said: str) -> None:
    """Thanks with a file that nobody has looked at wait until somebody has."""
    compliment.note = one_below_another(compliment.note or "", said, not_kept([*before.left])) or None
    if compliment.passed_on_on is None and (before.files or before.words):
        compliment.held_why = compliment.held_why or Held.PICTURE


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
