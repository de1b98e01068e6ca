"""Reading a new case, in the order the team works: a child's safety, then who is complaining, then each part."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from portal.audit.services import record
from portal.cases.confirmation import Confirmation
from portal.cases.errors import NotComplete
from portal.cases.models import Case, Part
from portal.cases.services.locked_case import calm_down, due_from_receipt, locked_case
from portal.cases.services.walls import check_not_shut_out
from portal.cases.standing import take_decision_back
from portal.clock import london_day
from portal.duty.services import answer_alerts
from portal.procedure.eligibility import (
    Decision,
    Facts,
    Proceedings,
    Standing,
    assess,
    check_decision,
    check_ground,
)
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.grounds import Ground, Matter
from portal.procedure.roads import Road, roads
from portal.procedure.routes import Route, needs_second_signature
from portal.procedure.stages import Status, check_move, check_next_day, check_safeguarding_first
from portal.triage.events import (
    CASE_HANDED_TO,
    PART_DECIDED,
    PART_DESCRIBED,
    PART_SIGNED,
    SAFEGUARDING_CHECKED,
)


@dataclass(frozen=True)
class PartFacts:
    """What staff say one part of a complaint is about."""

    words: str
    matter: Matter
    service_area: str = ""
    subject: str = ""
    sub_subject: str = ""
    happened_on: date | None = None
    still_going_on: bool = False
    already_considered: bool = False
    reasonable_not_to_complain_sooner: bool | None = None
    still_fair_to_consider: bool | None = None
    sooner_words: str = ""
    fair_words: str = ""
    happened_words: str = ""
    proceedings: Proceedings = Proceedings.NONE
    would_prejudice: bool | None = None


def hand_to(case_id: int, handler_id: int | None, *, at: datetime, by_id: int, version: int | None = None) -> None:
    """Give a case to an officer of the team, or back to nobody."""
    with locked_case(case_id, version) as case:
        check_not_shut_out(case_id, handler_id)
        case.assignee_id = handler_id
        record(CASE_HANDED_TO, case.about, at=at, by_id=by_id, handler_id=handler_id)


def check_safeguarding(
    case_id: int, *, at_risk: bool, handed_over_to: str, at: datetime, by_id: int, version: int | None = None
) -> None:
    """Say whether a child may be at risk; a case at risk is handed to a named person at once."""
    if at_risk and not handed_over_to.strip():
        raise NotComplete("Say who you handed this to, by name, and how.")
    with locked_case(case_id, version) as case:
        case.at_risk, case.handed_over_to = at_risk, handed_over_to
        case.safeguarding_checked_at = at
        case.assignee_id = case.assignee_id or by_id
        calm_down(case)
        answer_alerts(case.about, at=at, by_id=by_id)
        if case.status is Status.TO_READ:
            check_move(case.status, Status.TO_DECIDE)
            case.status = Status.TO_DECIDE
        record(SAFEGUARDING_CHECKED, case.about, at=at, by_id=by_id, at_risk=at_risk, handed_over_to=handed_over_to)


def describe_part(
    case_id: int, position: int | None, said: PartFacts, *, at: datetime, by_id: int, version: int | None = None
) -> int:
    """Describe one part, or add one when `position` is None; a decision on it is taken back. Returns its position."""
    with locked_case(case_id, version) as case:
        check_still_deciding(case)
        if position is None:
            position = len(case.parts) + 1
            case.parts.append(Part(position=position))
        part = part_at(case, position)
        for name, value in asdict(said).items():
            setattr(part, name, value)
        take_decision_back(part)
        record(PART_DESCRIBED, case.about, at=at, by_id=by_id, position=part.position, matter=said.matter)
        return part.position


def assess_part(case: Case, part: Part) -> Decision | None:
    """Where the facts of a part point; None while nobody has said what it is about."""
    if part.matter is None:
        return None
    return assess(
        Facts(
            complainant=case.complainant,
            matter=part.matter,
            received_on=case.received_on,
            happened_on=part.happened_on,
            still_going_on=part.still_going_on,
            already_considered=part.already_considered,
            has_sufficient_interest=case.has_sufficient_interest,
            child_agrees=case.child_agrees,
            reasonable_not_to_complain_sooner=part.reasonable_not_to_complain_sooner,
            still_fair_to_consider=part.still_fair_to_consider,
            proceedings=part.proceedings,
            would_prejudice=part.would_prejudice,
            first_told_on=case.first_told_on,
        )
    )


def decide_part(
    case_id: int,
    position: int,
    *,
    decision: Standing,
    route: Route,
    ground: Ground | None,
    reasons: str,
    road: str = "",
    confirmed: Confirmation | None = None,
    review_on: date | None = None,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> None:
    """Decide one part. Declining takes reasons; leaving the statutory procedure takes a second person (guard G1).

    Where a route has several roads, `road` says which: the one that the facts point to unless another is named. A part is
    settled early only by the person's own word, on a day within the limit.
    """
    check_decision(decision, route)
    _check_said(route, reasons, review_on, london_day(at))
    with locked_case(case_id, version) as case:
        check_still_deciding(case)
        part = part_at(case, position)
        found = assess_part(case, part)
        if found is None:
            raise NotComplete("First say what this part is about.")
        check_ground(decision, ground, found)
        check_late_reasons(part, ground)
        if route is Route.EARLY_RESOLUTION:
            check_settled_early(case, confirmed)
        taken = road_taken(route, road, found)
        part.decision, part.route, part.ground, part.reasons = decision, route, ground, reasons
        part.road = taken.id if taken is not None else None
        part.decided_by_id, part.signed_by_id, part.review_on = by_id, None, review_on
        part.needs_signature = needs_second_signature(route, facts_rule_it_out=_ruled_out(found, taken))
        facts = {"position": position, "decision": decision, "route": route, "ground": ground, "reasons": reasons}
        facts |= {"road": part.road, "words": str(confirmed or "")}
        record(PART_DECIDED, case.about, at=at, by_id=by_id, needs_signature=part.needs_signature, **facts)


def check_late_reasons(part: Part, ground: Ground | None) -> None:
    """Nobody is refused as too late without the reasons on both questions of regulation 9 (guard G7). MoveNotAllowed."""
    if ground is Ground.OUT_OF_TIME and not ((part.sooner_words or "").strip() and (part.fair_words or "").strip()):
        raise MoveNotAllowed(
            "G7", "Give the reasons on both questions about a late complaint, under Describe. They stand in the letter."
        )


def _check_said(route: Route, reasons: str, review_on: date | None, on: date) -> None:
    if route is not Route.STATUTORY and not reasons.strip():
        raise NotComplete("Give your reasons. The person must be told them.")
    if review_on is not None and review_on <= on:
        raise NotComplete("Choose a day that has not passed, on which the hold is looked at again.")


def road_taken(route: Route, named: str, found: Decision | None) -> Road | None:
    """The road that a part takes on a route: the one named, that the facts point to, or the plainest. Raises NotComplete."""
    pointed = found.road if found is not None and found.road is not None and found.road.route is route else None
    road = roads.named(named) if named else pointed or roads.of_route(route)
    if named and (road is None or road.route is not route):
        raise NotComplete("That road does not belong to where the part goes. Choose another road, or leave it empty.")
    return road


def check_settled_early(case: Case, confirmed: Confirmation | None) -> None:
    """Early resolution is the person's own word, on a day by which it had to be settled. Raises MoveNotAllowed."""
    is_theirs = confirmed is not None and confirmed.is_their_own
    by_on = due_from_receipt("early_resolution", case.received_on)
    in_time = confirmed is not None and case.received_on <= confirmed.on <= by_on
    check_next_day(str(confirmed) if is_theirs else "", in_time)


