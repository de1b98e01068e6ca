"""The statement of complaint at stage 2: versions, attempts to agree it, agreement, or going on with the written record."""

from collections.abc import Sequence
from datetime import date, datetime

from portal.audit.services import record
from portal.cases.errors import NotComplete
from portal.cases.models import Attempt, Case, Element, Stage, Statement
from portal.cases.services.locked_case import locked_case
from portal.cases.stages import running_stage
from portal.clock import london_day
from portal.later_stages.events import STATEMENT_AGREED, STATEMENT_ATTEMPTED, STATEMENT_WRITTEN
from portal.procedure.clocks import Day
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.stages import STATEMENT_ATTEMPTS


def write_statement(
    case_id: int,
    elements: Sequence[str],
    desired: str,
    *,
    by_person: bool,
    at: datetime,
    by_id: int | None,
    version: int | None = None,
) -> None:
    """Keep one more version of the statement: what is complained about, element by element, and what is wanted."""
    told = [element.strip() for element in elements if element.strip()]
    if not told:
        raise NotComplete("Write at least one element of the complaint.")
    with locked_case(case_id, version) as case:
        stage = _still_open(case)
        number = len(stage.statements) + 1
        stage.statements.append(
            Statement(number=number, elements=told, desired=desired.strip(), by_person=by_person, by_id=by_id, at=at)
        )
        facts = {"number": number, "elements": told, "desired": desired.strip(), "by_person": by_person}
        record(STATEMENT_WRITTEN, case.about, at=at, by_id=by_id, **facts)


def note_attempt(
    case_id: int, *, on: date, how: str, offered_advocate: bool, at: datetime, by_id: int, version: int | None = None
) -> None:
    """Record one attempt to agree the statement with the person."""
    if not how.strip():
        raise NotComplete("Say how you tried, and what the person said.")
    with locked_case(case_id, version) as case:
        stage = _still_open(case)
        if not stage.requested_on <= on <= london_day(at):
            raise NotComplete("The day of the attempt must be between the request and today.")
        stage.attempts.append(Attempt(on=on, how=how, offered_advocate=offered_advocate, by_id=by_id))
        facts = {"on": on.isoformat(), "how": how, "offered_advocate": offered_advocate}
        record(STATEMENT_ATTEMPTED, case.about, at=at, by_id=by_id, number=len(stage.attempts), **facts)


def agree_statement(case_id: int, *, on: date, how: str, at: datetime, by_id: int, version: int | None = None) -> None:
    """The person agrees the newest version: the first clock starts on that day, the one from the request runs on."""
    if not how.strip():
        raise NotComplete("Say how the person agreed: by letter, by phone, in person.")
    with locked_case(case_id, version) as case:
        stage = _still_open(case)
        if not stage.requested_on <= on <= london_day(at):
            raise NotComplete("The day they agreed must be between the request and today.")
        _settle(case, stage, on, how, at=at, by_id=by_id)


def go_on_with_the_record(case_id: int, *, reasons: str, at: datetime, by_id: int, version: int | None = None) -> None:
    """Go on without agreement, after two recorded attempts (guard G5); the person is not left waiting for months."""
    if not reasons.strip():
        raise NotComplete("Say why the investigation goes on without an agreed statement.")
    with locked_case(case_id, version) as case:
        stage = _still_open(case)
        if len(stage.attempts) < STATEMENT_ATTEMPTS:
            raise MoveNotAllowed("G5", "Record at least two attempts to agree the statement first.")
        stage.on_the_record = True
        _settle(case, stage, london_day(at), reasons, at=at, by_id=by_id)


def _settle(case: Case, stage: Stage, on: date, words: str, *, at: datetime, by_id: int) -> None:
    if not stage.statements:
        raise NotComplete("Write the statement first.")
    stage.note(Day.AGREEMENT, on)
    stage.elements = [
        Element(position=place, words=text) for place, text in enumerate(stage.statements[-1].elements, start=1)
    ]
    facts = {"number": stage.statements[-1].number, "on": on.isoformat(), "words": words}
    record(STATEMENT_AGREED, case.about, at=at, by_id=by_id, on_the_record=stage.on_the_record, **facts)


def _still_open(case: Case) -> Stage:
    stage = running_stage(case, 2)
    if stage.day(Day.AGREEMENT) is not None:
        raise NotComplete("The statement was settled. The elements can no longer be changed.")
    return stage
