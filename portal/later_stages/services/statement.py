"""The statement of complaint at stage 2: versions, the letter that takes it to the person, agreement, what changes after it.

The person agrees what they have read: a version of ours goes to them by letter first (SI 2006/1738 regs 16, 17; guard G5).
"""

from collections.abc import Sequence
from datetime import date, datetime

from portal import wording
from portal.audit.services import record
from portal.cases.errors import NotComplete
from portal.cases.models import Attempt, Case, Element, Stage, Statement
from portal.cases.services.locked_case import locked_case
from portal.cases.stages import running_stage
from portal.clock import london_day
from portal.config import Council
from portal.correspondence.services.leaving import stops
from portal.correspondence.services.messages import letter_facts, post
from portal.later_stages.events import (
    STATEMENT_AGREED,
    STATEMENT_AMENDED,
    STATEMENT_ATTEMPTED,
    STATEMENT_SENT,
    STATEMENT_WRITTEN,
)
from portal.procedure.clocks import Day
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.letter_check import Edited, Needs
from portal.procedure.stages import STATEMENT_ATTEMPTS, Amendment


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
    with locked_case(case_id, version) as case:
        _add_version(case, _still_open(case), elements, desired, by_person=by_person, at=at, by_id=by_id)


def statement_letter(case: Case, council: Council) -> str:
    """The letter with the newest version, as it would go now. Raises NotComplete without one."""
    stage = _still_open(case)
    if not stage.statements:
        raise NotComplete("Write the statement first.")
    facts = letter_facts(case, council) | {"stage": stage, "statement": stage.statements[-1]}
    return wording.render("letters/statement.txt", **facts)


def send_statement(
    case_id: int, *, council: Council, letter: Edited | None = None, at: datetime, by_id: int, version: int | None = None
) -> None:
    """Send the newest version to the person: they agree to it, or say what must be another way, in any words."""
    with locked_case(case_id, version) as case:
        words = letter or Edited(statement_letter(case, council))
        stage, needs = _still_open(case), Needs(comes_back=True, advocate=True)
        post(case, "statement", words, needs=needs, stops=("statement_sent", stage), at=at, by_id=by_id)


@stops("statement_sent")
def _sent(case: Case, stage: Stage, on: date, at: datetime, by_id: int | None) -> None:
    if stage.statements:
        stage.statements[-1].sent_on = on
        record(STATEMENT_SENT, case.about, at=at, by_id=by_id, number=stage.statements[-1].number, on=on.isoformat())


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
    """The person agrees the newest version: the first clock starts on that day, the one from the request runs on.

    They agree what they wrote themselves, or what was sent to them by then.
    """
    with locked_case(case_id, version) as case:
        stage = _still_open(case)
        newest = _agreed_version(stage, on, how, at)
        _settle(case, stage, newest, on, how, at=at, by_id=by_id)


def go_on_with_the_record(case_id: int, *, reasons: str, at: datetime, by_id: int, version: int | None = None) -> None:
    """Go on without agreement, after two recorded attempts (guard G5); the person is not left waiting for months."""
    if not reasons.strip():
        raise NotComplete("Say why the investigation goes on without an agreed statement.")
    with locked_case(case_id, version) as case:
        stage = _still_open(case)
        if len(stage.attempts) < STATEMENT_ATTEMPTS:
            raise MoveNotAllowed("G5", "Record at least two attempts to agree the statement first.")
        if not stage.statements:
            raise NotComplete("Write the statement first.")
        stage.on_the_record = True
        _settle(case, stage, stage.statements[-1], london_day(at), reasons, at=at, by_id=by_id)


