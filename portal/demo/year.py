"""The demo year: each row of the register played through the services that a person's clicks use, on its own dates."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from portal.cases.confirmation import Confirmation, ToldBy, ToldHow
from portal.cases.models import Case
from portal.cases.representation import PersonDetails, Representation, answered
from portal.clock import LONDON, london_day
from portal.closing.services import closing
from portal.compliments.services.passing_on import say_it_was_passed_on
from portal.config import Council
from portal.database import db
from portal.demo.people import Cast
from portal.demo.stages import later_stage, other_ways
from portal.demo.ways import BESIDE, Way, ways_of
from portal.demo.words import answer_for, words_for
from portal.intake.services.receive import receive
from portal.intake.submission import Submission, SubmissionKind
from portal.procedure.calendar import WorkingCalendar
from portal.procedure.eligibility import ChildSays, Complainant, Interest, Standing, Weighed
from portal.procedure.findings import Finding
from portal.procedure.grounds import Ground
from portal.procedure.receipt import Method, PointOfReceipt
from portal.procedure.routes import Route
from portal.procedure.stages import ClosingReason
from portal.reports.register_rows import RegisterRow
from portal.reports.services.register import known_references
from portal.stage_1.services import stage_1
from portal.triage.services import standing, telling, triage

Act = tuple[datetime, Callable[[datetime], object]]
ONLINE = ("online_form", "qr_card")


@dataclass
class Play:
    """One row on its way through the services."""

    row: RegisterRow
    cast: Cast
    council: Council
    calendar: WorkingCalendar
    person: Mapping[str, object] = field(default_factory=dict)  # how they can be reached
    sees_receipt: bool = False
    ways: tuple[Way, ...] = ()  # of each point that is decided
    ids: dict[str, int] = field(default_factory=dict)

    @property
    def case_id(self) -> int:
        """The case that the row became."""
        return self.ids["record"]

    def day(self, working_days: int) -> date:
        """So many working days after receipt."""
        return self.calendar.add_working_days(self.row.received_on, working_days)


def play_year(rows: list[RegisterRow], cast: Cast, council: Council, calendar: WorkingCalendar) -> int:
    """Play rows in the order in which things happened; say how many were new."""
    known = known_references([row.reference for row in rows])
    new = [row for row in rows if row.reference not in known]
    ways = ways_of(new)
    acts = [act for row in new for act in acts_of(Play(row, cast, council, calendar, ways=ways[row.reference]))]
    for at, act in sorted(acts, key=lambda act: act[0]):
        act(at)
    return len(new)


def acts_of(play: Play) -> Iterator[Act]:
    """Everything that people did about one representation, with the moment of each."""
    row = play.row
    yield at_hour(row.received_on, 10), lambda at: _receive(play, at)
    if row.kind == "compliment":
        yield at_hour(play.day(1), 10), lambda at: say_it_was_passed_on(play.case_id, at=at, by_id=play.cast.officer)
        return
    yield at_hour(row.received_on, 15), lambda at: _check_safeguarding(play, at)
    if row.disposition in ("withdrawn", "resolved_next_day", "resolved_locally"):
        days = {"resolved_next_day": 1, "resolved_locally": 5, "withdrawn": 7}[row.disposition]
        yield at_hour(play.day(days), 16), lambda at: _close(play, at)
        return
    yield at_hour(row.received_on, 16), lambda at: _decide(play, at)
    if row.disposition == "accepted":
        yield from _stage_1_actions(play)
    for day, hour, act in other_ways(play, row.received_on):
        yield at_hour(day, hour), act


def at_hour(day: date, hour: int) -> datetime:
    """An hour of a London day."""
    return datetime.combine(day, time(hour), LONDON)


def _receive(play: Play, at: datetime) -> None:
    row, words = play.row, words_for(play.row)
    is_child = row.complainant == Complainant.CHILD_OR_YOUNG_PERSON
    online = row.method in ONLINE
    receipt = receive(
        Submission(
            kind=SubmissionKind(row.kind),
            representation=Representation(
                method=Method(row.method),
                complainant=Complainant(row.complainant),
                told=answered((("Tell us more" if is_child else "What is your complaint about?", words),)),
                point_of_receipt=PointOfReceipt(row.point_of_receipt),
                person=PersonDetails.of(
                    is_adult=not is_child, name="" if is_child else f"Sender of {row.reference}", **play.person
                ),
                service_area=row.service_area,
                subject=row.subject,
                sub_subject=row.sub_subject,
                old_reference=row.reference,
            ),
            words=words,
            thanked=row.service_area,
            wants_secret_words=play.sees_receipt,
        ),
        at=at,
        by_id=None if online else play.cast.officer,
    )
    play.ids["record"] = receipt.record_id


def _check_safeguarding(play: Play, at: datetime) -> None:
    at_risk = play.row.disposition_reason == "safeguarding"
    to = "Duty social worker, by phone" if at_risk else ""
    triage.check_safeguarding(play.case_id, at_risk=at_risk, handed_over_to=to, at=at, by_id=play.cast.officer)


def _close(play: Play, at: datetime) -> None:
    reason = ClosingReason(play.row.disposition)
    said = Confirmation(ToldBy.THE_PERSON, ToldHow.PHONE, london_day(at))
    words = "They said that this is what they want."
    who = {"council": play.council, "at": at, "by_id": play.cast.officer}
    closing.close_case(play.case_id, reason, said=said, words=words, **who)  # type: ignore[arg-type]


def _decide(play: Play, at: datetime) -> None:
    officer = play.cast.officer
    if play.row.complainant in ("sufficient_interest", "professional", "other", "advocacy_service"):
        _decide_standing(play, interest=play.ways[0].ground is not Ground.NOT_A_PERSON_WHO_CAN_COMPLAIN, at=at)
    for position, way in enumerate(play.ways, start=1):
        _decide_part(play, position, way, at)
    telling.tell_decision(play.case_id, council=play.council, at=at, by_id=officer)


def _decide_part(play: Play, position: int, way: Way, at: datetime) -> None:
    officer = play.cast.officer
    triage.describe_part(play.case_id, position if position == 1 else None, _facts(play.row, way), at=at, by_id=officer)
    heard = way.route is Route.STATUTORY
    reasons = "" if heard else "We looked at this part on its own, and at who can hear it."
    decided: Any = {"decision": Standing.ELIGIBLE if heard else Standing.NOT_ELIGIBLE, "route": way.route, "road": way.road}
    triage.decide_part(play.case_id, position, **decided, ground=way.ground, reasons=reasons, at=at, by_id=officer)
    if db.session.get_one(Case, play.case_id).parts[position - 1].needs_signature:
        triage.sign_part(play.case_id, position, at=at, by_id=play.cast.lead)


def _facts(row: RegisterRow, way: Way) -> triage.PartFacts:
    late = way.ground is Ground.OUT_OF_TIME
    return triage.PartFacts(
        words=BESIDE.get(way.road) or words_for(row),
        matter=way.matter,
        service_area=row.service_area,
        subject=row.subject,
        sub_subject=row.sub_subject,
        happened_on=row.received_on - timedelta(days=800 if late else 30),
        already_considered=way.ground is Ground.ALREADY_CONSIDERED,
        reasonable_not_to_complain_sooner=False if late else None,
        still_fair_to_consider=False if late else None,
        sooner_words="They had all that they needed to complain at the time." if late else "",
        fair_words="Those who took part have left, and the records are gone." if late else "",
    )


def _decide_standing(play: Play, *, interest: bool, at: datetime) -> None:
    decided = Interest(
        is_sufficient=interest,
        weighed=frozenset({Weighed.CHILDS_VIEWS, Weighed.PART_IN_THEIR_LIFE}),
        child_says=ChildSays.YES if interest else ChildSays.NO,
        childs_views="The child told the social worker.",
        reasons="We asked how they know the child, and what the child wants.",
    )
    two = {"asked_by": play.cast.officer, "at": at, "by_id": play.cast.lead}
    standing.decide_interest(play.case_id, decided, **two)  # type: ignore[arg-type]


def _stage_1_actions(play: Play) -> Iterator[Act]:
    row, cast, council = play.row, play.cast, play.council
    yield at_hour(play.day(1), 9), lambda at: stage_1.acknowledge(play.case_id, council=council, at=at, by_id=cast.officer)
    yield (
        at_hour(play.day(1), 10),
        lambda at: stage_1.choose_senior_manager(play.case_id, cast.senior, at=at, by_id=cast.officer),
    )
    yield (
        at_hour(play.day(2), 9),
        lambda at: stage_1.appoint_team_manager(play.case_id, cast.manager, at=at, by_id=cast.senior),
    )
    if row.stage_1_extended == "yes":
        yield at_hour(play.day(9), 9), lambda at: _extend(play, at)
    if row.stage_1_responded_on is not None:
        yield at_hour(row.stage_1_responded_on, 9), lambda at: _answer(play, at)
    for number, requested_on, result, closed_on in row.later_stages:
        if requested_on is not None:
            for day, hour, act in later_stage(play, number, requested_on, result, closed_on):
                yield at_hour(day, hour), act


def _extend(play: Play, at: datetime) -> None:
    reasons = "We need to read older records and talk to two teams."
    who = {"council": play.council, "at": at, "by_id": play.cast.officer}
    stage_1.extend(play.case_id, ground="complex", reasons=reasons, **who)  # type: ignore[arg-type]


def _answer(play: Play, at: datetime) -> None:
    cast, finding = play.cast, Finding(play.row.stage_1_outcome)
    stage_1.write_answer(play.case_id, answer_for(play.row), at=at, by_id=cast.manager)
    stage_1.check_answer_text(play.case_id, good=True, at=at, by_id=cast.officer)
    stage_1.send_answer(play.case_id, {1: finding}, council=play.council, at=at, by_id=cast.officer)