def _ruled_out(found: Decision, taken: Road | None) -> bool:
    """Whether the facts alone rule the statutory procedure out; never where the road is a matter of judgement."""
    judged = any(road is not None and road.takes_two for road in (found.road, taken))
    return found.standing in (Standing.NOT_ELIGIBLE, Standing.HELD) and not judged


def sign_part(case_id: int, position: int, *, at: datetime, by_id: int, version: int | None = None) -> None:
    """The second signature (guard G1): by someone who did not take the decision."""
    with locked_case(case_id, version) as case:
        check_still_deciding(case)
        part = part_at(case, position)
        if not part.needs_signature or part.decided_by_id is None:
            raise NotComplete("This part needs no second signature.")
        if part.decided_by_id == by_id:
            raise MoveNotAllowed("G1", "A second person must sign: the facts say that this part can be heard as statutory.")
        part.signed_by_id = by_id
        record(PART_SIGNED, case.about, at=at, by_id=by_id, position=position)


def part_at(case: Case, position: int) -> Part:
    """One part by its place. Raises NotComplete when there is none."""
    found = next((part for part in case.parts if part.position == position), None)
    if found is None:
        raise NotComplete("There is no such part. Reload the case.")
    return found


def check_still_deciding(case: Case) -> None:
    """Before the person was told, and after the safety check. Raises MoveNotAllowed."""
    check_safeguarding_first(case.safeguarding_checked_at is not None)
    if case.status is not Status.TO_DECIDE:
        raise MoveNotAllowed("decided", "The person was already told what happens. Parts can no longer be changed.")
