"""Scenarios of stages 2 and 3 and of other roads, played through the services that clicks use: days exact, letters read."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.audit.queries import entries_about
from portal.cases.clocks import case_clocks, counted_from_first_agreement, envelope_of
from portal.cases.errors import NotComplete
from portal.cases.promises import open_promises
from portal.config import DEMO_COUNCIL
from portal.correspondence.models import MeetingKind
from portal.correspondence.services import meetings
from portal.database import db
from portal.desk.services.reminders import remind
from portal.later_stages.services import answers, appointments, investigation, later_stages, panel, statement
from portal.later_stages.services.investigation import Found
from portal.other_routes.services import strands
from portal.outbox.models import OutgoingEmail
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.findings import Finding
from portal.procedure.grounds import Ground, Matter
from portal.procedure.routes import Route
from portal.procedure.stages import Amendment
from portal.stage_1.services import stage_1
from portal.triage.services import telling, triage
from tests.factories.cases import a_case, checked, ready_to_answer
from tests.factories.stages import agreed, at, in_stage_2, on_day, panel_in_post, reported, stage_2_answered, who

COUNCIL = {"council": DEMO_COUNCIL}
RECEIVED, ASKED = date(2026, 3, 2), date(2026, 4, 15)


def clock(case, limit_id):
    return next(clock for one in case_clocks(case) for clock in one.clocks if clock.limit_id == limit_id)


def written(case, team, on, elements=("The visits stopped",)):
    statement.write_statement(case.id, elements, "A plan", by_person=False, **who(team["officer"], on))


def sent_elsewhere(team, matter, route, ground, *, on=RECEIVED):
    """A case of one part whose letter went on the day of its receipt."""
    case = a_case(at=at(on))
    checked(case, team["officer"], at=at(on))
    said = triage.PartFacts(words="They showed my file to my neighbour", matter=matter, still_going_on=True)
    triage.describe_part(case.id, 1, said, **who(team["officer"], on))
    decision = {"decision": "not_eligible", "route": route, "ground": ground, "reasons": "It has a road of its own."}
    triage.decide_part(case.id, 1, **decision, **who(team["officer"], on))
    telling.tell_decision(case.id, **COUNCIL, **who(team["officer"], on))
    return case


def test_a_statement_is_agreed_only_as_it_went_to_the_person(team):
    case = in_stage_2(team, received=at(RECEIVED), asked=ASKED)
    written(case, team, ASKED)
    with pytest.raises(NotComplete, match="they agree what they have read"):
        statement.agree_statement(case.id, on=ASKED, how="By phone", **who(team["officer"], ASKED))
    statement.send_statement(case.id, **COUNCIL, **who(team["officer"], ASKED))
    letter = case.messages[-1].words
    assert "1. The visits stopped" in letter
    assert "there can be another version" in letter
    assert "An advocate can help you" in letter
    later = on_day(ASKED, 3)
    written(case, team, later, ("The visits stopped", "Nobody rang"))
    with pytest.raises(NotComplete, match="they agree what they have read"):
        statement.agree_statement(case.id, on=later, how="By phone", **who(team["officer"], later))
    statement.send_statement(case.id, **COUNCIL, **who(team["officer"], later))
    statement.agree_statement(case.id, on=later, how="By phone", **who(team["officer"], later))
    assert [one.agreed_on for one in case.stages[1].statements] == [None, later]
    assert [element.words for element in case.stages[1].elements] == ["The visits stopped", "Nobody rang"]


def test_what_is_added_after_the_agreement_leaves_the_clock_and_the_findings_as_they_are(team):
    case = in_stage_2(team, received=at(RECEIVED), asked=ASKED)
    agreed(case, team, on=on_day(ASKED, 2), elements=("The visits stopped",))
    due, day = case.stages[1].due_on, on_day(ASKED, 5)
    found = Found("The record", Finding.UPHELD, "It shows it")
    investigation.find_on_element(case.id, 2, 1, found, **who(team["officer"], day))
    told = {"on": day, "how": "By email", "reasons": "It came up in the interview."}
    statement.amend_statement(case.id, Amendment.ADDED, ["Nobody rang"], **told, **who(team["officer"], day))
    stage = case.stages[1]
    assert [(element.position, element.words, element.finding) for element in stage.elements] == [
        (1, "The visits stopped", Finding.UPHELD),
        (2, "Nobody rang", None),
    ]
    assert (stage.due_on, counted_from_first_agreement(stage)) == (due, None)


def test_started_afresh_the_new_agreement_counts_and_the_first_is_shown(team):
    case = in_stage_2(team, received=at(RECEIVED), asked=ASKED)
    first, second = date(2026, 4, 17), date(2026, 5, 6)
    agreed(case, team, on=first)
    told = {"on": second, "how": "At a meeting", "reasons": "They meant the school year before."}
    with pytest.raises(NotComplete, match="Say what came up"):
        statement.amend_statement(case.id, Amendment.AFRESH, ["x"], **told | {"reasons": " "}, **who(team["lead"], second))
    statement.amend_statement(case.id, Amendment.AFRESH, ["The year before"], **told, **who(team["officer"], second))
    stage = case.stages[1]
    both = clock(case, "statutory.stage_2.response").deadlines
    assert [(one.limit.profile, one.starts_on, one.due_on) for one in both] == [
        ("lgsco_strict", ASKED, date(2026, 5, 21)),
        ("statute", second, date(2026, 6, 11)),
    ]
    shown = counted_from_first_agreement(stage)
    assert (shown.starts_on, shown.due_on) == (first, date(2026, 5, 26))
    assert entries_about(case.about)[-1].facts["amendment"] == "afresh"


def test_stage_2_cannot_be_extended_once_it_is_late_and_the_answer_says_sorry(team):
    case = in_stage_2(team, received=at(RECEIVED), asked=ASKED)
    agreed(case, team, on=on_day(ASKED, 2))
    late = on_day(case.stages[1].due_on, 1)
    with pytest.raises(MoveNotAllowed, match="It can no longer be extended"):
        investigation.extend_stage_2(
            case.id, until_on=on_day(late, 10), reasons="Records", **COUNCIL, **who(team["officer"], late)
        )
    reported(case, team, on=late, finding=Finding.NOT_UPHELD)
    investigation.decide_stage(case.id, 2, {1: (Finding.NOT_UPHELD, "")}, **who(team["senior"], late))
    answers.answer_stage(case.id, 2, **COUNCIL, **who(team["officer"], late))
    assert "We are late with this answer, and we are sorry." in case.messages[-1].words
    assert entries_about(case.about)[-1].facts["in_time"] is False


def test_stages_1_and_2_together_are_shown_as_the_ombudsman_counts_them(team):
    case = in_stage_2(team, received=at(RECEIVED), asked=ASKED)
    shown = envelope_of(case, date(2026, 5, 1))
    assert (shown.taken, shown.deadline.counted, shown.deadline.due_on) == (42, 50, date(2026, 5, 14))
    assert case.stages[1].due_on == date(2026, 5, 21), "nothing is due by it"


def test_a_late_panel_is_called_with_its_day_the_day_of_the_answer_sorry_and_why(team):
    case = stage_2_answered(team, received=at(RECEIVED), asked=ASKED, on=date(2026, 5, 20))
    asked = date(2026, 5, 26)
    later_stages.ask_for_stage(case.id, 3, requested_on=asked, **who(team["officer"], asked))
    panel_in_post(case, team, on_day(asked, 3))
    assert case.stages[2].due_on == date(2026, 7, 7)
    called = {"meets_on": date(2026, 7, 15), "where": "at County Hall", **COUNCIL}
    with pytest.raises(NotComplete, match="Say why it cannot"):
        panel.call_panel(case.id, **called, **who(team["officer"], on_day(asked, 5)))
    panel.call_panel(case.id, **called, late_because="The chair is in hospital.", **who(team["officer"], on_day(asked, 5)))
    letter = case.messages[-1].words
    assert "The panel meets on Wednesday 15 July 2026, at County Hall." in letter
    assert "It should have met by Tuesday 7 July 2026. We are late, and we are sorry." in letter
    assert "Why: The chair is in hospital." in letter
    assert "You will have our answer by Wednesday 12 August 2026 at the latest" in letter
    said = {(one.what.value, one.by_on) for one in open_promises(case) if one.said_in == "panel_notice"}
    assert said == {("meet", date(2026, 7, 15)), ("at_most", date(2026, 8, 12))}


def test_whoever_decided_on_stage_2_cannot_decide_on_stage_3(team):
    case = stage_2_answered(team, received=at(RECEIVED), asked=ASKED)
    day = on_day(case.stages[1].responded_on, 3)
    later_stages.ask_for_stage(case.id, 3, requested_on=day, **who(team["officer"], day))
    with pytest.raises(MoveNotAllowed, match="cannot decide on stage 3"):
        appointments.choose_decider(case.id, 3, team["senior"], **who(team["officer"], day))
    with pytest.raises(MoveNotAllowed, match="cannot decide on stage 3"):
        investigation.decide_stage(case.id, 3, {}, with_independent_person="x", **who(team["senior"], day))
    appointments.choose_decider(case.id, 3, team["director"], **who(team["officer"], day))
    assert case.stages[2].senior_manager_id == team["director"]


def test_a_corporate_part_acknowledged_late_counts_from_the_day_it_should_have_been_acknowledged_too(team):
    case = sent_elsewhere(team, Matter.CHILD_PROTECTION_ENQUIRY, Route.CORPORATE, Ground.CHILD_PROTECTION)
    strands.acknowledge_strand(case.id, 1, **COUNCIL, **who(team["officer"], date(2026, 3, 20)))
    both = clock(case, "corporate.stage_1.response").deadlines
    assert [(one.starts_on, one.due_on) for one in both] == [
        (date(2026, 3, 9), date(2026, 3, 23)),
        (date(2026, 3, 20), date(2026, 4, 7)),
    ]
    assert case.strands[0].due_on == date(2026, 3, 23)
    assert "by Monday 23 March 2026" in case.messages[-1].words


def test_a_part_about_personal_data_calls_the_officer_for_it_and_keeps_a_safe_target(team):
    day = date(2026, 7, 1)
    case = sent_elsewhere(team, Matter.PERSONAL_DATA, Route.DATA_PROTECTION, Ground.DATA_PROTECTION, on=day)
    assert [one.due_on for one in clock(case, "data_protection.acknowledge").deadlines] == [
        date(2026, 7, 27),
        date(2026, 7, 31),
    ]
    for on in (date(2026, 7, 22), date(2026, 7, 24), date(2026, 7, 27)):
        remind(DEMO_COUNCIL, at=at(on))
    mail = [one for one in db.session.scalars(select(OutgoingEmail)) if one.recipient == DEMO_COUNCIL.data_protection_email]
    assert [("that still waits" in one.body, case.reference in one.subject) for one in mail] == [(False, True), (True, True)]
    assert all("neighbour" not in one.body for one in mail)
    remind(DEMO_COUNCIL, at=at(date(2026, 7, 27), hour=18))
    assert case.messages[-1].kind == "late_strand"
    assert "It was due by Monday 27 July 2026. We are sorry." in case.messages[-1].words


def test_that_there_are_no_records_stands_only_with_what_was_searched(team):
    case = ready_to_answer(team["officer"], team["senior"], team["manager"], at=at(RECEIVED))
    text = "We are sorry. We could not find any records of these calls."
    with pytest.raises(MoveNotAllowed, match="what was searched"):
        stage_1.write_answer(case.id, text, **who(team["manager"], RECEIVED))
    searched = "The record system and the team's mailbox, January to June 2025, by two people."
    stage_1.write_answer(case.id, text, searched=searched, **who(team["manager"], RECEIVED))
    assert case.stages[0].searched == searched
    second = in_stage_2(team, received=at(RECEIVED), asked=ASKED)
    agreed(second, team, on=on_day(ASKED, 2))
    told = {"evidence": "There are no case notes of it.", "finding": Finding.NOT_UPHELD, "reasons": "Nothing shows it"}
    action = who(team["officer"], on_day(ASKED, 3))
    with pytest.raises(MoveNotAllowed, match="what was searched"):
        investigation.find_on_element(second.id, 2, 1, Found(**told), **action)
    investigation.find_on_element(second.id, 2, 1, Found(**told, searched=searched), **action)
    assert second.stages[1].elements[0].searched == searched


@pytest.mark.parametrize("kind", MeetingKind)
def test_a_meeting_is_an_offer_that_stops_nothing(team, kind):
    case = in_stage_2(team, received=at(RECEIVED), asked=ASKED)
    due, day = case.stages[1].due_on, on_day(ASKED, 2)
    meetings.offer_meeting(case.id, kind, "With Sam, on Tuesday at ten.", **COUNCIL, **who(team["officer"], day))
    letter = case.messages[-1].words
    assert "With Sam, on Tuesday at ten." in letter
    assert "Its next step is still due by Thursday 21 May 2026." in letter
    meetings.note_meeting(case.id, kind, on=day, words="They came, and still want stage 2.", **who(team["officer"], day))
    assert (case.stages[1].due_on, case.status) == (due, "stage_2")
