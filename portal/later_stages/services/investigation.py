"""Looking into a complaint at stage 2: interviews, a finding on each element, both reports, the decision, the answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from portal import wording
from portal.audit.services import record
from portal.cases.clocks import count_again, longest
from portal.cases.errors import NotComplete
from portal.cases.models import Case, Element, Interview, Promised, Stage
from portal.cases.promises import Said
from portal.cases.services.locked_case import locked_case
from portal.cases.stages import in_post, running_stage
from portal.clock import london_day
from portal.config import Council
from portal.correspondence.services.leaving import stops
from portal.correspondence.services.messages import letter_facts, post
from portal.later_stages.deciders import check_decides_anew
from portal.later_stages.events import (
    ELEMENT_COMMENTED,
    ELEMENT_FOUND,
    INTERVIEW_HELD,
    REPORT_HANDED_IN,
    STAGE_2_EXTENDED,
    STAGE_DECIDED,
)
from portal.procedure.clocks import Day
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.findings import Finding, check_all_found
from portal.procedure.independence import Seat
from portal.procedure.letter_check import Edited, Needs
from portal.procedure.searched import check_searched


@dataclass(frozen=True)
class Found:
    """What was found on one element."""

    evidence: str
    finding: Finding
    reasons: str
    recommendation: str = ""
    searched: str = ""  # where it was looked for records that are not there


def extend_stage_2(
    case_id: int,
    *,
    until_on: date,
    reasons: str,
    council: Council,
    letter: Edited | None = None,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> None:
    """Take more than 25 working days, 65 in all, and tell the person in writing why and until when (SI 2006/1738 reg 17)."""
    with locked_case(case_id, version) as case:
        stage = running_stage(case, 2)
        check_extension(stage, until_on, reasons, london_day(at))
        words = letter or Edited(extension_letter(case, until_on, reasons, council))
        needs = Needs(reasons=[reasons], ombudsman=True, dates=[until_on])
        stage.extension_ground, stage.extension_words = "not_possible_in_25_days", reasons
        promises = (Said.of(stage, Promised.ANSWER, until_on),)
        ends = ("stage_2_extended", stage)
        post(case, "stage_2_extension", words, needs=needs, stops=ends, promises=promises, at=at, by_id=by_id)
        record(STAGE_2_EXTENDED, case.about, at=at, by_id=by_id, until_on=until_on.isoformat(), reasons=reasons)


@stops("stage_2_extended")
def _extended(case: Case, stage: Stage, on: date, at: datetime, by_id: int | None) -> None:
    """It is extended once the person was told; reg 17 asks for that before the 25 days are over."""
    if stage.closed_on is not None or on > stage.due_on:
        return
    stage.extended_on = stage.extended_on or on
    count_again(stage)


def check_extension(stage: Stage, until_on: date, reasons: str, on: date) -> None:
    """Whether stage 2 may be extended to a day. Raises MoveNotAllowed past the 65th working day."""
    if not reasons.strip():
        raise NotComplete("Say why. The person is told.")
    if until_on <= on:
        raise NotComplete("Choose a day that has not passed.")
    if on > stage.due_on:
        raise MoveNotAllowed(
            "reg 17", "The time for stage 2 has run out. It can no longer be extended; give a new date, and say sorry."
        )
    last = longest(stage)
    if last is not None and until_on > last.due_on:
        raise MoveNotAllowed(
            "reg 17",
            f"65 working days in all is the longest that stage 2 may take: {wording.day(last.due_on)}, "
            f"counted from {wording.day(last.starts_on)}. Choose an earlier day.",
        )


def extension_letter(case: Case, until_on: date, reasons: str, council: Council) -> str:
    """The letter that says why stage 2 takes longer, and until when."""
    facts = letter_facts(case, council) | {"until_on": until_on, "reasons": reasons}
    return wording.render("letters/stage_2_extension.txt", **facts)


def note_interview(
    case_id: int,
    *,
    on: date,
    whom: str,
    independent_person_was_there: bool,
    override_words: str = "",
    may_override: bool = False,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> None:
    """Record an interview. Without an independent person in post it is held back, unless a senior person says why not."""
    if not whom.strip():
        raise NotComplete("Say who was interviewed.")
    with locked_case(case_id, version) as case:
        stage = running_stage(case, 2)
        if not stage.requested_on <= on <= london_day(at):
            raise NotComplete("The day of the interview must be between the request and today.")
        posted = [one for one in in_post(stage, Seat.INDEPENDENT_PERSON) if one.appointed_on <= on]
        if not (posted and independent_person_was_there) and not (may_override and override_words.strip()):
            lacks = "was not there" if posted else "is not in post on that day"
            raise MoveNotAllowed(
                "G13",
                f"The independent person {lacks}. They take part in every interview. Appoint them first, or ask a senior "
                "manager, a director or the lead to record why it went on without them.",
            )
        there = bool(posted) and independent_person_was_there
        stage.interviews.append(
            Interview(on=on, whom=whom, independent_person_was_there=there, override_words=override_words, by_id=by_id)
        )
        facts = {"on": on.isoformat(), "whom": whom, "override_words": override_words}
        record(INTERVIEW_HELD, case.about, at=at, by_id=by_id, independent_person_was_there=there, **facts)


def find_on_element(
    case_id: int, number: int, position: int, found: Found, *, at: datetime, by_id: int, version: int | None = None
) -> None:
    """Write down evidence, finding, reasons and recommendation on one element of stage 2 or 3 (guard G14)."""
    if not found.evidence.strip() or not found.reasons.strip():
        raise NotComplete("Write the evidence, and why it leads to this finding.")
    check_searched(f"{found.evidence}\n{found.reasons}", found.searched)
    with locked_case(case_id, version) as case:
        stage = running_stage(case, number)
        element = element_at(stage, position)
        if stage.day(Day.REPORT if number == 2 else Day.PANEL_REPORT) is not None:
            raise NotComplete("The report was handed in. Its findings can no longer be changed.")
        element.evidence, element.finding = found.evidence, found.finding
        element.reasons, element.recommendation = found.reasons, found.recommendation
        element.searched = found.searched or None
        facts = {"number": number, "position": position, "finding": found.finding}
        record(ELEMENT_FOUND, case.about, at=at, by_id=by_id, **facts)


def hand_in_report(case_id: int, words: str, *, at: datetime, by_id: int, version: int | None = None) -> None:
    """The investigating officer's report reaches the council: each element has a finding; the council's own 10 days run."""
    with locked_case(case_id, version) as case:
        stage = running_stage(case, 2)
        if stage.day(Day.AGREEMENT) is None:
            raise NotComplete("The statement of complaint must be settled first.")
        if not in_post(stage, Seat.INDEPENDENT_PERSON):
            raise MoveNotAllowed("G13", "No independent person is in post. Stage 2 is not independent without one.")
        check_all_found([element.finding for element in stage.elements])
        stage.report_words = words
        stage.note(Day.REPORT, london_day(at))
        record(REPORT_HANDED_IN, case.about, at=at, by_id=by_id, which="investigating_officer", words=words)


def comment_on_element(
    case_id: int, position: int, *, agrees: bool, comment: str, at: datetime, by_id: int, version: int | None = None
) -> None:
    """The independent person's comment beside a finding."""
    if not agrees and not comment.strip():
        raise NotComplete("Say why you do not agree.")
    with locked_case(case_id, version) as case:
        stage = running_stage(case, 2)
        element = element_at(stage, position)
        if element.finding is None:
            raise NotComplete("There is no finding on this element yet.")
        if stage.day(Day.INDEPENDENT_REPORT) is not None:
            raise NotComplete("The independent person's report was handed in.")
        element.independent_agrees, element.independent_comment = agrees, comment
        record(ELEMENT_COMMENTED, case.about, at=at, by_id=by_id, position=position, agrees=agrees, comment=comment)


