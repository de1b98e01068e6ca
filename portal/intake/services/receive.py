"""The hall where all doors meet: one submission in, one record and one receipt out."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from portal.cases.models import Case, Kind, LetterForm, Promised, RaisedThrough
from portal.cases.promises import Said
from portal.cases.queries import case_by_once_key
from portal.cases.services.drawing import DrawnWords, draw_secret_words
from portal.cases.services.locked_case import promised_day
from portal.cases.services.opening import NewCase, open_case
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
        worry = open_case(_worry_in_thanks(submission, signs, received_at), at=at, by_id=by_id) if signs else None
        owner = {"case_id": worry.id} if worry else {"compliment_id": compliment.id}
        _keep_files(submission, scanner, at, by_id, **owner)
        if worry:
            raise_alert(worry.about, signs, at=at)
        return Receipt(submission.kind, compliment.id)
    case = open_case(_new_case(submission, signs, received_at), at=at, by_id=by_id, drawn=drawn)
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


def _worry_in_thanks(submission: Submission, signs: tuple[str, ...], received_at: datetime | None) -> NewCase:
    """Thanks that hold a sign of harm are thanks and a comment too, so that the team reads them first."""
    comment = replace(submission, kind=SubmissionKind.COMMENT, once_key=None, old_reference=None)
    told = submission.told or (("Who they thank", submission.thanked), ("What they said", submission.words))
    return _new_case(replace(comment, told=told), ("thanks", *signs), received_at)


def _already_here(submission: Submission) -> Receipt | None:
    if submission.once_key is None:
        return None
    if submission.kind is SubmissionKind.COMPLIMENT:
        compliment = compliment_by_once_key(submission.once_key)
        return Receipt(submission.kind, compliment.id) if compliment else None
    case = case_by_once_key(submission.once_key)
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
    if not submission.person.get("is_adult"):
        if receipt.read_by:
            yield Said(Promised.READ, receipt.read_by)
    elif receipt.acknowledge_by and receipt.longest_by:
        yield Said(Promised.SAY_READ, receipt.acknowledge_by)
        yield Said(Promised.AT_MOST, receipt.longest_by, number=1)


def _new_case(submission: Submission, signs: tuple[str, ...], received_at: datetime | None) -> NewCase:
    return NewCase(
        kind=Kind(submission.kind.value),
        method=submission.method,
        point_of_receipt=submission.point_of_receipt,
        complainant=submission.complainant,
        told=submission.told,
        person=submission.person,
        read_first=signs,
        received_at=received_at,
        service_area=submission.service_area,
        subject=submission.subject,
        sub_subject=submission.sub_subject,
        happened_on=submission.happened_on,
        still_going_on=submission.still_going_on,
        proceedings=submission.proceedings,
        once_key=submission.once_key,
        old_reference=submission.old_reference,
        must_not_see=submission.must_not_see,
        about_whom=submission.about_whom,
        letter_form=_letter_form(submission),
        raised_through=RaisedThrough(submission.raised_through) if submission.raised_through else None,
    )


def _letter_form(submission: Submission) -> LetterForm:
    """The form of letters on paper that follows from how someone likes their answers."""
    liked = submission.person.get("answer_forms", ())
    return next((form for form in (LetterForm.EASY_WORDS, LetterForm.LARGE_PRINT) if form.value in liked), LetterForm.PLAIN)


def _why_held(submission: Submission, signs: tuple[str, ...], by_id: int | None) -> Held | None:
    """Why thanks wait for a look, apart from what their words may say."""
    if signs:
        return Held.READ_FIRST
    if submission.files and not submission.words:
        return Held.TO_TYPE
    return Held.PICTURE if submission.files and by_id is None else None


def _new_compliment(submission: Submission, signs: tuple[str, ...], at: datetime, by_id: int | None) -> NewCompliment:
    was_read = by_id is not None or submission.note
    return NewCompliment(
        words=submission.words,
        thanked=submission.thanked,
        method=submission.method,
        point_of_receipt=submission.point_of_receipt,
        source=submission.complainant,
        from_name=str(submission.person.get("name", "")),
        service_area=submission.service_area,
        may_share=submission.may_share,
        may_pass_on=submission.may_pass_on,
        is_from_court=submission.is_from_court,
        is_from_before=submission.is_from_before,
        note=submission.note,
        held_why=_why_held(submission, signs, by_id),
        passes_on_at=None if was_read else passes_on_at(at),
        once_key=submission.once_key,
        old_reference=submission.old_reference,
    )
