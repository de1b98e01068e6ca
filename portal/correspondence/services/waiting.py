"""What happens to time while a stage runs: agreed waiting, a new honest date, an advocate who is asked for."""

from datetime import date, datetime

from portal import wording
from portal.audit.services import record
from portal.cases.errors import NotComplete
from portal.cases.models import Case, LetterForm, Promised, Stage
from portal.cases.promises import Said
from portal.cases.services.locked_case import locked_case
from portal.clock import london_day
from portal.config import Council
from portal.correspondence.events import ADVOCATE_NOTED, LETTER_FORM_CHOSEN, NEW_DATE_GIVEN, WAITING_AGREED
from portal.correspondence.services.messages import letter_facts, post
from portal.correspondence.services.promising import promise
from portal.procedure.clocks import Day
from portal.procedure.errors import MoveNotAllowed

ADVOCATE_DAYS = {"asked_for": Day.ADVOCATE_ASKED_FOR, "in_place": Day.ADVOCATE_IN_PLACE}


def agree_to_wait(
    case_id: int, *, until_on: date, confirmed_by: str, at: datetime, by_id: int, version: int | None = None
) -> None:
    """The person is content to wait. What is due does not move: an answer after it is late all the same (law case TC31)."""
    if not confirmed_by.strip():
        raise NotComplete("Say who agreed to wait, and how. It must be the person who complained.")
    with locked_case(case_id, version) as case:
        stage = _running(case)
        if until_on <= london_day(at):
            raise NotComplete("Choose a day that has not passed.")
        stage.waits_until = until_on
        promise(case, [Said.of(stage, Promised.ANSWER, until_on)], "agreed", at=at)
        facts = {"number": stage.number, "until_on": until_on.isoformat(), "confirmed_by": confirmed_by}
        record(WAITING_AGREED, case.about, at=at, by_id=by_id, **facts)


def give_new_date(
    case_id: int,
    *,
    expected_on: date,
    reasons: str,
    council: Council,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> None:
    """Tell the person the council's own honest date, and why it takes longer. What is due does not move."""
    if not reasons.strip():
        raise NotComplete("Say why it takes longer.")
    with locked_case(case_id, version) as case:
        stage = _running(case)
        if expected_on < london_day(at):
            raise NotComplete("Choose a day that has not passed.")
        told = letter_facts(case, council) | {"stage": stage, "expected_on": expected_on, "reasons": reasons.strip()}
        words = wording.render("letters/new_date.txt", **told)
        post(
            case,
            "new_date",
            words,
            about=stage,
            promises=(Said.of(stage, Promised.ANSWER, expected_on),),
            at=at,
            by_id=by_id,
        )
        facts = {"number": stage.number, "expected_on": expected_on.isoformat(), "reasons": reasons}
        record(NEW_DATE_GIVEN, case.about, at=at, by_id=by_id, **facts)


def note_advocate(case_id: int, what: str, on: date, *, at: datetime, by_id: int, version: int | None = None) -> None:
    """The person asked for an advocate, or has one now. Waiting for one never takes stage 1 past 20 working days."""
    with locked_case(case_id, version) as case:
        stage = _running(case)
        if not case.received_on <= on <= london_day(at):
            raise NotComplete("The day must be between the receipt of the complaint and today.")
        if what == "in_place" and stage.day(Day.ADVOCATE_ASKED_FOR) is None:
            raise NotComplete("First say when they asked for an advocate.")
        stage.note(ADVOCATE_DAYS[what], on)
        record(ADVOCATE_NOTED, case.about, at=at, by_id=by_id, what=what, on=on.isoformat())


def choose_letter_form(case_id: int, form: LetterForm, *, at: datetime, by_id: int, version: int | None = None) -> None:
    """How the person wants their letters on paper."""
    with locked_case(case_id, version) as case:
        case.letter_form = form
        record(LETTER_FORM_CHOSEN, case.about, at=at, by_id=by_id, form=form)


def _running(case: Case) -> Stage:
    if case.running_stage is None:
        raise MoveNotAllowed("stage", "No stage is running on this case.")
    return case.running_stage
