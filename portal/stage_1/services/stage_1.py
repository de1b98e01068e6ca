"""Stage 1: acknowledged, given to a senior manager who appoints a team manager, answered, checked, sent."""

from collections.abc import Mapping
from datetime import date, datetime

from portal import wording
from portal.audit.services import record
from portal.cases.clocks import count_again
from portal.cases.errors import NotComplete
from portal.cases.models import Case, Part, Promised, Stage
from portal.cases.promises import ByWhen, Said
from portal.cases.services.locked_case import due_from_receipt, locked_case
from portal.cases.services.part_walls import check_sees_all
from portal.cases.services.walls import check_not_shut_out
from portal.clock import london_day
from portal.config import Council
from portal.correspondence.services.leaving import stops
from portal.correspondence.services.messages import letter_facts, letter_waits, post
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.findings import Finding, roll_up
from portal.procedure.letter_check import Needs
from portal.procedure.limits import limits_in_force
from portal.procedure.routes import Route
from portal.procedure.searched import check_searched
from portal.procedure.stages import Status, check_answer, check_move
from portal.stage_1.events import (
    ANSWER_CHECKED,
    ANSWER_SENT,
    ANSWER_SENT_BACK,
    ANSWER_WRITTEN,
    CASE_ACKNOWLEDGED,
    SENIOR_MANAGER_CHOSEN,
    STAGE_1_EXTENDED,
    TEAM_MANAGER_APPOINTED,
)
from portal.triage.services.linking import answered_with
from portal.working_days.queries import working_calendar

LIMIT = "statutory.stage_1.response"
HEADINGS = {"told": "What you told us", "found": "What we found", "will_do": "What we will do"}


def extension_grounds(case: Case) -> tuple[str, ...]:
    """The lawful grounds on which stage 1 can be extended (SI 2006/1738 reg 14)."""
    grounds = (ground for limit in limits_in_force(LIMIT, case.received_on) for ground in limit.extension_grounds)
    return tuple(dict.fromkeys(grounds))


def acknowledge(case_id: int, *, council: Council, at: datetime, by_id: int, version: int | None = None) -> None:
    """Tell the person that stage 1 runs, by when it is answered, and who can help them."""
    with locked_case(case_id, version) as case:
        stage = _running(case)
        if stage.acknowledged_on or letter_waits(case, "acknowledged", stage):
            raise NotComplete("This complaint was already acknowledged.")
        by_when = ByWhen.told_on(london_day(at), stage.due_on)
        words = wording.render("letters/acknowledgement.txt", **letter_facts(case, council), **by_when.facts, stage=stage)
        said = (by_when.said(stage.position, stage.number),)
        post(case, "acknowledgement", words, stops=("acknowledged", stage), promises=said, at=at, by_id=by_id)


@stops("acknowledged")
def _acknowledged(case: Case, stage: Stage, on: date, at: datetime, by_id: int | None) -> None:
    stage.acknowledged_on = on
    record(CASE_ACKNOWLEDGED, case.about, at=at, by_id=by_id, on=on.isoformat())


def choose_senior_manager(case_id: int, manager_id: int, *, at: datetime, by_id: int, version: int | None = None) -> None:
    """Give stage 1 to a senior manager."""
    with locked_case(case_id, version) as case:
        check_not_shut_out(case_id, manager_id)
        check_sees_all(case_id, manager_id)
        _running(case).senior_manager_id = manager_id
        record(SENIOR_MANAGER_CHOSEN, case.about, at=at, by_id=by_id, senior_manager_id=manager_id)


def appoint_team_manager(case_id: int, manager_id: int, *, at: datetime, by_id: int, version: int | None = None) -> None:
    """The senior manager names the team manager who looks into it."""
    with locked_case(case_id, version) as case:
        stage = _running(case)
        if stage.senior_manager_id is None:
            raise NotComplete("Choose the senior manager first.")
        check_not_shut_out(case_id, manager_id)
        check_sees_all(case_id, manager_id)
        stage.team_manager_id = manager_id
        record(TEAM_MANAGER_APPOINTED, case.about, at=at, by_id=by_id, team_manager_id=manager_id)


