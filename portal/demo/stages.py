"""Stages 2 and 3 of the demo year, and the parts that went another way: played act by act."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from portal.cases.confirmation import Confirmation, ToldBy, ToldHow
from portal.cases.models import Case, Stage
from portal.clock import london_day
from portal.database import db
from portal.demo.words import words_for
from portal.independent_people.queries import register
from portal.later_stages.services import answers, appointments, investigation, later_stages, panel, statement
from portal.later_stages.services.investigation import Found
from portal.other_routes.services import proceedings, strands
from portal.procedure.findings import Finding
from portal.procedure.independence import Seat
from portal.procedure.panel import Recipient
from portal.procedure.routes import Route
from portal.procedure.stages import StageEnding, how_it_ended
from portal.triage.services.starting import PASSED_ON

if TYPE_CHECKING:
    from portal.demo.year import Play

Later = tuple[date, int, Callable[[datetime], object]]  # the day, the hour, what was done
RECOMMENDATION = "Write to each family within two days of a change of plan."


def later_stage(play: Play, number: int, asked_on: date, result: str, closed_on: date | None) -> Iterator[Later]:
    """One request for stage 2 or 3 and what became of it."""
    officer = play.cast.officer
    yield (
        asked_on,
        11,
        lambda at: later_stages.ask_for_stage(
            play.case_id, number, requested_on=asked_on, council=play.council, at=at, by_id=officer
        ),
    )
    if closed_on is None:
        return
    outcome, ending = how_it_ended(result)
    if outcome is not None:
        yield from (_stage_2 if number == 2 else _stage_3)(play, asked_on, closed_on, outcome)
    elif ending is not None:
        yield from _ended(play, number, asked_on, closed_on, ending)


def _ended(play: Play, number: int, asked_on: date, closed_on: date, ending: StageEnding) -> Iterator[Later]:
    officer, unagreed = play.cast.officer, ending is StageEnding.STATEMENT_NOT_AGREED
    for days in (4, 9) if unagreed else ():
        on = play.calendar.add_working_days(asked_on, days)
        yield on, 10, _attempt(play, on)
    words = (
        "Without the person nobody could say what there is to look into, beyond what stage 1 answered." if unagreed else ""
    )
    said: Any = {
        "ending": ending,
        "confirmed": None if unagreed else Confirmation(ToldBy.THE_PERSON, ToldHow.PHONE, closed_on),
        "words": words,
        "council": play.council,
    }
    yield closed_on, 11, lambda at: later_stages.end_stage(play.case_id, number, **said, at=at, by_id=officer)


def _attempt(play: Play, on: date) -> Callable[[datetime], object]:
    how = "By letter and by phone. They did not want to say what they want to happen."
    return lambda at: statement.note_attempt(
        play.case_id, on=on, how=how, offered_advocate=True, at=at, by_id=play.cast.officer
    )


def _appoint(play: Play, seat: Seat, place: int, on: date) -> Callable[[datetime], object]:
    def act(at: datetime) -> None:
        able = [one for one in register() if one.is_listed and not one.is_member and not one.household_works_for_council]
        key = sorted(able, key=lambda one: one.id)[place].id
        clear: Any = {"in_line_of_management": False, "knew_of_complaint": False, "fee_pence": 65000}
        appointments.appoint(play.case_id, seat, key, **clear, on=on, at=at, by_id=play.cast.officer)

    return act


def _stage_2(play: Play, asked_on: date, closed_on: date, outcome: Finding) -> Iterator[Later]:
    case, officer, day = play, play.cast.officer, lambda n: play.calendar.add_working_days(asked_on, n)
    yield day(2), 9, _appoint(play, Seat.INVESTIGATING_OFFICER, 0, day(2))
    yield day(2), 10, _appoint(play, Seat.INDEPENDENT_PERSON, 1, day(2))
    yield from _statement(play, asked_on)
    yield (
        day(12),
        9,
        lambda at: investigation.note_interview(
            case.case_id, on=day(12), whom="The parent", independent_person_was_there=True, at=at, by_id=officer
        ),
    )
    if play.calendar.working_days_between(asked_on, closed_on) > 25:
        why = "Records had to be found in two places, and people had to be asked again."
        yield (
            day(20),
            9,
            lambda at: investigation.extend_stage_2(
                case.case_id, until_on=closed_on, reasons=why, council=play.council, at=at, by_id=officer
            ),
        )
    yield _before(play, closed_on, 6), 9, lambda at: _report(play, outcome, at)
    yield _before(play, closed_on, 2), 9, lambda at: _decide(play, 2, outcome, at)
    yield closed_on, 11, lambda at: answers.answer_stage(case.case_id, 2, council=play.council, at=at, by_id=officer)


def _statement(play: Play, asked_on: date) -> Iterator[Later]:
    """The statement of complaint: written, sent, agreed."""
    case, officer, day = play, play.cast.officer, lambda n: play.calendar.add_working_days(asked_on, n)
    written = [words_for(play.row)]
    yield (
        day(4),
        9,
        lambda at: statement.write_statement(
            case.case_id, written, "An apology, and a plan.", by_person=False, at=at, by_id=officer
        ),
    )
    yield (
        day(5),
        9,
        lambda at: statement.send_statement(case.case_id, council=play.council, at=at, by_id=officer),
    )
    yield (
        day(6),
        9,
        lambda at: statement.agree_statement(case.case_id, on=day(6), how="By email", at=at, by_id=officer),
    )


def _report(play: Play, outcome: Finding, at: datetime) -> None:
    who: Any = {"at": at, "by_id": play.cast.officer}
    found = Found("The case record, two emails and three interviews.", outcome, "The record shows it.", RECOMMENDATION)
    investigation.find_on_element(play.case_id, 2, 1, found, **who)
    investigation.hand_in_report(play.case_id, "We read the record and asked everyone.", **who)
    investigation.comment_on_element(play.case_id, 1, agrees=True, comment="", **who)
    fair = "The investigation was open, fair and thorough."
    investigation.hand_in_independent_report(play.case_id, fair, **who)


def _decide(play: Play, number: int, outcome: Finding, at: datetime) -> None:
    spoke = "They agree with our answer." if number == 3 else ""
    investigation.decide_stage(
        play.case_id,
        number,
        {1: (outcome, "")},
        with_independent_person=spoke,
        at=at,
        by_id=play.cast.director if number == 3 else play.cast.senior,
    )


def _stage_3(play: Play, asked_on: date, closed_on: date, outcome: Finding) -> Iterator[Later]:
    officer, day = play.cast.officer, lambda n: play.calendar.add_working_days(asked_on, n)
    for place, seat in enumerate((Seat.PANEL_CHAIR, Seat.PANEL_MEMBER, Seat.PANEL_MEMBER), start=2):
        yield day(3), 6 + place, _appoint(play, seat, place, day(3))
    called: Any = {"meets_on": day(25), "where": "at County Hall", "council": play.council}
    yield day(5), 9, lambda at: panel.call_panel(play.case_id, **called, at=at, by_id=officer)
    yield day(25), 16, lambda at: panel.note_panel_met(play.case_id, on=day(25), at=at, by_id=officer)
    yield day(29), 9, lambda at: _panel_report(play, outcome, day(29), at)
    yield _before(play, closed_on, 2), 9, lambda at: _decide(play, 3, outcome, at)
    yield closed_on, 11, lambda at: answers.answer_stage(play.case_id, 3, council=play.council, at=at, by_id=officer)


def _panel_report(play: Play, outcome: Finding, on: date, at: datetime) -> None:
    who: Any = {"at": at, "by_id": play.cast.officer}
    found = Found("Both reports, and what was said on the day.", outcome, "We agree with stage 2.", RECOMMENDATION)
    investigation.find_on_element(play.case_id, 3, 1, found, **who)
    sent: Any = {"on": on, "received_on": on, "sent_to": list(Recipient), "council": play.council}
    panel.hand_in_panel_report(play.case_id, "The panel heard both sides.", **sent, **who)


def _before(play: Play, day: date, working_days: int) -> date:
    """So many working days before a day."""
    left, found = working_days, day
    while left:
        found = date.fromordinal(found.toordinal() - 1)
        left -= play.calendar.is_working_day(found)
    return found


def other_ways(play: Play, decided_on: date) -> Iterator[Later]:
    """What becomes of a part that another body, a conference or a court deals with."""
    day = play.calendar.add_working_days
    yield day(decided_on, 1), 9, lambda at: _pass_on(play, at)
    yield day(decided_on, 60), 9, lambda at: _end_hold(play, at)


def _pass_on(play: Play, at: datetime) -> None:
    to_whom = "Customer services there, 01632 960 900. They have our letter."
    who: Any = {"to_whom": to_whom, "council": play.council, "at": at, "by_id": play.cast.officer}
    for strand in _open_strands(play):
        if strand.route in PASSED_ON:
            strands.pass_on(play.case_id, strand.position, **who)


def _end_hold(play: Play, at: datetime) -> None:
    confirmed = Confirmation(ToldBy.THE_PERSON, ToldHow.PHONE, london_day(at))
    for strand in _open_strands(play):
        if strand.route is Route.COURT_OR_TRIBUNAL:
            proceedings.end_hold(play.case_id, strand.position, confirmed=confirmed, at=at, by_id=play.cast.officer)


def _open_strands(play: Play) -> list[Stage]:
    return list(db.session.get_one(Case, play.case_id).open_strands)
