"""Strands: each part that goes another way than the statutory one, on its own clock, until it has its own answer."""

from datetime import date, datetime

from portal import wording
from portal.audit.services import record
from portal.cases.clocks import count_again, due_if_acknowledged, due_if_extended
from portal.cases.errors import NotComplete
from portal.cases.models import Case, Promised, Stage
from portal.cases.promises import Said
from portal.cases.services.locked_case import locked_case
from portal.clock import london_day
from portal.config import Council
from portal.correspondence.services.leaving import stops
from portal.correspondence.services.messages import letter_facts, letter_waits, post
from portal.other_routes.events import PART_PASSED_ON, STRAND_ACKNOWLEDGED, STRAND_ANSWERED, STRAND_ASKED_ON, STRAND_EXTENDED
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.findings import Finding
from portal.procedure.letter_check import Edited, Needs
from portal.procedure.routes import Route
from portal.procedure.stages import Status, check_move
from portal.triage.services.starting import COUNTED, PASSED_ON
from portal.triage.services.triage import part_at


def strand_at(case: Case, position: int) -> Stage:
    """The strand of a part that runs now. Raises NotComplete when there is none."""
    found = next((strand for strand in case.open_strands if strand.position == position), None)
    if found is None:
        raise NotComplete("Nothing runs on that part now. Reload the case.")
    return found


def strand_letter(case: Case, position: int, template: str, council: Council, **facts: object) -> str:
    """A letter about one part that goes its own way."""
    told = letter_facts(case, council) | {"part": part_at(case, position), "strand": strand_at(case, position)}
    return wording.render(f"letters/{template}.txt", **told | facts)