def extend(
    case_id: int, *, ground: str, reasons: str, council: Council, at: datetime, by_id: int, version: int | None = None
) -> None:
    """Extend once, to 20 working days from receipt in all, for a complex complaint or an advocate, once they are told."""
    with locked_case(case_id, version) as case:
        stage = _running(case)
        if ground not in extension_grounds(case):
            raise MoveNotAllowed("reg 14", "Stage 1 can be extended only when it is complex, or when an advocate is needed.")
        if stage.extended_on:
            raise MoveNotAllowed("reg 14", "Stage 1 was already extended. 20 working days is the longest it may take.")
        if london_day(at) > stage.due_on:
            raise MoveNotAllowed(
                "reg 14", "The time for stage 1 has run out. It can no longer be extended; tell the person of stage 2."
            )
        if not reasons.strip():
            raise NotComplete("Say why. The person is told.")
        stage.extension_ground, stage.extension_words = ground, reasons
        answer_by = due_from_receipt(LIMIT, case.received_on, extended=True)
        facts = letter_facts(case, council) | {"stage": stage, "answer_by": answer_by}
        needs = Needs(reasons=[reasons], dates=[answer_by])
        words, promises = wording.render("letters/extension.txt", **facts), (Said.of(stage, Promised.ANSWER, answer_by),)
        post(case, "extension", words, needs=needs, stops=("extended", stage), promises=promises, at=at, by_id=by_id)


@stops("extended")
def _extended(case: Case, stage: Stage, on: date, at: datetime, by_id: int | None) -> None:
    """It is extended once the person was told; one who is told after the time had run out was not (reg 14)."""
    if case.status is not Status.STAGE_1 or on > stage.due_on:
        return
    stage.extended_on = on
    count_again(stage)
    told = {"ground": stage.extension_ground, "due_on": stage.due_on.isoformat(), "reasons": stage.extension_words}
    record(STAGE_1_EXTENDED, case.about, at=at, by_id=by_id, **told)


