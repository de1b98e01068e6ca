"""Taking a part another road, at any stage: with reasons, a letter, and its own clock from the day the council had it.

What leaves the statutory road takes two people (guard G1), whatever the other road is called. What comes back to it is heard
from the day on which the council had the complaint: the wrong road was the council's.
"""

from dataclasses import dataclass
from datetime import date, datetime

from portal import wording
from portal.audit.services import record
from portal.cases.clocks import count_again
from portal.cases.errors import NotComplete
from portal.cases.models import Case, Disposition, Element, Part, Promised, Stage
from portal.cases.promises import ByWhen, Said
from portal.cases.queries import case_by_reference
from portal.cases.services.locked_case import due_from_receipt, locked_case
from portal.changing_road.events import PART_MOVED
from portal.clock import london_day
from portal.config import Council
from portal.correspondence.services.messages import letter_facts, post
from portal.correspondence.services.promising import promise, said_in_words
from portal.later_stages.services.appointments import end_all_appointments
from portal.procedure.clocks import Day
from portal.procedure.eligibility import Standing
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.grounds import Ground
from portal.procedure.letter_check import Edited, Needs
from portal.procedure.roads import Road
from portal.procedure.routes import KEEPS_THE_STATUTORY_RIGHT, Route
from portal.procedure.second_person import check_second_person
from portal.procedure.stages import StageEnding, Status, check_move
from portal.triage.services.linking import open_from
from portal.triage.services.starting import COUNTED, begin_strand, strand_on
from portal.triage.services.telling import STAGE_1, check_handed_over, send_elsewhere, start_stage_1
from portal.triage.services.triage import check_late_reasons, part_at, road_taken

CAN_MOVE_TO = frozenset(Route) - {Route.EARLY_RESOLUTION}
STATUS_OF = {1: Status.STAGE_1, 2: Status.STAGE_2, 3: Status.STAGE_3}
BY_THEMSELVES = frozenset({Status.TO_READ, Status.TO_DECIDE})  # the decision on each part is changed there, not here


@dataclass(frozen=True)
class Move:
    """Where a part goes now, and why. `ground` is the register's word where it is not heard."""

    route: Route
    reasons: str
    road: str = ""
    ground: Ground | None = None
    review_on: date | None = None


def moved_letter(case: Case, position: int, move: Move, council: Council, on: date) -> str:
    """The letter that tells of the other road, as it would go on a day. Raises what the move itself refuses."""
    part = part_at(case, position)
    check_can_move(case, part, move, on)
    answer = _answer_of(case, part, move, on)
    facts = letter_facts(case, council) | {"part": part, "route": move.route, "reasons": move.reasons.strip()}
    facts |= {"road": _road(move), "review_on": move.review_on, "by_when": ByWhen.told_on(on, answer) if answer else None}
    facts |= {"has_day_later": answer is None and move.route in COUNTED}
    return wording.render("letters/road_changed.txt", **facts)


