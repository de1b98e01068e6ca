"""One email out of a mailbox becomes one record, or is set aside with its reason; never both, never twice, never neither."""

from datetime import datetime, timedelta
from email.message import Message
from enum import StrEnum

from sqlalchemy.exc import IntegrityError

from portal.audit.events import declare
from portal.audit.services import record
from portal.casework.errors import CaseNotFound
from portal.casework.models import Case
from portal.casework.queries import case_by_reference
from portal.casework.reach import way
from portal.casework.services.messages import receive_reply
from portal.clock import london_day
from portal.database import db, transaction
from portal.files.services import keep_file
from portal.intake.email.forwards import without_what_is_answered
from portal.intake.email.judging import our_ids_in, why_set_aside
from portal.intake.email.reading import BrokenEmail, Letter, content_key, read_email, read_head
from portal.intake.models import EmailState, ReceivedEmail, SetAside
from portal.intake.queries import email_by_key, is_taken_already, reference_in
from portal.intake.services.receive import receive
from portal.intake.services.who_wrote import THE_WHOLE, OurOwn, Sorted, Told, sorted_out, told_by
from portal.intake.submission import Receipt, Submission, SubmissionKind
from portal.outbox.queries import what_a_letter_is_about
from portal.procedure.eligibility import Complainant
from portal.procedure.receipt import Method, PointOfReceipt

EMAIL_TAKEN = declare("email_taken", "mailbox", "record")
EMAIL_SET_ASIDE = declare("email_set_aside", "mailbox", "reason")
EMAIL_SETTLED = declare("email_settled", "record")
LARGEST_EMAIL = 20 * 1024 * 1024
OLDEST = timedelta(days=3 * 365)
PROFESSIONAL = (
    ".gov.uk",
    ".nhs.uk",
    ".nhs.net",
    ".sch.uk",
    ".ac.uk",
    ".police.uk",
    ".cjsm.net",
    ".pnn.police.uk",
    ".judiciary.uk",
)
COURTS = (".justice.gov.uk", ".judiciary.uk", ".ejudiciary.net", ".hmcts.net", ".cafcass.gov.uk")


class Mailbox(StrEnum):
    """The two mailboxes."""

    COMPLAINTS = "complaints"
    THANKS = "thanks"


def receive_email(mailbox: Mailbox, raw: bytes, own: OurOwn, *, at: datetime, is_too_large: bool = False) -> ReceivedEmail:
    """Take in one email as it came. What was taken in before is given back as it stands, and nothing is added.

    `raw` are its headers alone when it is too large to be fetched.
    """
    try:
        letter = read_head(raw) if is_too_large else read_email(raw)
    except BrokenEmail as trouble:
        return _keep_broken(mailbox, raw, str(trouble), at)
    known = email_by_key(letter.message_key)
    if known is not None:
        return known
    try:
        with transaction():
            return _take_in(mailbox, letter, raw, own, at, is_too_large)
    except IntegrityError:
        db.session.rollback()
        found = email_by_key(letter.message_key)
        if found is None:
            raise
        return found


def keep_what_failed(mailbox: Mailbox, raw: bytes, trouble: str, *, at: datetime) -> ReceivedEmail:
    """Set an email aside that could not be taken in, so that one of them never holds up the rest."""
    return _keep_broken(mailbox, raw, trouble, at)


def settle_email(email_id: int, kind: SubmissionKind | None, *, at: datetime, by_id: int, own: OurOwn) -> str:
    """Someone looked at an email that was set aside: it is thanks, a complaint, or nothing. Gives what it became.

    What came with it stays in the mailbox, in the folder of what was set aside.
    """
    with transaction() as session:
        email = session.get_one(ReceivedEmail, email_id, with_for_update=True)
        if email.state is not EmailState.SET_ASIDE:
            return str(email.record)
        if kind is not None and email.words.strip():
            letter = Letter(Message(), "", email.sender, (), email.fetched_at, email.subject, email.words)
            receipt, _ = _receive(kind, told_by(letter, own), email.message_key, own, at, by_id)
            email.record = _name_of(receipt)
        email.state, email.settled_by_id = EmailState.SETTLED, by_id
        record(EMAIL_SETTLED, email.about, at=at, by_id=by_id, record=email.record)
        return str(email.record)


def _take_in(mailbox: Mailbox, letter: Letter, raw: bytes, own: OurOwn, at: datetime, is_too_large: bool) -> ReceivedEmail:
    told = told_by(letter, own)
    kept = _entry(mailbox, letter.message_key, letter.sender, letter.subject, letter.words, at)
    kept.content_key = content_key(told.sender, str(london_day(told.sent_at)) if told.sent_at else "", told.words)
    reason = SetAside.TOO_LARGE if is_too_large else why_set_aside(letter, own.addresses)
    if reason is SetAside.BOUNCE:
        kept.record = what_a_letter_is_about(our_ids_in(letter, raw)) or ""
    if reason is not None:
        return _set_aside(kept, reason, at)
    about = what_a_letter_is_about(letter.replies_to) or ""
    case = _case_that_it_answers(letter, about)
    if case is not None:
        return _as_reply(kept, case, letter, own, at)
    kind = SubmissionKind.COMPLIMENT if mailbox is Mailbox.THANKS else SubmissionKind.COMPLAINT
    if about.startswith("compliment/"):  # a colleague answers thanks that were passed on to them
        kind = SubmissionKind.ENQUIRY
        words = without_what_is_answered(letter.words)
        told = Told(letter.sender_name, letter.sender, letter.sent_at, letter.subject, words, files=letter.files)
    if told.words.strip() and is_taken_already(kept.content_key):
        return _set_aside(kept, SetAside.DUPLICATE, at)
    receipt, left = _receive(kind, told, letter.message_key, own, at, None)
    kept.sender = told.sender or letter.sender
    kept.record, kept.left_behind = _name_of(receipt), left or None
    return _taken(kept, at)


