"""The Ombudsman: how a case came there, what was asked by when, what was decided, and what must be put right by when."""

from collections.abc import Collection
from datetime import date, datetime

from portal import wording
from portal.audit.services import record
from portal.cases.confirmation import Confirmation
from portal.cases.errors import NotComplete
from portal.cases.models import Case, OmbudsmanCase, OmbudsmanDuty
from portal.cases.queries import ombudsman_cases_of
from portal.cases.services.locked_case import locked_case
from portal.clock import london_day
from portal.config import Council
from portal.correspondence.services.messages import letter_facts, post
from portal.database import db
from portal.later_stages.events import OMBUDSMAN_ASKED, OMBUDSMAN_CONTACTED, OMBUDSMAN_DECIDED, OMBUDSMAN_DUTY_DONE
from portal.later_stages.services.later_stages import close_without_finding
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.letter_check import Needs
from portal.procedure.ombudsman import (
    Condition,
    DutyKind,
    OmbudsmanContact,
    OmbudsmanDecision,
    Stage2Facts,
    check_early_referral,
)
from portal.procedure.second_person import check_second_person
from portal.procedure.stages import StageEnding


def note_contact(
    case_id: int,
    contact: OmbudsmanContact,
    *,
    their_reference: str,
    received_on: date,
    conditions: Collection[Condition] = (),
    agreed: Confirmation | None = None,
    words: str = "",
    council: Council,
    asked_by: int | None = None,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> None:
    """Write down that the Ombudsman has the case.

    Early referral takes every condition, the word of the person and two people of the council; it ends a stage 3 that runs.
    """
    with locked_case(case_id, version) as case:
        if not case.received_on <= received_on <= london_day(at):
            raise NotComplete("The day must be between the receipt of the complaint and today.")
        if contact is OmbudsmanContact.EARLY_REFERRAL:
            check_early_referral(conditions, _stage_2_of(case), person_agreed=agreed is not None and agreed.is_their_own)
            why = f"The case goes to the Ombudsman without a panel. The person agreed: {agreed}. {words}"
            check_second_person("G6", asked_by, by_id, why)
            _refer_early(case, words, council=council, at=at, by_id=by_id)
        row = OmbudsmanCase(
            case_id=case.id,
            their_reference=their_reference,
            contact=contact,
            received_on=received_on,
            conditions={condition.value: True for condition in conditions},
            words=words,
        )
        db.session.add(row)
        facts = {"contact": contact, "their_reference": their_reference, "received_on": received_on.isoformat()}
        told = ": ".join(text for text in (str(agreed or ""), words) if text)
        record(OMBUDSMAN_CONTACTED, case.about, at=at, by_id=by_id, conditions=sorted(conditions), words=told, **facts)


def ask_duty(
    case_id: int, kind: DutyKind, words: str, due_on: date, *, at: datetime, by_id: int, version: int | None = None
) -> None:
    """An enquiry to answer, or a remedy to carry out, by a day that does not move (guard G12)."""
    if not words.strip():
        raise NotComplete("Write what the Ombudsman asks for.")
    with locked_case(case_id, version) as case:
        _newest(case)
        case.duties.append(OmbudsmanDuty(case_id=case.id, kind=kind, words=words, due_on=due_on))
        record(OMBUDSMAN_ASKED, case.about, at=at, by_id=by_id, kind=kind, words=words, due_on=due_on.isoformat())


def do_duty(
    case_id: int, key: int, *, evidence: str, on: date, at: datetime, by_id: int, version: int | None = None
) -> None:
    """An enquiry was answered, or a remedy carried out, with the proof."""
    if not evidence.strip():
        raise NotComplete("Say what shows that it was done.")
    with locked_case(case_id, version) as case:
        duty = next((duty for duty in case.duties if duty.id == key and duty.done_on is None), None)
        if duty is None:
            raise NotComplete("There is no such duty, or it has been done.")
        if on > london_day(at):
            raise NotComplete("The day must be today or earlier.")
        duty.done_on, duty.evidence = on, evidence
        facts = {"kind": duty.kind, "words": duty.words, "in_time": on <= duty.due_on}
        record(OMBUDSMAN_DUTY_DONE, case.about, at=at, by_id=by_id, evidence=evidence, **facts)


def note_decision(
    case_id: int,
    decision: OmbudsmanDecision,
    *,
    decided_on: date,
    words: str,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> None:
    """What the Ombudsman decided. Remedies are then written down one by one, each with its day."""
    with locked_case(case_id, version) as case:
        row = _newest(case)
        if row.decision is not None:
            raise NotComplete("The Ombudsman's decision is already recorded.")
        if not row.received_on <= decided_on <= london_day(at):
            raise NotComplete("The decision must come after the case reached the Ombudsman, and no later than today.")
        row.decision, row.decided_on = decision, decided_on
        row.words = words or row.words
        facts = {"decision": decision, "decided_on": decided_on.isoformat(), "words": words}
        record(OMBUDSMAN_DECIDED, case.about, at=at, by_id=by_id, **facts)


def _stage_2_of(case: Case) -> Stage2Facts:
    stage = case.stage(2)
    if stage is None:
        return Stage2Facts(False, (), 0, False, 0)
    return Stage2Facts(
        is_answered=stage.responded_on is not None,
        decisions=tuple(element.decision for element in stage.elements),
        recommendations=sum(1 for element in stage.elements if element.recommendation.strip()),
        went_on_without_agreement=stage.on_the_record,
        interviews_alone=sum(1 for one in stage.interviews if not one.independent_person_was_there),
    )


def _refer_early(case: Case, words: str, *, council: Council, at: datetime, by_id: int) -> None:
    third = case.stage(3)
    if third is not None and third.responded_on is not None:
        raise MoveNotAllowed("G6", "Stage 3 is complete. The person can go to the Ombudsman in the ordinary way.")
    if not words.strip():
        raise NotComplete("Say why: the Ombudsman asks for the reasons, and how the person agreed.")
    if third is not None and third.closed_on is None:
        close_without_finding(case, third, StageEnding.REFERRED_EARLY, words, council=council, at=at, by_id=by_id)
        return
    facts = letter_facts(case, council) | {"words": words}
    told = wording.render("letters/early_referral.txt", **facts)
    needs = Needs(ombudsman=True, comes_back=True, reasons=[words])
    post(case, "early_referral", told, needs=needs, at=at, by_id=by_id)


def _newest(case: Case) -> OmbudsmanCase:
    rows = ombudsman_cases_of(case.id)
    if not rows:
        raise NotComplete("Write down first how the case came to the Ombudsman.")
    return rows[-1]