def move_part(
    case_id: int,
    position: int,
    move: Move,
    *,
    council: Council,
    letter: Edited | None = None,
    asked_by: int | None = None,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> str:
    """Take a part another road and tell the person. Gives the reference of a case of its own where stage 1 is over here."""
    on = london_day(at)
    with locked_case(case_id, version) as case:
        part = part_at(case, position)
        words = letter or Edited(moved_letter(case, position, move, council, on))
        check_can_move(case, part, move, on)
        if _leaves_the_procedure(part, move):
            where = road.title if (road := _road(move)) else "no road at all"
            check_second_person(
                "G1",
                asked_by or words.asked_by,
                by_id,
                f"Part {position} leaves the statutory procedure for: {where}. The reasons: {move.reasons.strip()}",
            )
        answer, before = _answer_of(case, part, move, on), part.route
        _leave_road(case, part, on)
        _decide(part, move, decided_by=asked_by or words.asked_by or by_id, signed_by=by_id)
        into = _take_road(case, part, before, council=council, at=at, by_id=by_id)
        _tell(case, part, move, words, answer, into, at=at, by_id=by_id)
        facts = {"position": position, "before": before, "after": move.route, "road": part.road, "into": into}
        record(PART_MOVED, case.about, at=at, by_id=by_id, reasons=move.reasons, from_id=asked_by or words.asked_by, **facts)
        return into


def check_can_move(case: Case, part: Part, move: Move, on: date) -> None:
    """Whether a part can take another road now. Raises MoveNotAllowed or NotComplete."""
    if not move.reasons.strip():
        raise NotComplete("Give your reasons. The person is told them.")
    if case.status in BY_THEMSELVES:
        raise NotComplete("The person was not told yet. Decide the part anew instead.")
    if move.route is Route.NONE and move.ground is None:
        raise NotComplete("Choose the ground on which nobody hears it.")
    check_late_reasons(part, move.ground)
    if move.route is Route.SAFEGUARDING:
        check_handed_over(case)
    if move.route not in CAN_MOVE_TO:
        raise MoveNotAllowed("road", "A part is settled by closing the case with the person's own word.")
    if move.review_on is not None and move.review_on <= on:
        raise NotComplete("Choose a day that has not passed, on which the hold is looked at again.")
    road = _road(move)
    if part.route is move.route and (road is None or part.road == road.id or move.route in COUNTED):
        raise NotComplete("The part is on that road already.")
    if part.route is Route.STATUTORY and case.running_stage is None:
        raise MoveNotAllowed("G2", "The part was answered. What they say now asks for the next stage.")


def _leaves_the_procedure(part: Part, move: Move) -> bool:
    """Whether a part leaves the statutory procedure, also one that waits for it: held, or settled early."""
    if part.route is Route.STATUTORY:
        return True
    waits_for_it = part.route in KEEPS_THE_STATUTORY_RIGHT | {Route.COURT_OR_TRIBUNAL}
    return waits_for_it and move.route not in (Route.STATUTORY, Route.COURT_OR_TRIBUNAL)


def _road(move: Move) -> Road | None:
    return road_taken(move.route, move.road, None)


def _answer_of(case: Case, part: Part, move: Move, on: date) -> date | None:
    """The day by which the part is answered on its new road; None where the council does not answer it there.

    None too while nobody has acknowledged it: the answer counts from that, and the acknowledgement says the day.
    """
    if move.route is Route.STATUTORY:
        left = _stage_left(case)
        return left.due_on if left is not None else due_from_receipt(STAGE_1, case.received_on)
    strand = strand_on(case, part.position, move.route, move.review_on, on)
    if strand is None or move.route not in COUNTED or _acknowledged(case, strand).acknowledged_on is None:
        return None
    return strand.due_on


def _acknowledged(case: Case, strand: Stage) -> Stage:
    """A part that was acknowledged at stage 1 needs no second acknowledgement: its answer counts from the first."""
    first = case.stage(1)
    if strand.route in COUNTED and first is not None and first.acknowledged_on is not None:
        strand.acknowledged_on = first.acknowledged_on
        count_again(strand)
    return strand


def _leave_road(case: Case, part: Part, on: date) -> None:
    """End what ran for a part: its strand, or its place in the running stage, which ends with the last part of it."""
    for strand in case.open_strands:
        if strand.position == part.position:
            strand.closed_on = on
    stage = case.running_stage
    if part.route is not Route.STATUTORY or stage is None:
        return
    stage.elements = [one for one in stage.elements if one.finding is not None or not _is_of(part, one)]
    for place, element in enumerate(stage.elements, start=1):
        element.position = place
    if [one for one in case.parts if one.route is Route.STATUTORY and one is not part]:
        return
    stage.closed_on, stage.ending = on, StageEnding.MOVED
    end_all_appointments(case, stage, on)


def _is_of(part: Part, element: Element) -> bool:
    return part.position == element.part_position or (element.part_position is None and part.words == element.words)


def _decide(part: Part, move: Move, *, decided_by: int, signed_by: int) -> None:
    road = _road(move)
    part.decision = {Route.STATUTORY: Standing.ELIGIBLE, Route.COURT_OR_TRIBUNAL: Standing.HELD}.get(
        move.route, Standing.NOT_ELIGIBLE
    )
    part.ground = (
        Ground.STATUTORY_MATTER if move.route is Route.STATUTORY else move.ground or (road.ground if road else None)
    )
    part.route, part.road, part.reasons = move.route, road.id if road else None, move.reasons.strip()
    part.review_on, part.finding, part.needs_signature = move.review_on, None, False
    part.decided_by_id, part.signed_by_id = decided_by, signed_by if signed_by != decided_by else None


def _take_road(case: Case, part: Part, before: Route | None, *, council: Council, at: datetime, by_id: int) -> str:
    """Begin what runs for a part now; gives the reference of the case of its own that it became, where it did."""
    on = london_day(at)
    if part.route is Route.STATUTORY:
        return _back_to_the_procedure(case, part, at=at, by_id=by_id)
    strand = strand_on(case, part.position, part.route, part.review_on, on)
    if strand is not None:
        begin_strand(_acknowledged(case, strand), case, council, at=at, by_id=by_id)
    if before is Route.STATUTORY and case.running_stage is None:
        send_elsewhere(case, bool(case.open_strands), at, by_id)
    elif case.status is Status.CLOSED and case.open_strands:
        check_move(case.status, Status.OTHER_ROUTES)
        case.status, case.closed_on = Status.OTHER_ROUTES, None
    return ""


def _stage_left(case: Case) -> Stage | None:
    """The stage that ended because its last part took another road, and goes on where it stopped; None for any other."""
    newest = max(case.stages, key=lambda stage: stage.number, default=None)
    return newest if newest is not None and newest.ending is StageEnding.MOVED else None


def _back_to_the_procedure(case: Case, part: Part, *, at: datetime, by_id: int) -> str:
    first, running, left = case.stage(1), case.running_stage, _stage_left(case)
    if first is None:
        start_stage_1(case, at, by_id)
        case.closed_on = None
    elif left is not None:
        check_move(case.status, STATUS_OF[left.number])
        left.closed_on = left.ending = case.closed_on = None
        case.status, case.disposition, case.disposition_reason = STATUS_OF[left.number], Disposition.ACCEPTED, ""
        if left.number > 1 and left.day(Day.AGREEMENT) is not None and not any(_is_of(part, one) for one in left.elements):
            place = len(left.elements) + 1
            left.elements.append(Element(position=place, words=part.words, part_position=part.position))
    elif running is not first:
        return open_from(case, [part.position], received_on=case.received_on, at=at, by_id=by_id).reference
    return ""


def _tell(
    case: Case, part: Part, move: Move, words: Edited, answer: date | None, into: str, *, at: datetime, by_id: int
) -> None:
    on, road = london_day(at), _road(move)
    by_when = ByWhen.told_on(on, answer) if answer else None
    needs = Needs(
        reasons=[move.reasons],
        ombudsman=True,
        commissioner=False,
        late=by_when is not None and by_when.is_late,
        dates=[day for day in (move.review_on,) if day],
    )
    position = 0 if move.route is Route.STATUTORY else part.position
    running = case.running_stage
    number = running.number if move.route is Route.STATUTORY and running is not None and not into else 1
    promises = [by_when.said(position, number)] if by_when is not None else []
    if move.review_on is not None and road is None:
        promises.append(Said(Promised.REVIEW, move.review_on, part.position, 1))
    post(case, "road_changed", words, needs=needs, promises=[] if into else promises, at=at, by_id=by_id)
    if into:  # what is promised is kept there
        promise(case_by_reference(into), said_in_words(promises, words.words, on), "road_changed", at=at)