def amend_statement(
    case_id: int,
    amendment: Amendment,
    elements: Sequence[str],
    *,
    on: date,
    how: str,
    reasons: str,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> None:
    """Change what was agreed: a decision with reasons, that the person agreed to on a day.

    Added elements are looked into beside the others, and the clock stays. Starting afresh counts from the new agreement; the
    first one stays on record, and both counts are shown.
    """
    if not reasons.strip():
        raise NotComplete("Say what came up, and why it is looked into in this way.")
    with locked_case(case_id, version) as case:
        stage = running_stage(case, 2)
        agreed_on = stage.day(Day.AGREEMENT)
        if agreed_on is None:
            raise NotComplete("Nothing is agreed yet. Write another version of the statement instead.")
        if stage.day(Day.REPORT) is not None:
            raise NotComplete("The report was handed in. What is new is a complaint of its own.")
        before, afresh = stage.statements[-1], amendment is Amendment.AFRESH
        told = elements if afresh else (*before.elements, *elements)
        new = _add_version(case, stage, told, before.desired, by_person=True, at=at, by_id=by_id)
        _agreed_version(stage, on, how, at)
        new.agreed_on = on
        if afresh:
            stage.note(Day.FIRST_AGREEMENT, stage.day(Day.FIRST_AGREEMENT) or agreed_on)
            stage.note(Day.AGREEMENT, on)
        kept = {element.words: element for element in stage.elements}
        stage.elements = [kept.get(words) or _element(case, 0, words) for words in new.elements]
        for place, element in enumerate(stage.elements, start=1):
            element.position = place
        facts = {"number": new.number, "amendment": amendment, "on": on.isoformat(), "words": how, "reasons": reasons}
        record(STATEMENT_AMENDED, case.about, at=at, by_id=by_id, **facts)


def _add_version(
    case: Case,
    stage: Stage,
    elements: Sequence[str],
    desired: str,
    *,
    by_person: bool,
    at: datetime,
    by_id: int | None,
) -> Statement:
    told = list(dict.fromkeys(element.strip() for element in elements if element.strip()))
    if not told:
        raise NotComplete("Write at least one element of the complaint.")
    number, wanted = len(stage.statements) + 1, desired.strip()
    new = Statement(number=number, elements=told, desired=wanted, by_person=by_person, by_id=by_id, at=at)
    stage.statements.append(new)
    facts = {"number": number, "elements": told, "desired": wanted, "by_person": by_person}
    record(STATEMENT_WRITTEN, case.about, at=at, by_id=by_id, **facts)
    return new


def _agreed_version(stage: Stage, on: date, how: str, at: datetime) -> Statement:
    """The newest version, if it can be what the person agreed to on a day."""
    if not how.strip():
        raise NotComplete("Say how the person agreed: by letter, by phone, in person.")
    if not stage.requested_on <= on <= london_day(at):
        raise NotComplete("The day they agreed must be between the request and today.")
    if not stage.statements:
        raise NotComplete("Write the statement first.")
    newest = stage.statements[-1]
    if not newest.by_person and (newest.sent_on is None or newest.sent_on > on):
        raise NotComplete("Send the statement to the person first: they agree what they have read.")
    return newest


def _settle(case: Case, stage: Stage, agreed: Statement, on: date, words: str, *, at: datetime, by_id: int) -> None:
    stage.note(Day.AGREEMENT, on)
    agreed.agreed_on = None if stage.on_the_record else on
    stage.elements = [_element(case, place, text) for place, text in enumerate(agreed.elements, start=1)]
    facts = {"number": agreed.number, "on": on.isoformat(), "words": words}
    record(STATEMENT_AGREED, case.about, at=at, by_id=by_id, on_the_record=stage.on_the_record, **facts)


def _element(case: Case, place: int, words: str) -> Element:
    """An element, with the part that it belongs to where it has the words of one."""
    part = next((one.position for one in case.parts if one.words.strip() == words.strip()), None)
    return Element(position=place, words=words, part_position=part)


def _still_open(case: Case) -> Stage:
    stage = running_stage(case, 2)
    if stage.day(Day.AGREEMENT) is not None:
        raise NotComplete("The statement was settled. Change it with what came up after the agreement.")
    return stage
