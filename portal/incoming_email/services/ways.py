"""Which way an email goes: put by, an answer on a case, more of one that came before, or a record of its own."""

from dataclasses import dataclass
from typing import TypeAlias

from portal.cases.errors import CaseNotFound
from portal.cases.models import Case
from portal.cases.queries import case_by_reference
from portal.correspondence.reach import way
from portal.database import db
from portal.incoming_email.models import SetAside
from portal.incoming_email.parsing.judging import our_ids_in, why_set_aside
from portal.incoming_email.parsing.message import ParsedEmail
from portal.incoming_email.parsing.returned import says_it_failed
from portal.incoming_email.queries import reference_in
from portal.incoming_email.services.same_again import Before, came_before, can_be_added
from portal.incoming_email.services.who_wrote import OurOwn, Sorted, Told, answer_in, sorted_out
from portal.intake.submission import SubmissionKind
from portal.outbox.queries import what_a_letter_is_about


@dataclass(frozen=True)
class PutBy:
    """No record: somebody looks at it. `about` is what our returned letter is about, `failed` what came back."""

    reason: SetAside
    about: str = ""
    failed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reply:
    """An answer on a case; `is_theirs` when it plainly came from the person of the case."""

    case: Case
    is_theirs: bool


@dataclass(frozen=True)
class MoreOf:
    """The same as one that came before, with what was forgotten then."""

    before: Before


@dataclass(frozen=True)
class OfItsOwn:
    """A record of its own."""

    kind: SubmissionKind
    told: Told
    files: Sorted


EmailWay: TypeAlias = PutBy | Reply | MoreOf | OfItsOwn


def way_of(email: ParsedEmail, raw: bytes, told: Told, key: str, own: OurOwn, kind: SubmissionKind) -> EmailWay:
    """Classify an email, once. `key` is what it is known by when it comes again, `kind` what its mailbox is for."""
    reason = why_set_aside(email, own.addresses)
    if reason is SetAside.BOUNCE:
        ours = our_ids_in(email, raw)
        return PutBy(reason, what_a_letter_is_about(ours) or "", ours if says_it_failed(email) else ())
    if reason is not None:
        return PutBy(reason)
    about = what_a_letter_is_about(email.replies_to) or ""
    case = _case_that_it_answers(email, about, own)
    if case is not None:
        return Reply(case, _is_from_its_person(case, email, own))
    if about.startswith("compliment/"):  # a colleague answers thanks that were passed on to them
        kind, told = SubmissionKind.ENQUIRY, answer_in(email, own)
    files = sorted_out(told.files)
    before = came_before(key, files)
    if before is not None and before.brings_nothing:
        return PutBy(SetAside.DUPLICATE)
    if before is not None and can_be_added(before):
        return MoreOf(before)
    return OfItsOwn(kind, told, files)


def _case_that_it_answers(email: ParsedEmail, about: str, own: OurOwn) -> Case | None:
    """The case of our own letter that an email answers; or the case whose reference it names, from that person's address."""
    if about.startswith("case/"):
        return db.session.get(Case, int(about.removeprefix("case/")))
    reference = reference_in(email.subject)
    try:
        case = case_by_reference(reference) if reference else None
    except CaseNotFound:
        return None
    return case if case is not None and _is_from_its_person(case, email, own) else None


def _is_from_its_person(case: Case, email: ParsedEmail, own: OurOwn) -> bool:
    is_theirs = email.has_one_sender and email.sender == way(case, "email").lower() != ""
    return is_theirs and not email.is_refuted(own.checked_by)