def write_answer(
    case_id: int,
    text: str,
    *,
    boxes: dict[str, str] | None = None,
    searched: str = "",
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> None:
    """Write the answer; a check that was made of an older text no longer stands.

    An answer to a child comes in `boxes`: told, found, will_do; and in_language with language_checked_by.
    """
    check_searched(text, searched)
    with locked_case(case_id, version) as case:
        stage = _running(case)
        stage.draft_boxes, stage.searched = boxes, searched or None
        stage.draft, stage.drafted_by_id, stage.checked_by_id, stage.is_sent_back = text, by_id, None, False
        record(ANSWER_WRITTEN, case.about, at=at, by_id=by_id, letters=len(text))


def check_answer_text(
    case_id: int, *, good: bool, reasons: str = "", at: datetime, by_id: int, version: int | None = None
) -> None:
    """The team's quality check: good to go, or back to the writer with reasons."""
    with locked_case(case_id, version) as case:
        stage = _running(case)
        if not good:
            if not reasons.strip():
                raise NotComplete("Say what should change.")
            stage.checked_by_id, stage.is_sent_back = None, True
            record(ANSWER_SENT_BACK, case.about, at=at, by_id=by_id, reasons=reasons)
            return
        check_answer(text=stage.draft, drafted_by=stage.drafted_by_id, checked_by=by_id, acknowledged=True)
        boxes = stage.draft_boxes or {}
        if boxes.get("in_language") and not boxes.get("language_checked_by"):
            raise NotComplete("Someone who speaks the language must check the translation first. Write down who did.")
        stage.checked_by_id = by_id
        record(ANSWER_CHECKED, case.about, at=at, by_id=by_id)


def heard_parts(case: Case) -> list[Part]:
    """The parts that stage 1 answers."""
    return [part for part in case.parts if part.route is Route.STATUTORY]


def answer_letter(case: Case, findings: Mapping[int, Finding | None], council: Council, on: date) -> str:
    """The whole letter as it would go on a day with these findings. Raises MoveNotAllowed while a part has none."""
    heard = [
        {"position": part.position, "words": part.words, "finding": findings.get(part.position)}
        for part in heard_parts(case)
    ]
    outcome = roll_up(findings.get(part.position) for part in heard_parts(case))
    stage = _running(case)
    facts = letter_facts(case, council) | {"text": stage.draft, "heard": heard, "outcome": outcome}
    return wording.render("letters/answer.txt", **facts, is_late=stage.due_on < on)


def _post_answer(case: Case, stage: Stage, letter: str, *, at: datetime, by_id: int) -> None:
    needs = Needs(
        parts=[part.position for part in heard_parts(case)],
        sorry=stage.outcome is not Finding.NOT_UPHELD,
        late=stage.due_on < london_day(at),
        next_stage=2,
        ombudsman=True,
    )
    ends, boxes = ("answered", stage), answer_boxes(stage, letter)
    post(case, "answer", letter, needs=needs, boxes=boxes, stops=ends, at=at, by_id=by_id)


def answer_boxes(stage: Stage, letter: str) -> dict[str, str] | None:
    """A child's answer part by part, as their page shows it: what the letter says besides comes after the parts."""
    if stage.draft_boxes is None:
        return None
    shown = {name: words for name, words in stage.draft_boxes.items() if name != "language_checked_by"}
    return shown | {"after": letter.replace(stage.draft.strip(), "", 1).strip()}


def text_of(boxes: Mapping[str, str]) -> str:
    """The three parts of a child's answer as one text, for paper."""
    parts = (f"{heading}\n\n{boxes[name].strip()}" for name, heading in HEADINGS.items() if boxes.get(name))
    return wording.MANY_GAPS.sub("\n\n", "\n\n".join(parts))


def send_answer(
    case_id: int,
    findings: Mapping[int, Finding | None],
    *,
    council: Council,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> None:
    """Send the answer with a finding for each statutory part, and what the person can do next."""
    with locked_case(case_id, version) as case:
        stage = _running(case)
        if letter_waits(case, "acknowledged", stage):
            raise NotComplete("The acknowledgement is written but has not gone yet: see Letters and messages.")
        check_answer(
            text=stage.draft,
            drafted_by=stage.drafted_by_id,
            checked_by=stage.checked_by_id,
            acknowledged=stage.acknowledged_on is not None,
        )
        letter = answer_letter(case, findings, council, london_day(at))
        for part in heard_parts(case):
            part.finding = findings.get(part.position)
        stage.outcome = roll_up(part.finding for part in heard_parts(case))
        check_move(case.status, Status.ANSWERED)
        _post_answer(case, stage, letter, at=at, by_id=by_id)
        for other in answered_with(case.id):
            _answer_merged(other.id, stage, council=council, at=at, by_id=by_id)


def _answer_merged(case_id: int, answered: Stage, *, council: Council, at: datetime, by_id: int) -> None:
    """The sender of a merged case gets the answer too, in a letter of their own; their own clock says whether in time."""
    with locked_case(case_id) as case:
        stage = case.stage(1)
        if case.status is not Status.STAGE_1 or stage is None or answered.outcome is None:
            return
        stage.draft, stage.draft_boxes = answered.draft, answered.draft_boxes
        stage.drafted_by_id, stage.checked_by_id = answered.drafted_by_id, answered.checked_by_id
        findings = {part.position: answered.outcome for part in heard_parts(case)}
        letter = answer_letter(case, findings, council, london_day(at))
        for part in heard_parts(case):
            part.finding = answered.outcome
        stage.outcome = answered.outcome
        _post_answer(case, stage, letter, at=at, by_id=by_id)


@stops("answered")
def _answered(case: Case, stage: Stage, on: date, at: datetime, by_id: int | None) -> None:
    if case.status is not Status.STAGE_1:  # they withdrew, or went on, before it left
        return
    stage.responded_on = stage.closed_on = on
    case.status = Status.ANSWERED
    record(ANSWER_SENT, case.about, at=at, by_id=by_id, outcome=stage.outcome, **_how_long(case, stage))


def _how_long(case: Case, stage: Stage) -> dict[str, int | bool]:
    answered_on = stage.responded_on or stage.due_on
    days = working_calendar().working_days_between(case.received_on, answered_on)
    return {"working_days": days, "in_time": answered_on <= stage.due_on}


def _running(case: Case) -> Stage:
    stage = case.stage(1)
    if case.status is not Status.STAGE_1 or stage is None:
        raise MoveNotAllowed("stage_1", "Stage 1 is not running on this case.")
    return stage
