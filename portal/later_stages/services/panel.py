"""Stage 3: a late request decided with reasons, the panel and its day, its report to everyone whom the law names."""

from collections.abc import Collection
from datetime import date, datetime

from portal import wording
from portal.audit.services import record
from portal.cases.clocks import clocks_of
from portal.cases.errors import NotComplete
from portal.cases.models import Case, Element, Promised, Stage
from portal.cases.promises import Said
from portal.cases.services.locked_case import locked_case
from portal.cases.stages import running_stage, seats_in_post
from portal.clock import london_day
from portal.config import Council
from portal.correspondence.services.leaving import stops
from portal.correspondence.services.messages import letter_facts, post
from portal.later_stages.events import LATENESS_DECIDED, PANEL_CALLED, PANEL_MET, PANEL_REPORTED
from portal.later_stages.services.later_stages import close_without_finding
from portal.procedure.clocks import Day, next_due
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.findings import check_all_found
from portal.procedure.independence import panel_is_complete
from portal.procedure.letter_check import Edited, Needs
from portal.procedure.panel import Recipient, check_recipients
from portal.procedure.stages import StageEnding
from portal.procedure.time_limits import operative_deadline
from portal.working_days.queries import working_calendar


def decide_lateness(
    case_id: int, *, take_it: bool, reasons: str, council: Council, at: datetime, by_id: int, version: int | None = None
) -> None:
    """Decide whether a request that came after its 20 working days is heard. Lateness is the only ground there is."""
    if not reasons.strip():
        raise NotComplete("Give your reasons: why it was late, and what the lateness changes. The person is told.")
    with locked_case(case_id, version) as case:
        stage = running_stage(case, 3)
        if not stage.asked_late:
            raise MoveNotAllowed("G6", "The request came in time. A panel must be held; there is nothing to decide.")
        if stage.lateness_words:
            raise NotComplete("It has already been decided whether the late request is heard.")
        stage.lateness_words = reasons
        record(LATENESS_DECIDED, case.about, at=at, by_id=by_id, take_it=take_it, reasons=reasons)
        if not take_it:
            close_without_finding(case, stage, StageEnding.REFUSED_AS_LATE, reasons, council=council, at=at, by_id=by_id)


def panel_notice(case: Case, meets_on: date, where: str, council: Council, late_because: str = "") -> str:
    """The letter that invites the person to the panel, with the days that follow; where it meets late it says so and why."""
    stage = running_stage(case, 3)
    facts = letter_facts(case, council) | {"meets_on": meets_on, "where": where, "late_because": late_because.strip()}
    facts |= {"due_on": stage.due_on, "is_late": meets_on > stage.due_on, "answer_by": answer_after_panel(meets_on)}
    return wording.render("letters/panel_notice.txt", **facts)


def answer_after_panel(meets_on: date) -> date:
    """The last day of the council's answer to a panel that meets on a day and takes all its time to report."""
    report_by = operative_deadline("statutory.stage_3.panel_report", {"panel": meets_on}, working_calendar()).due_on
    days = {"panel": meets_on, "recommendations": report_by}
    return operative_deadline("statutory.stage_3.council_response", days, working_calendar()).due_on


def call_panel(
    case_id: int,
    *,
    meets_on: date,
    where: str,
    council: Council,
    late_because: str = "",
    letter: Edited | None = None,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> None:
    """Set the panel's day and invite the person. A day past the 30th working day takes a reason, and stays late."""
    with locked_case(case_id, version) as case:
        stage = running_stage(case, 3)
        if stage.asked_late and not stage.lateness_words:
            raise NotComplete("First decide whether the late request is heard.")
        if not panel_is_complete(seats_in_post(stage)):
            raise MoveNotAllowed("G13", "A panel is three independent people, one of whom chairs (SI 2006/1738 reg 19).")
        if meets_on < london_day(at):
            raise NotComplete("Choose a day that has not passed.")
        if meets_on > stage.due_on and not late_because.strip():
            raise NotComplete(f"The panel must meet by {wording.day(stage.due_on)}. Say why it cannot.")
        words = letter or Edited(panel_notice(case, meets_on, where, council, late_because))
        is_late = meets_on > stage.due_on
        needs = Needs(late=is_late, reasons=[late_because] if is_late else (), dates=[meets_on])
        answer_by = answer_after_panel(meets_on)
        promises = (Said.of(stage, Promised.MEET, meets_on), Said.of(stage, Promised.AT_MOST, answer_by))
        post(case, "panel_notice", words, needs=needs, about=stage, promises=promises, at=at, by_id=by_id)
        facts = {"meets_on": meets_on.isoformat(), "where": where, "late_because": late_because}
        record(PANEL_CALLED, case.about, at=at, by_id=by_id, **facts)


def note_panel_met(case_id: int, *, on: date, at: datetime, by_id: int, version: int | None = None) -> None:
    """The panel met: its report is due in 5 working days, and the council's own 20 days start."""
    with locked_case(case_id, version) as case:
        stage = running_stage(case, 3)
        if not panel_is_complete(seats_in_post(stage)):
            raise MoveNotAllowed("G13", "A panel is three independent people, one of whom chairs (SI 2006/1738 reg 19).")
        if not stage.requested_on <= on <= london_day(at):
            raise NotComplete("The day of the panel must be between the request and today.")
        stage.note(Day.PANEL, on)
        second = case.stages[1]
        stage.elements = [
            _as_element(element.position, element.words, element.part_position) for element in second.elements
        ] or [_as_element(part.position, part.words, part.position) for part in case.parts if part.route == "statutory"]
        record(PANEL_MET, case.about, at=at, by_id=by_id, on=on.isoformat())


def _as_element(position: int, words: str, part: int | None) -> Element:
    return Element(position=position, words=words, part_position=part)


def hand_in_panel_report(
    case_id: int,
    words: str,
    *,
    on: date,
    received_on: date,
    sent_to: Collection[Recipient],
    council: Council,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> None:
    """The panel's report goes out, and the council has its recommendations: its 15 working days start (reg 20)."""
    with locked_case(case_id, version) as case:
        stage = running_stage(case, 3)
        met_on = stage.day(Day.PANEL)
        if met_on is None:
            raise NotComplete("The panel has not met yet.")
        if not met_on <= on <= received_on <= london_day(at):
            raise NotComplete(
                "The report must come after the panel met, and be received on that day or later, but no later than today."
            )
        check_all_found([element.finding for element in stage.elements])
        check_recipients(sent_to)
        stage.report_words = words
        stage.note(Day.RECOMMENDATIONS, received_on)
        answer_by = next_due(clock for clock in clocks_of(stage) if clock.met_by is Day.RESPONSE) or stage.due_on
        facts = letter_facts(case, council) | {"stage": stage, "elements": stage.elements, "answer_by": answer_by}
        letter = wording.render("letters/panel_report.txt", **facts)
        promises = (Said.of(stage, Promised.ANSWER, answer_by),)
        post(case, "panel_report", letter, stops=("panel_reported", stage), promises=promises, at=at, by_id=by_id)
        told = {"on": on.isoformat(), "received_on": received_on.isoformat(), "sent_to": sorted(sent_to)}
        record(PANEL_REPORTED, case.about, at=at, by_id=by_id, words=words, **told)


@stops("panel_reported")
def _reported(case: Case, stage: Stage, on: date, at: datetime, by_id: int | None) -> None:
    """The panel has reported when its report has left for the person (reg 20)."""
    stage.note(Day.PANEL_REPORT, on)
