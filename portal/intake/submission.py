"""The one shape that every door fills, and the receipt that every sender gets."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.cases.representation import Representation
from portal.files.kinds import KnownFile


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
    """What came in by any door: what was told, and what the hall has to know beside it. Checked by the door's form."""

    kind: SubmissionKind
    representation: Representation
    words: str = ""
    chose_not_safe: bool = False
    chose_scared_at_home: bool = False
    thanked: str = ""
    may_share: bool = False
    may_pass_on: bool = True
    is_from_court: bool = False
    is_from_before: bool = False
    note: str | None = None
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
