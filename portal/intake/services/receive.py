"""The hall where all doors meet: one submission in, one record and one receipt out."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from portal.cases.models import Case, Kind, Promised
from portal.cases.promises import Said
from portal.cases.queries import case_by_once_key
from portal.cases.representation import Answer
from portal.cases.services.locked_case import promised_day
from portal.cases.services.opening import open_case
from portal.cases.services.stock_of_words import DrawnWords, draw_secret_words
from portal.compliments.models import Held
from portal.compliments.queries import compliment_by_once_key
from portal.compliments.services.keeping import NewCompliment, log_compliment
from portal.correspondence.services.promising import promise
from portal.database import transaction
from portal.duty.services import raise_alert
from portal.files.services import keep_file
from portal.intake.services.first_signs import first_signs
from portal.intake.services.hours import passes_on_at
from portal.intake.submission import Receipt, Submission, SubmissionKind
from portal.working_days.hours import read_by


def receive(
    submission: Submission,
    *,
    at: datetime,
    received_at: datetime | None = None,
    by_id: int | None = None,
    drawn: DrawnWords | None = None,
    scanner: str = "",
) -> Receipt:
    """Take a submission in, now, or as received earlier when staff log it later.

    What is to be read first raises an alert in the same transaction: the duty desk is told within a minute.

    The same form sent twice makes one record and gives the same reference: the once key is unique in the database. Within
    `send_draft` that cannot happen, because the draft is locked and its receipt is read first.
    """
    if submission.wants_secret_words and drawn is None:
        drawn = draw_secret_words()
    words = drawn if submission.wants_secret_words else None
    try:
        with transaction():
            return _take_in(submission, at, received_at, by_id, words, scanner)
    except IntegrityError:
        already = _already_here(submission)
        if already is None:
            raise
        return already


def _take_in(
    submission: Submission,
    at: datetime,
    received_at: datetime | None,
    by_id: int | None,
    drawn: DrawnWords | None,
    scanner: str,
) -> Receipt:
    signs = first_signs(submission)
    if submission.kind is SubmissionKind.COMPLIMENT:
        compliment = log_compliment(
            _new_compliment(submission, signs, at, by_id), at=at, received_at=received_at, by_id=by_id
        )
        worry = _worry_in_thanks(submission, signs, at, received_at, by_id) if signs else None
        owner = {"case_id": worry.id} if worry else {"compliment_id": compliment.id}
        _keep_files(submission, scanner, at, by_id, **owner)
        if worry:
            raise_alert(worry.about, signs, at=at)
        return Receipt(submission.kind, compliment.id)
    kind = Kind(submission.kind.value)
    case = open_case(
        kind, submission.representation, read_first=signs, at=at, received_at=received_at, by_id=by_id, drawn=drawn
    )
    _keep_files(submission, scanner, at, by_id, case_id=case.id)
    if signs:
        raise_alert(case.about, signs, at=at)
    receipt = _case_receipt(submission, case, drawn.words if drawn else "")
    if submission.wants_secret_words:  # whoever gets them is shown the receipt with its days
        promise(case, _shown(submission, receipt), "receipt", at=at)
    return receipt


def _keep_files(submission: Submission, scanner: str, at: datetime, by_id: int | None, **owner: int) -> None:
    for file in submission.files:
        keep_file(file.name, file.kept, **owner, scanner=scanner, at=at, by_id=by_id)


def _worry_in_thanks(
    submission: Submission, signs: tuple[str, ...], at: datetime, received_at: datetime | None, by_id: int | None
) -> Case:
    """Thanks that hold a sign of harm are thanks and a comment too, so that the team reads them first."""
    given = submission.representation
    told = given.told or (Answer("Who they thank", submission.thanked), Answer("What they said", submission.words))
    comment = replace(given, told=told, once_key=None, old_reference=None)
    signs = ("thanks", *signs)
    return open_case(Kind.COMMENT, comment, read_first=signs, at=at, received_at=received_at, by_id=by_id)


def _already_here(submission: Submission) -> Receipt | None:
    if submission.representation.once_key is None:
        return None
    if submission.kind is SubmissionKind.COMPLIMENT:
        compliment = compliment_by_once_key(submission.representation.once_key)
        return Receipt(submission.kind, compliment.id) if compliment else None
    case = case_by_once_key(submission.representation.once_key)
    return _case_receipt(submission, case, "") if case else None


def _case_receipt(submission: Submission, case: Case, words: str) -> Receipt:
    received_on = case.received_on
    return Receipt(
        kind=submission.kind,
        record_id=case.id,
        reference=case.reference,
        secret_words=words,
        read_by=read_by(case.received_at),
        acknowledge_by=promised_day("statutory.acknowledge", received_on),
        answer_by=promised_day("statutory.stage_1.response", received_on),
        is_urgent=case.is_read_first,
        longest_by=promised_day("statutory.stage_1.response", received_on, extended=True),
    )


def _shown(submission: Submission, receipt: Receipt) -> Iterator[Said]:
    """The days that the receipt's page shows: an adult's says more of the procedure than a child's."""
    if submission.kind is SubmissionKind.ISSUE:
        return
    if receipt.answer_by:
        yield Said(Promised.ANSWER, receipt.answer_by, number=1)
    if not submission.representation.person.is_adult:
        if receipt.read_by:
            yield Said(Promised.READ, receipt.read_by)
    elif receipt.acknowledge_by and receipt.longest_by:
        yield Said(Promised.SAY_READ, receipt.acknowledge_by)
        yield Said(Promised.AT_MOST, receipt.longest_by, number=1)


def _why_held(submission: Submission, signs: tuple[str, ...], by_id: int | None) -> Held | None:
    """Why thanks wait for a look, apart from what their words may say."""
    if signs:
        return Held.READ_FIRST
    if submission.files and not submission.words:
        return Held.TO_TYPE
    return Held.PICTURE if submission.files and by_id is None else None


def _new_compliment(submission: Submission, signs: tuple[str, ...], at: datetime, by_id: int | None) -> NewCompliment:
    given, was_read = submission.representation, by_id is not None or submission.note
    return NewCompliment(
        words=submission.words,
        thanked=submission.thanked,
        method=given.method,
        point_of_receipt=given.point_of_receipt,
        source=given.complainant,
        from_name=given.person.name,
        service_area=given.service_area,
        may_share=submission.may_share,
        may_pass_on=submission.may_pass_on,
        is_from_court=submission.is_from_court,
        is_from_before=submission.is_from_before,
        note=submission.note,
        held_why=_why_held(submission, signs, by_id),
        passes_on_at=None if was_read else passes_on_at(at),
        once_key=given.once_key,
        old_reference=given.old_reference,
    )
