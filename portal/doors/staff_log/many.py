"""Many at once from a table: past thanks, and feedback taken in reviews. Looked at first, then kept; the same row once."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from portal.cases.queries import known_once_keys
from portal.cases.representation import PersonDetails, Representation, answered, through
from portal.clock import at_on, today
from portal.compliments.hidden_complaint import worrying_sentences
from portal.compliments.queries import known_once_keys as known_thanks
from portal.database import transaction
from portal.intake.services.receive import receive
from portal.intake.submission import Submission, SubmissionKind
from portal.people.directory import whom_it_means
from portal.procedure.eligibility import Complainant
from portal.procedure.receipt import Method, PointOfReceipt
from portal.web.sheets import MAX_TROUBLES, SheetRefused, SheetRow, day_of, read_sheet

NEEDED_COLUMNS = ("received_on", "words")
COLUMNS = (*NEEDED_COLUMNS, "kind", "thanked", "source", "from_name", "method", "service_area", "may_quote")
Code = TypeVar("Code", bound=StrEnum)
KINDS = {"thanks": SubmissionKind.COMPLIMENT, "issue": SubmissionKind.ISSUE, "comment": SubmissionKind.COMMENT}
COURT, YES, NO = "court", ("yes", "y", "true", "1"), ("", "no", "n", "false", "0")
MAX_AGE_IN_A_TABLE = timedelta(days=15 * 365)


@dataclass(frozen=True)
class ManyRow:
    """One row as it will be kept."""

    received_on: date
    submission: Submission


@dataclass
class ManyResult:
    """What an import adds, or would add."""

    kinds: Counter[str] = field(default_factory=Counter)
    here_already: int = 0
    for_nobody: list[str] = field(default_factory=list)  # whom thanks are for, as typed, where the directory is not sure
    may_complain: list[str] = field(default_factory=list)  # sentences in which something may have gone wrong

    @property
    def added(self) -> int:
        """How many are added."""
        return sum(self.kinds.values())

    def __str__(self) -> str:
        told = ", ".join(f"{count} {kind}" for kind, count in sorted(self.kinds.items())) or "nothing"
        return (
            f"{told} added, {self.here_already} were here already. {len(self.for_nobody)} are for someone whom the "
            f"directory does not know for sure, {len(self.may_complain)} may hide a complaint."
        )


def read_many(content: bytes) -> tuple[list[ManyRow], list[SheetRow]]:
    """The rows of a table, and how they stood in it. Raises SheetRefused with every line that is wrong, up to five."""
    read, rows, wrong = read_sheet(content, COLUMNS, NEEDED_COLUMNS), list[ManyRow](), list[str]()
    for row in read:
        try:
            rows.append(_row(row))
        except ValueError as trouble:
            wrong.append(f"Line {row.line}: {trouble}")
    if wrong:
        more = f" And {len(wrong) - MAX_TROUBLES} more." if len(wrong) > MAX_TROUBLES else ""
        raise SheetRefused(" ".join(wrong[:MAX_TROUBLES]) + more)
    return rows, read


def keep_many(rows: Sequence[ManyRow], *, keep: bool, passes_on: bool, at: datetime, by_id: int | None) -> ManyResult:
    """Add what is not here already; without `keep` only say what would be added. With `passes_on`, thanks go on by email."""
    result, seen = ManyResult(), set[str | None]()
    keys = [row.submission.representation.once_key or "" for row in rows]
    here = known_once_keys(keys) | known_thanks(keys)
    with transaction():
        for row in rows:
            submission, once_key = row.submission, row.submission.representation.once_key
            if once_key in here or once_key in seen:
                result.here_already += 1
                continue
            seen.add(once_key)
            _count(result, submission)
            if keep:
                _keep(row, passes_on, at, by_id)
    return result


def _keep(row: ManyRow, passes_on: bool, at: datetime, by_id: int | None) -> None:
    submission = replace(row.submission, is_from_before=not passes_on)
    receive(submission, at=at, received_at=at_on(row.received_on), by_id=by_id)


def _count(result: ManyResult, submission: Submission) -> None:
    result.kinds["thanks" if submission.kind is SubmissionKind.COMPLIMENT else f"{submission.kind}s"] += 1
    if submission.kind is SubmissionKind.COMPLIMENT:
        if not whom_it_means(submission.thanked).is_sure:
            result.for_nobody.append(submission.thanked or "Nobody is named")
        result.may_complain += worrying_sentences(submission.words)[:1]


def _row(row: SheetRow) -> ManyRow:
    """One row. Raises ValueError with what is wrong and what to write."""
    cells = {name: row.cells.get(name, "") for name in COLUMNS}
    received_on = day_of(cells["received_on"])
    if received_on is None or not today() - MAX_AGE_IN_A_TABLE <= received_on <= today():
        raise ValueError(f"{cells['received_on']!r} is no day in the last 15 years. Write it like 2026-05-31.")
    kind = KINDS.get(cells["kind"].lower() or "thanks")
    if kind is None:
        raise ValueError(f"{cells['kind']!r} is no kind. Write thanks, issue or comment; complaints are logged one by one.")
    if not cells["words"]:
        raise ValueError("The words are missing.")
    source, quoted = cells["source"].lower().replace(" ", "_"), cells["may_quote"].lower()
    if quoted not in (*YES, *NO):
        raise ValueError(f"may_quote is {cells['may_quote']!r}. Write yes or no.")
    complainant = Complainant.PROFESSIONAL if source == COURT else _one_of(Complainant, source or "other", "source")
    submission = Submission(
        kind=kind,
        representation=Representation(
            method=_one_of(Method, cells["method"].lower().replace(" ", "_") or "other", "method"),
            complainant=complainant,
            told=answered((("What they said", cells["words"]),)),
            point_of_receipt=PointOfReceipt.SERVICE_AREA,
            person=PersonDetails.of(is_adult=complainant is not Complainant.CHILD_OR_YOUNG_PERSON, name=cells["from_name"]),
            service_area=cells["service_area"],
            once_key=_key(cells),
            raised_through=through("staff" if kind is SubmissionKind.ISSUE else ""),
        ),
        is_from_court=source == COURT,
        words=cells["words"],
        thanked=cells["thanked"],
        may_share=quoted in YES,
    )
    return ManyRow(received_on, submission)


def _one_of(codes: type[Code], told: str, column: str) -> Code:
    try:
        return codes(told)
    except ValueError:
        raise ValueError(f"{column} is {told!r}. Write one of: {', '.join(codes)}.") from None


def _key(cells: dict[str, str]) -> str:
    """What a row is known by, so that the same table brought twice adds nothing."""
    told = "\x00".join(cells[name] for name in ("received_on", "kind", "words", "thanked", "source", "from_name"))
    return hashlib.sha256(f"many\x00{told}".encode()).hexdigest()
