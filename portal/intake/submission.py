"""The one shape that every door fills, and the receipt that every sender gets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from portal.files.kinds import KnownFile
from portal.procedure.eligibility import Complainant, Proceedings
from portal.procedure.receipt import Method, PointOfReceipt


class NothingToSend(Exception):
    """The answers were wiped, or are not complete."""


class SubmissionKind(StrEnum):
    """What someone brings us."""

    COMPLAINT = "complaint"
    COMPLIMENT = "compliment"
    COMMENT = "comment"
    ENQUIRY = "enquiry"
    ISSUE = "issue"


@dataclass(frozen=True)
class SentFile:
    """A recording or a picture as it is kept: made anew, so that it tells nothing but what is heard or seen."""

    name: str
    kept: KnownFile


@dataclass(frozen=True)
class Submission:
    """What came in by any door: plain data, complete, checked by the door's form."""

    kind: SubmissionKind
    method: Method
    complainant: Complainant
    told: tuple[tuple[str, str], ...]
    point_of_receipt: PointOfReceipt = PointOfReceipt.CUSTOMER_RELATIONS_TEAM
    person: Mapping[str, Any] = field(default_factory=dict)
    chose_not_safe: bool = False
    chose_scared_at_home: bool = False
    words: str = ""
    thanked: str = ""
    may_share: bool = False
    may_pass_on: bool = True
    is_from_court: bool = False
    is_from_before: bool = False
    note: str | None = None
    raised_through: str = ""
    service_area: str = ""
    subject: str = ""
    sub_subject: str = ""
    happened_on: date | None = None
    still_going_on: bool = False
    proceedings: Proceedings = Proceedings.NONE
    must_not_see: str = ""
    about_whom: str = ""
    once_key: str | None = None
    old_reference: str | None = None
    wants_secret_words: bool = False
    files: tuple[SentFile, ...] = ()


@dataclass(frozen=True)
class Receipt:
    """What a sender is told: the reference, the words that lead back, and real dates."""

    kind: SubmissionKind
    record_id: int
    reference: str = ""
    secret_words: str = ""
    read_by: date | None = None
    acknowledge_by: date | None = None
    answer_by: date | None = None
    longest_by: date | None = None
    is_urgent: bool = False