def _case_that_it_answers(letter: Letter, about: str) -> Case | None:
    """The case of our own letter that an email answers; or the case whose reference it names, from that person's address."""
    if about.startswith("case/"):
        return db.session.get(Case, int(about.removeprefix("case/")))
    reference = reference_in(letter.subject)
    try:
        case = case_by_reference(reference) if reference else None
    except CaseNotFound:
        return None
    return case if case is not None and _is_from_its_person(case, letter) else None


def _is_from_its_person(case: Case, letter: Letter) -> bool:
    return letter.sender == way(case, "email").lower() != ""


def _as_reply(kept: ReceivedEmail, case: Case, letter: Letter, own: OurOwn, at: datetime) -> ReceivedEmail:
    words, files = without_what_is_answered(letter.words), sorted_out(letter.files)
    receive_reply(
        case.id,
        files.below(words) or letter.subject,
        once_key=letter.message_key,
        at=at,
        whole=letter.words if words != letter.words.strip() else None,
        other_sender=None if _is_from_its_person(case, letter) else letter.sender or "an address that cannot be read",
    )
    for file in files.kept:
        keep_file(file.name, file.kept, case_id=case.id, scanner=own.scanner, at=at, by_id=None)
    kept.record, kept.left_behind = case.about, files.left or None
    return _taken(kept, at)


def _receive(
    kind: SubmissionKind, told: Told, once_key: str, own: OurOwn, at: datetime, by_id: int | None
) -> tuple[Receipt, list[str]]:
    files = sorted_out(told.files)
    submission = as_submission(kind, told, once_key, files)
    received_at = told.sent_at if told.sent_at and at - OLDEST < told.sent_at < at else at
    receipt = receive(submission, at=at, received_at=received_at, by_id=by_id, scanner=own.scanner)
    return receipt, files.left


def as_submission(kind: SubmissionKind, told: Told, once_key: str, files: Sorted) -> Submission:
    """What an email tells, in the one shape of every door."""
    domain = f".{told.sender.rpartition('@')[2]}"
    is_from_court = domain.endswith(COURTS)
    is_professional = is_from_court or domain.endswith(PROFESSIONAL)
    parts = (
        ("Subject", told.subject),
        ("What they wrote", told.words),
        ("What a colleague wrote above it", told.note),
        (THE_WHOLE, told.whole),
        *files.words,
    )
    person = {"is_adult": True, "name": told.sender_name, "email": told.sender}
    return Submission(
        kind=kind,
        method=Method.EMAIL,
        complainant=Complainant.PROFESSIONAL if is_professional else Complainant.OTHER,
        told=tuple((question, answer) for question, answer in parts if answer),
        point_of_receipt=PointOfReceipt.SERVICE_AREA if told.note else PointOfReceipt.CUSTOMER_RELATIONS_TEAM,
        person={name: value for name, value in person.items() if value},
        words=files.below(told.words),
        thanked=told.thanked,
        note=told.beside or None,
        is_from_court=is_from_court,
        once_key=once_key,
        files=tuple(files.kept),
    )


def _entry(mailbox: Mailbox, key: str, sender: str, subject: str, words: str, at: datetime) -> ReceivedEmail:
    return ReceivedEmail(
        mailbox=mailbox,
        message_key=key,
        content_key=key,
        fetched_at=at,
        sender=sender,
        subject=subject,
        words=words,
        record="",
    )


def _taken(kept: ReceivedEmail, at: datetime) -> ReceivedEmail:
    kept.state = EmailState.TAKEN
    _add(kept)
    record(EMAIL_TAKEN, kept.about, at=at, mailbox=kept.mailbox, record=kept.record)
    return kept


def _set_aside(kept: ReceivedEmail, reason: SetAside, at: datetime) -> ReceivedEmail:
    kept.state, kept.reason = EmailState.SET_ASIDE, reason
    _add(kept)
    record(EMAIL_SET_ASIDE, kept.about, at=at, mailbox=kept.mailbox, reason=reason)
    return kept


def _add(kept: ReceivedEmail) -> None:
    db.session.add(kept)
    db.session.flush()


def _keep_broken(mailbox: Mailbox, raw: bytes, trouble: str, at: datetime) -> ReceivedEmail:
    key = content_key("", "", raw.decode("utf-8", "replace"))
    known = email_by_key(key)
    if known is not None:
        return known
    with transaction():
        subject = f"It could not be read ({trouble})"
        return _set_aside(_entry(mailbox, key, "", subject, "", at), SetAside.BROKEN, at)


def _name_of(receipt: Receipt) -> str:
    return f"{'compliment' if receipt.kind is SubmissionKind.COMPLIMENT else 'case'}/{receipt.record_id}"
