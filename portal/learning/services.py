"""The Learning Outcome and Action Report: a lesson, what is done, by whom, by when, the proof, and who was told."""

from datetime import date, datetime

from portal import wording
from portal.audit.events import declare
from portal.audit.services import record
from portal.cases.errors import NotComplete
from portal.cases.models import Case
from portal.cases.services.locked_case import locked_case
from portal.cases.services.walls import check_not_shut_out
from portal.clock import london_day
from portal.config import Council
from portal.correspondence.services.messages import letter_facts, post
from portal.database import db
from portal.learning.models import Lesson
from portal.learning.queries import lesson_of
from portal.sealing.plain_words import bare_words

LESSON_WRITTEN = declare("lesson_written", "action", "owner_id", "due_on", "is_recommendation")
LESSON_DONE = declare("lesson_done", "action", "evidence")
LESSON_CONFIRMED = declare("lesson_confirmed", "action", "words")
LESSON_TOLD = declare("lesson_told", "you_said", "we_did", "is_public")
NAMES = ("name", "child_name")
MIN_NAME_LENGTH = 3


def write_lesson(
    case_id: int,
    *,
    lesson: str,
    action: str,
    owner_id: int,
    due_on: date,
    is_recommendation: bool,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> int:
    """Write down what was learnt and who does what by when; gives the number of the lesson."""
    if due_on < london_day(at):
        raise NotComplete("Choose a day that has not passed.")
    with locked_case(case_id, version) as case:
        check_not_shut_out(case_id, owner_id)
        row = Lesson(
            case_id=case_id,
            lesson=lesson,
            action=action,
            owner_id=owner_id,
            due_on=due_on,
            is_recommendation=is_recommendation,
        )
        db.session.add(row)
        db.session.flush()
        facts = {"action": action, "owner_id": owner_id, "due_on": due_on.isoformat()}
        record(LESSON_WRITTEN, case.about, at=at, by_id=by_id, is_recommendation=is_recommendation, **facts)
        return row.id


def prove_done(
    case_id: int, key: int, *, evidence: str, done_on: date, at: datetime, by_id: int, version: int | None = None
) -> None:
    """Say that it is done, with the proof (guard G10: recommendations that were agreed and not done)."""
    if not evidence.strip():
        raise NotComplete("Say what shows that it was done.")
    with locked_case(case_id, version) as case:
        row = _lesson(case_id, key)
        row.done_on, row.evidence = done_on, evidence
        record(LESSON_DONE, case.about, at=at, by_id=by_id, action=row.action, evidence=evidence)


def confirm_with_person(case_id: int, key: int, *, words: str, at: datetime, by_id: int, version: int | None = None) -> None:
    """Write down what the person said when they were asked whether it was done."""
    if not words.strip():
        raise NotComplete("Say what the person said, or that they could not be reached and how you tried.")
    with locked_case(case_id, version) as case:
        row = _lesson(case_id, key)
        if row.done_on is None:
            raise NotComplete("First say that it is done, and what shows it.")
        row.confirmed_on, row.confirmed_words = london_day(at), words
        record(LESSON_CONFIRMED, case.about, at=at, by_id=by_id, action=row.action, words=words)


def tell_you_said(
    case_id: int,
    key: int,
    *,
    you_said: str,
    we_did: str,
    is_public: bool,
    council: Council,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> None:
    """Tell the person what changed because of them; and everyone, without a name, when that is ticked."""
    with locked_case(case_id, version) as case:
        row = _lesson(case_id, key)
        if row.done_on is None:
            raise NotComplete("First say that it is done, and what shows it.")
        if is_public and (names := names_in(case, f"{you_said} {we_did}")):
            raise NotComplete(f"Take out what could say who this was: {', '.join(names)}.")
        row.you_said, row.we_did, row.is_public, row.told_on = you_said, we_did, is_public, london_day(at)
        facts = letter_facts(case, council) | {"you_said": you_said, "we_did": we_did}
        post(case, "you_said", wording.render("letters/you_said.txt", **facts), at=at, by_id=by_id)
        record(LESSON_TOLD, case.about, at=at, by_id=by_id, you_said=you_said, we_did=we_did, is_public=is_public)


def names_in(case: Case, text: str) -> list[str]:
    """The names of the person and the child that a text holds, and the case's reference."""
    known = {word for name in NAMES for word in bare_words(str(case.person.get(name) or "")) if len(word) >= MIN_NAME_LENGTH}
    found = sorted(known & set(bare_words(text)))
    return [*found, *([case.reference] if case.reference.lower() in text.lower() else [])]


def _lesson(case_id: int, key: int) -> Lesson:
    row = lesson_of(case_id, key)
    if row is None:
        raise NotComplete("There is no such lesson. Reload the page.")
    return row
