"""One letter that tells the person what happens to each part, and the move that follows from it."""

from collections.abc import Iterator
from datetime import date, datetime

from portal import wording
from portal.audit.services import record
from portal.cases.errors import NotComplete
from portal.cases.events import CASE_CLOSED
from portal.cases.models import Case, Disposition, Part, Promised, Stage
from portal.cases.promises import ByWhen, Said
from portal.cases.services.locked_case import due_from_receipt, locked_case
from portal.clock import london_day
from portal.code_words import words_for
from portal.config import Council
from portal.correspondence.services.messages import letter_facts, post
from portal.procedure.eligibility import Complainant, Standing, Weighed
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.letter_check import Edited, Needs
from portal.procedure.roads import Road, roads
from portal.procedure.routes import Route, needs_ombudsman_details
from portal.procedure.stages import Status, check_move, check_safeguarding_first
from portal.triage.events import DECISION_TOLD, STAGE_1_STARTED
from portal.triage.services.starting import start_strands

STAGE_1 = "statutory.stage_1.response"
TAKEN_ELSEWHERE = frozenset({Route.CORPORATE, Route.SAFEGUARDING})


def decision_letter(case: Case, council: Council, on: date) -> str:
    """The letter as it would be sent on a day: each part, its way, reasons, dates, the Ombudsman where one is declined."""
    declined = any(part.route is None or needs_ombudsman_details(part.route) for part in case.parts)
    facts = letter_facts(case, council)
    is_statutory = any(part.route is Route.STATUTORY for part in case.parts)
    by_when, longest_on = _by_when(case, on)
    facts |= {"declined": declined, "is_statutory": is_statutory, "due_on": by_when.due_on, "longest_on": longest_on}
    facts |= {"only_for": _only_for(case)}
    facts |= {"weighed": weighed_in(case), "roads": {part.position: road_of(part) for part in case.parts}}
    return wording.render("letters/decision.txt", **facts, **by_when.facts)


def _only_for(case: Case) -> str:
    """Which parts the procedure hears, where others go elsewhere: the day of the answer is theirs alone. Else nothing."""
    ours = [str(part.position) for part in case.parts if part.route is Route.STATUTORY]
    if len(ours) in (0, len(case.parts)):
        return ""
    return f"{'part' if len(ours) == 1 else 'parts'} {wording.one_after_another(ours)}"


def weighed_in(case: Case) -> str:
    """What was weighed of the interest of whoever complains, in words for the letter."""
    told = (case.interest or {}).get("weighed", ())
    return wording.one_after_another([words_for(one.value, "weighed") for one in Weighed if one in told])


def road_of(part: Part) -> Road | None:
    """The road of a part whose way is decided; None for one that the procedure hears, or nobody."""
    return roads.named(part.road) or roads.of_route(part.route)


def _by_when(case: Case, on: date) -> tuple[ByWhen, date]:
    """When stage 1 is answered, as told on a day; and the longest that it can take."""
    longest_on = due_from_receipt(STAGE_1, case.received_on, extended=True)
    return ByWhen.told_on(on, due_from_receipt(STAGE_1, case.received_on)), longest_on


def tell_decision(
    case_id: int, *, council: Council, at: datetime, by_id: int, letter: Edited | None = None, version: int | None = None
) -> None:
    """Send the letter. With a statutory part stage 1 begins, counted from receipt; without one the case closes."""
    with locked_case(case_id, version) as case:
        check_safeguarding_first(case.safeguarding_checked_at is not None)
        _check_all_decided(case)
        words = letter or Edited(decision_letter(case, council, london_day(at)))
        needs, days = needs_of_decision(case, london_day(at)), _days_of(case, london_day(at))
        post(case, "decision", words, needs=needs, promises=days, at=at, by_id=by_id)
        case.told_decision_at = at
        routes = [str(part.route) for part in case.parts]
        record(DECISION_TOLD, case.about, at=at, by_id=by_id, routes=routes)
        runs_on = start_strands(case, council=council, at=at, by_id=by_id)
        if Route.STATUTORY in [part.route for part in case.parts]:
            start_stage_1(case, at, by_id)
        else:
            send_elsewhere(case, runs_on, at, by_id)