def hand_in_independent_report(case_id: int, words: str, *, at: datetime, by_id: int, version: int | None = None) -> None:
    """The independent person's own report: a word on each element, and on how the investigation was done."""
    if not words.strip():
        raise NotComplete("Say whether the investigation was open, fair and thorough.")
    with locked_case(case_id, version) as case:
        stage = running_stage(case, 2)
        if stage.day(Day.REPORT) is None:
            raise NotComplete("The investigating officer's report comes first.")
        if any(element.independent_agrees is None for element in stage.elements):
            raise NotComplete("Say for each element whether you agree with the finding.")
        stage.independent_words = words
        stage.note(Day.INDEPENDENT_REPORT, london_day(at))
        record(REPORT_HANDED_IN, case.about, at=at, by_id=by_id, which="independent_person", words=words)


def decide_stage(
    case_id: int,
    number: int,
    decisions: Mapping[int, tuple[Finding, str]],
    *,
    with_independent_person: str = "",
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> None:
    """The council's decision on each finding: the adjudication at stage 2, the director's at stage 3.

    At stage 3 it is made together with the independent person (reg 20(3)). Not following a finding takes reasons.
    """
    report = Day.INDEPENDENT_REPORT if number == 2 else Day.RECOMMENDATIONS
    with locked_case(case_id, version) as case:
        stage = running_stage(case, number)
        check_decides_anew(case, number, by_id)
        if stage.senior_manager_id not in (None, by_id):
            raise MoveNotAllowed("decider", "Someone else was chosen to decide on these findings.")
        if stage.day(report) is None:
            raise NotComplete("Both reports must be in first." if number == 2 else "The panel's report must be in first.")
        if number == 3 and not with_independent_person.strip():
            raise MoveNotAllowed(
                "reg 20(3)", "Say what the independent person said: the answer is decided together with them."
            )
        for element in stage.elements:
            decision, words = decisions.get(element.position, (None, ""))
            if decision is not element.finding and not words.strip():
                raise NotComplete(f"Give your reasons for not following the finding on element {element.position}.")
            element.decision, element.decision_words = decision, words
        check_all_found([element.decision for element in stage.elements])
        if number == 3:
            stage.independent_words = with_independent_person
        stage.adjudicated_by_id = by_id
        stage.note(Day.ADJUDICATION, london_day(at))
        told = [[element.position, element.decision] for element in stage.elements]
        record(STAGE_DECIDED, case.about, at=at, by_id=by_id, number=number, decisions=told)


def element_at(stage: Stage, position: int) -> Element:
    """One element by its place. Raises NotComplete when there is none."""
    found = next((element for element in stage.elements if element.position == position), None)
    if found is None:
        raise NotComplete("There is no such element. Settle the statement of complaint first, or reload the case.")
    return found