def acknowledge_strand(
    case_id: int,
    position: int,
    *,
    council: Council,
    letter: Edited | None = None,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> None:
    """Acknowledge one part; under the 2024 Code the answer is counted from this day."""
    with locked_case(case_id, version) as case:
        strand = strand_at(case, position)
        if strand.route not in COUNTED or strand.acknowledged_on or letter_waits(case, "strand_acknowledged", strand):
            raise NotComplete("This part needs no acknowledgement, or has one.")
        answer_by = due_if_acknowledged(strand, london_day(at))
        words = letter or Edited(strand_letter(case, position, "strand_acknowledged", council, answer_by=answer_by))
        ends = ("strand_acknowledged", strand)
        post(case, ends[0], words, stops=ends, promises=(Said.of(strand, Promised.ANSWER, answer_by),), at=at, by_id=by_id)


@stops("strand_acknowledged")
def _acknowledged(case: Case, strand: Stage, on: date, at: datetime, by_id: int | None) -> None:
    strand.acknowledged_on = on
    count_again(strand)
    facts = {"position": strand.position, "route": strand.route, "due_on": strand.due_on.isoformat()}
    record(STRAND_ACKNOWLEDGED, case.about, at=at, by_id=by_id, **facts)


def extend_strand(
    case_id: int,
    position: int,
    *,
    reasons: str,
    council: Council,
    letter: Edited | None = None,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> None:
    """Extend one part's answer once, with reasons and the Ombudsman's details (Complaint Handling Code 6.2-6.5)."""
    if not reasons.strip():
        raise NotComplete("Say why. The person is told.")
    with locked_case(case_id, version) as case:
        strand = strand_at(case, position)
        if strand.route is not Route.CORPORATE or not strand.acknowledged_on or strand.extended_on:
            raise MoveNotAllowed("code", "Only a corporate part can be extended, once, after it was acknowledged.")
        if london_day(at) > strand.due_on:
            raise MoveNotAllowed("code", "The time has run out. It can no longer be extended; answer it and say sorry.")
        strand.extension_words, answer_by = reasons, due_if_extended(strand)
        words = letter or Edited(strand_letter(case, position, "strand_extended", council, answer_by=answer_by))
        needs = Needs(reasons=[reasons], ombudsman=True, dates=[answer_by])
        promises = (Said.of(strand, Promised.ANSWER, answer_by),)
        ends = ("strand_extended", strand)
        post(case, "strand_extended", words, needs=needs, stops=ends, promises=promises, at=at, by_id=by_id)


@stops("strand_extended")
def _extended(case: Case, strand: Stage, on: date, at: datetime, by_id: int | None) -> None:
    """It is extended once the person was told; one who is told after the time had run out was not."""
    if strand.closed_on is not None or on > strand.due_on:
        return
    strand.extended_on = on
    count_again(strand)
    facts = {"position": strand.position, "due_on": strand.due_on.isoformat(), "reasons": strand.extension_words}
    record(STRAND_EXTENDED, case.about, at=at, by_id=by_id, **facts)


def answer_letter(case: Case, position: int, text: str, finding: Finding, council: Council, on: date) -> str:
    """The whole answer to one part, as it would go on a day."""
    is_late = strand_at(case, position).due_on < on
    return strand_letter(case, position, "strand_answer", council, text=text, finding=finding, is_late=is_late)


def needs_of_answer(strand: Stage, finding: Finding, on: date) -> Needs:
    """What the answer to a part must say."""
    return Needs(
        sorry=finding is not Finding.NOT_UPHELD,
        late=strand.due_on < on,
        ombudsman=True,
        commissioner=strand.route is Route.DATA_PROTECTION,
        next_stage=2 if strand.route is Route.CORPORATE and strand.number == 1 else None,
    )


def answer_strand(
    case_id: int,
    position: int,
    *,
    text: str,
    finding: Finding,
    council: Council,
    letter: Edited | None = None,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> None:
    """Answer one part. It does not wait for the others. Stage 2 of the Code is answered by someone else than stage 1."""
    if not text.strip():
        raise NotComplete("Write the answer first.")
    with locked_case(case_id, version) as case:
        strand = strand_at(case, position)
        if strand.route not in COUNTED:
            raise NotComplete("This part is not answered here.")
        if not strand.acknowledged_on:
            raise MoveNotAllowed("acknowledge", "Acknowledge this part first.")
        first = next((one for one in case.strands if one.position == position and one.number == 1), strand)
        if strand.number == 2 and first.drafted_by_id == by_id:
            raise MoveNotAllowed("code", "Someone who did not answer stage 1 must answer stage 2.")
        words = letter or Edited(answer_letter(case, position, text, finding, council, london_day(at)))
        strand.draft, strand.drafted_by_id, strand.outcome = text, by_id, finding
        part_at(case, position).finding = finding
        needs = needs_of_answer(strand, finding, london_day(at))
        post(case, "strand_answer", words, needs=needs, stops=("strand_answered", strand), at=at, by_id=by_id)


@stops("strand_answered")
def _answered(case: Case, strand: Stage, on: date, at: datetime, by_id: int | None) -> None:
    in_time = on <= strand.due_on
    strand.responded_on = strand.closed_on = on
    facts = {"position": strand.position, "number": strand.number, "finding": strand.outcome, "in_time": in_time}
    record(STRAND_ANSWERED, case.about, at=at, by_id=by_id, **facts)


def ask_for_corporate_stage_2(
    case_id: int, position: int, *, requested_on: date, at: datetime, by_id: int, version: int | None = None
) -> None:
    """The person is not content with the corporate answer, in any words: stage 2 of the Code starts."""
    with locked_case(case_id, version) as case:
        rows = [strand for strand in case.strands if strand.position == position and strand.route is Route.CORPORATE]
        if not rows or rows[-1].number == 2 or rows[-1].responded_on is None:
            raise NotComplete("Stage 2 of the corporate procedure follows an answer at its stage 1, once.")
        if not rows[-1].responded_on <= requested_on <= london_day(at):
            raise NotComplete("The day they asked must be between the answer and today.")
        strand = Stage(route=Route.CORPORATE, position=position, number=2, requested_on=requested_on, due_on=requested_on)
        count_again(strand)
        case.strands.append(strand)
        if case.status is Status.CLOSED and not case.stages:
            check_move(case.status, Status.OTHER_ROUTES)
            case.status, case.closed_on = Status.OTHER_ROUTES, None
        facts = {"position": position, "requested_on": requested_on.isoformat(), "due_on": strand.due_on.isoformat()}
        record(STRAND_ASKED_ON, case.about, at=at, by_id=by_id, **facts)


def pass_on(
    case_id: int,
    position: int,
    *,
    to_whom: str,
    council: Council,
    letter: Edited | None = None,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> None:
    """Hand a part to who answers it, by name, and tell the person whom to expect an answer from."""
    if not to_whom.strip():
        raise NotComplete("Say who has it now, and how the person can reach them.")
    with locked_case(case_id, version) as case:
        strand = strand_at(case, position)
        if strand.route not in PASSED_ON:
            raise NotComplete("This part is not one that is passed on.")
        words = letter or Edited(strand_letter(case, position, "passed_on", council, to_whom=to_whom))
        post(case, "passed_on", words, needs=Needs(ombudsman=True), stops=("passed_on", strand), at=at, by_id=by_id)
        record(PART_PASSED_ON, case.about, at=at, by_id=by_id, position=position, to_whom=to_whom)


@stops("passed_on")
def _passed_on(case: Case, strand: Stage, on: date, at: datetime, by_id: int | None) -> None:
    strand.responded_on = strand.closed_on = on