def _days_of(case: Case, on: date) -> Iterator[Said]:
    """The days that the letter may name: of the answer, the longest it can take, and when a held part is looked at again."""
    if any(part.route is Route.STATUTORY for part in case.parts):
        by_when, longest_on = _by_when(case, on)
        yield by_when.said(0, 1)
        if not by_when.is_late:
            yield Said(Promised.AT_MOST, longest_on, number=1)
    for part in case.parts:
        if part.route is Route.COURT_OR_TRIBUNAL and part.review_on:
            yield Said(Promised.REVIEW, part.review_on, part.position, 1)


def needs_of_decision(case: Case, on: date) -> Needs:
    """What the letter must say that tells what happens to each part."""
    declined = [part for part in case.parts if part.route is None or needs_ombudsman_details(part.route)]
    is_statutory = any(part.route is Route.STATUTORY for part in case.parts)
    return Needs(
        parts=[part.position for part in case.parts],
        reasons=[*(part.reasons for part in declined), *([case.standing_reasons] if case.standing_reasons else ())],
        ombudsman=bool(declined),
        late=is_statutory and _by_when(case, on)[0].is_late,
    )


def _check_all_decided(case: Case) -> None:
    if case.complainant is Complainant.MEMBER:
        raise MoveNotAllowed(
            "member", "A decision goes to the person and not to a member: make it a complaint of the constituent first."
        )
    if case.status is not Status.TO_DECIDE:
        raise MoveNotAllowed("decided", "The person was already told.")
    if any(part.decision is None for part in case.parts):
        raise NotComplete("Decide every part first.")
    if all(part.route is Route.EARLY_RESOLUTION for part in case.parts):
        raise NotComplete("All of it is settled. Close it under 'Settled or withdrawn', with who confirmed that.")
    if any(part.needs_signature and part.signed_by_id is None for part in case.parts):
        raise MoveNotAllowed("G1", "A part needs a second signature before the letter can go.")
    if any(part.route is Route.SAFEGUARDING for part in case.parts):
        check_handed_over(case)


def check_handed_over(case: Case) -> None:
    """Nobody is told that a child was handed to those who keep them safe before that was done. Raises MoveNotAllowed."""
    if not (case.at_risk and case.handed_over_to):
        raise MoveNotAllowed(
            "safeguarding_first", "A part goes to safeguarding. Say first, under Safeguarding, who it was handed to."
        )


def start_stage_1(case: Case, at: datetime, by_id: int) -> None:
    """Begin stage 1 inside an action that holds the case, counted from the receipt (SI 2006/1738 reg 14)."""
    check_move(case.status, Status.STAGE_1)
    case.status, case.disposition = Status.STAGE_1, Disposition.ACCEPTED
    due_on = due_from_receipt(STAGE_1, case.received_on)
    case.stages.append(Stage(route=Route.STATUTORY, number=1, requested_on=case.received_on, due_on=due_on))
    record(STAGE_1_STARTED, case.about, at=at, by_id=by_id, due_on=due_on.isoformat())


def send_elsewhere(case: Case, runs_on: bool, at: datetime, by_id: int) -> None:
    """Without a statutory part: another route when the council itself takes one, else ineligible (Appendix A).

    The case stays open while a part of it still runs on its own clock.
    """
    after = Status.OTHER_ROUTES if runs_on else Status.CLOSED
    check_move(case.status, after)
    taken = next((part.route for part in case.parts if part.route in TAKEN_ELSEWHERE), None)
    case.status, case.closed_on = after, None if runs_on else london_day(at)
    refused = next((part.ground for part in case.parts if part.decision is not Standing.ELIGIBLE), None)
    if any(part.decision is Standing.ELIGIBLE for part in case.parts):
        case.disposition = Disposition.RESOLVED_LOCALLY
    else:
        case.disposition = Disposition.OTHER_ROUTE if taken else Disposition.INELIGIBLE
        case.disposition_reason = str(taken or refused or "")
    if runs_on:
        return
    facts = {"disposition": case.disposition, "reason": case.disposition_reason, "words": ""}
    record(CASE_CLOSED, case.about, at=at, by_id=by_id, **facts)
