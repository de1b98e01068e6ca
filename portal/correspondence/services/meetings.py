"""A meeting, or mediation: offered to the person in a letter, and what came of it. Neither stops any clock."""

from datetime import date, datetime

from portal import wording
from portal.audit.services import record
from portal.cases.errors import NotComplete
from portal.cases.models import Case, Stage
from portal.cases.services.locked_case import locked_case
from portal.clock import london_day
from portal.config import Council
from portal.correspondence.events import MEETING_HELD, MEETING_OFFERED
from portal.correspondence.models import MeetingKind
from portal.correspondence.services.messages import letter_facts, post
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.letter_check import Edited, Needs


def meeting_letter(case: Case, kind: MeetingKind, words: str, council: Council, on: date) -> str:
    """The letter that offers a meeting or mediation, as it would go on a day; what runs goes on, and it says so."""
    stage = _running(case)
    facts = letter_facts(case, council) | {"kind": kind, "words": words.strip(), "stage": stage}
    return wording.render("letters/meeting_offered.txt", **facts, is_late=stage.due_on < on)


def offer_meeting(
    case_id: int,
    kind: MeetingKind,
    words: str,
    *,
    council: Council,
    letter: Edited | None = None,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> None:
    """Offer the person a meeting or mediation. They may say no; nothing that is due moves."""
    if not words.strip():
        raise NotComplete("Say what you offer: with whom, where or how, and when.")
    with locked_case(case_id, version) as case:
        stage = _running(case)
        told = letter or Edited(meeting_letter(case, kind, words, council, london_day(at)))
        post(case, "meeting_offered", told, needs=Needs(comes_back=True), about=stage, at=at, by_id=by_id)
        record(MEETING_OFFERED, case.about, at=at, by_id=by_id, kind=kind, words=words.strip(), number=stage.number)


def note_meeting(
    case_id: int, kind: MeetingKind, *, on: date, words: str, at: datetime, by_id: int, version: int | None = None
) -> None:
    """Write down that it took place, or that they did not want it, and what came of it."""
    if not words.strip():
        raise NotComplete("Say who took part and what came of it, or that they did not want it.")
    with locked_case(case_id, version) as case:
        if not case.received_on <= on <= london_day(at):
            raise NotComplete("The day must be between the receipt of the complaint and today.")
        record(MEETING_HELD, case.about, at=at, by_id=by_id, kind=kind, on=on.isoformat(), words=words.strip())


def _running(case: Case) -> Stage:
    if case.running_stage is None:
        raise MoveNotAllowed("stage", "No stage is running on this case.")
    return case.running_stage
