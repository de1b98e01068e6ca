"""Published decisions of the Ombudsman in our own words, and what the desk does in their place: stages 2 and 3, remedies."""

from datetime import date, timedelta

import pytest

from portal.cases.clocks import case_clocks, longest
from portal.cases.confirmation import Confirmation, ToldBy, ToldHow
from portal.coming_back.services.coming_back import say_not_sorted
from portal.config import DEMO_COUNCIL
from portal.correspondence.models import Reminder
from portal.correspondence.services import waiting
from portal.database import db
from portal.desk.services.reminders import remind
from portal.later_stages.services import investigation, later_stages, ombudsman, panel, statement
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.findings import Finding
from portal.procedure.independence import Seat
from portal.procedure.ombudsman import Condition, DutyKind, OmbudsmanContact
from portal.procedure.stages import StageEnding
from tests.factories.stages import agreed, answered, appoint, at, in_stage_2, listed, on_day, stage_2_answered, who

COUNCIL = {"council": DEMO_COUNCIL}
RECEIVED, ASKED = date(2026, 3, 2), date(2026, 4, 15)
EARLY = {"their_reference": "26 001", **COUNCIL}


def clock(case, limit_id):
    return next(clock for one in case_clocks(case) for clock in one.clocks if clock.limit_id == limit_id)


@pytest.mark.parametrize(
    "cited",
    ["Manchester 22 008 976: nothing further to add", "Nottingham 23 021 066: a looked-after child was not progressed"],
)
def test_stage_2_cannot_be_refused_by_anybody_here(team, cited):
    """Fault in both. A request opens the stage, and no ending of the desk's own choice is there to shut it."""
    case = in_stage_2(team, received=at(RECEIVED), asked=ASKED)
    assert case.status == "stage_2", cited
    for ending in StageEnding:
        with pytest.raises(MoveNotAllowed):
            later_stages.end_stage(case.id, 2, ending=ending, words="Nothing to add", **COUNCIL, **who(team["lead"], ASKED))


def test_croydon_24_014_379_of_2025_being_unhappy_in_any_words_is_a_request(team):
    """Likely fault: she wrote that she was unhappy with the answer, without the words stage 2."""
    case = answered(team, received=at(RECEIVED))
    later = on_day(case.stages[0].responded_on, 3)
    say_not_sorted(case.id, "I am not happy with this", someone_new=True, once_key="k", at=at(later), **COUNCIL)
    assert (case.status, case.stage(2).requested_on) == ("stage_2", later)


def test_cumberland_24_004_450_of_2024_five_months_late_is_told_on_the_day_and_cannot_be_extended_away(team):
    """Likely fault: stage 2 was to start on 9 April 2024, and there was no answer on 11 September."""
    start, asked_then = date(2024, 4, 9), date(2024, 9, 11)
    case = in_stage_2(team, received=at(date(2024, 3, 4)), asked=start)
    agreed(case, team, on=start)
    assert longest(case.stages[1]).due_on == date(2024, 7, 11)
    assert case.stages[1].due_on == date(2024, 5, 15)
    remind(DEMO_COUNCIL, at=at(date(2024, 5, 16)))
    assert case.messages[-1].kind == "late_stage_2"
    assert "www.lgo.org.uk" in case.messages[-1].words
    with pytest.raises(MoveNotAllowed, match="It can no longer be extended"):
        investigation.extend_stage_2(
            case.id, until_on=date(2024, 9, 30), reasons="x", **COUNCIL, **who(team["officer"], asked_then)
        )


def test_haringey_24_002_249_both_readings_of_the_start_are_counted_and_the_earlier_holds(team):
    """Likely fault. It counted 13 weeks from the agreed complaint; Staffordshire 25 010 090 counts from the request."""
    asked, agreed_on = date(2023, 8, 1), date(2023, 9, 4)
    case = in_stage_2(team, received=at(date(2023, 6, 1)), asked=asked)
    agreed(case, team, on=agreed_on)
    both = clock(case, "statutory.stage_2.response").deadlines
    assert [(one.starts_on, one.due_on) for one in both] == [(asked, date(2023, 9, 6)), (agreed_on, date(2023, 10, 9))]


def test_somerset_23_013_837_months_of_agreeing_words_raise_an_alarm_and_need_not_be(team):
    """Upheld: stage 2 was agreed in December, the statement in March."""
    case = in_stage_2(team, received=at(date(2025, 10, 20)), asked=date(2025, 12, 1))
    remind(DEMO_COUNCIL, at=at(date(2025, 12, 15)))
    assert db.session.query(Reminder).filter_by(kind="statement_slow").count() > 0
    day = date(2025, 12, 16)
    statement.write_statement(case.id, ["The plan was late"], "", by_person=False, **who(team["officer"], day))
    for offered in (False, True):
        statement.note_attempt(case.id, on=day, how="By phone", offered_advocate=offered, **who(team["officer"], day))
    statement.go_on_with_the_record(case.id, reasons="They do not answer", **who(team["officer"], day))
    assert (case.stages[1].on_the_record, len(case.stages[1].elements)) == (True, 1)


def test_camden_21_008_097_of_2022_the_council_does_not_rewrite_a_complaint_without_its_person(team):
    """Fault: the complaint was rewritten without a chance to comment."""
    case = in_stage_2(team, received=at(RECEIVED), asked=ASKED)
    statement.write_statement(case.id, ["Our words"], "", by_person=False, **who(team["officer"], ASKED))
    with pytest.raises(Exception, match="they agree what they have read"):
        statement.agree_statement(case.id, on=ASKED, how="By phone", **who(team["officer"], ASKED))


def refer_early(case, team, **more):
    day = on_day(case.stages[1].responded_on, 2)
    told = {"received_on": day, "words": "Both want it", "asked_by": team["officer"]} | more
    ombudsman.note_contact(case.id, OmbudsmanContact.EARLY_REFERRAL, **EARLY, **told, **who(team["lead"], day))


def test_south_gloucestershire_21_007_738_a_panel_is_not_skipped_before_its_conditions_are_met(team):
    """Fault: the panel was refused although the conditions of an early referral were not met."""
    case = stage_2_answered(team, received=at(RECEIVED), asked=ASKED, finding=Finding.NOT_UPHELD)
    theirs = Confirmation(ToldBy.THE_PERSON, ToldHow.LETTER, case.stages[1].responded_on)
    with pytest.raises(MoveNotAllowed, match="not yet recorded as true"):
        refer_early(case, team, conditions=[Condition.STAGE_2_WAS_ROBUST], agreed=theirs)
    with pytest.raises(MoveNotAllowed, match="A part was not upheld"):
        refer_early(case, team, conditions=list(Condition), agreed=theirs)


@pytest.mark.parametrize("agreed_by", [None, ToldBy.WORKER])
def test_surrey_14_020_129_of_2015_nobody_is_referred_early_without_their_own_agreement(team, agreed_by):
    """The referral was made without the complainant; Hampshire 23 015 499 of 2024 lost a panel in the same way."""
    case = stage_2_answered(team, received=at(RECEIVED), asked=ASKED)
    day = case.stages[1].responded_on
    said = Confirmation(agreed_by, ToldHow.PHONE, day) if agreed_by else None
    with pytest.raises(MoveNotAllowed, match="in their own word"):
        refer_early(case, team, conditions=list(Condition), agreed=said)


def late_for_a_panel(team):
    case = stage_2_answered(team, received=at(RECEIVED), asked=ASKED)
    late = on_day(case.stages[1].responded_on, 25)
    later_stages.ask_for_stage(case.id, 3, requested_on=late, **COUNCIL, **who(team["officer"], late))
    return case, late


def test_wandsworth_23_002_843_of_2023_lateness_alone_is_decided_with_reasons(team):
    """Upheld in part: no fault in the lateness, fault in the other reasons that were given beside it."""
    case, late = late_for_a_panel(team)
    reasons = "You had the letter, and nothing kept you from writing sooner."
    panel.decide_lateness(case.id, take_it=False, reasons=reasons, **COUNCIL, **who(team["officer"], late))
    assert (case.stages[2].ending, case.status) == ("refused_as_late", "closed")
    assert reasons in case.messages[-1].words
    assert "Ombudsman" in case.messages[-1].words


def test_surrey_20_003_273_of_2021_a_late_request_is_never_refused_without_being_weighed(team):
    """Fault: the council had tied its own hands."""
    case, late = late_for_a_panel(team)
    assert case.next_action == "decide_lateness"
    with pytest.raises(Exception, match="Give your reasons"):
        panel.decide_lateness(case.id, take_it=False, reasons=" ", **COUNCIL, **who(team["officer"], late))


def test_herefordshire_18_000_490_of_2019_a_chair_with_earlier_dealings_does_not_sit(team):
    """Fault: the chair had dealt with the person's representative while working for the council."""
    case = stage_2_answered(team, received=at(RECEIVED), asked=ASKED)
    day = on_day(case.stages[1].responded_on, 3)
    later_stages.ask_for_stage(case.id, 3, requested_on=day, **COUNCIL, **who(team["officer"], day))
    with pytest.raises(MoveNotAllowed, match="knew of the complaint before"):
        appoint(case, Seat.PANEL_CHAIR, listed("Alex Former"), day, team, knew_of_complaint=True)


@pytest.mark.parametrize("cited", ["Staffordshire 22 013 844", "Barking and Dagenham 23 018 689 of 2024"])
def test_a_remedy_has_a_day_that_does_not_move_and_comes_first(team, cited):
    """Fault in both: the day of an earlier remedy was missed."""
    case = stage_2_answered(team, received=at(RECEIVED), asked=ASKED)
    day = on_day(case.stages[1].responded_on, 2)
    told = {"their_reference": cited, "received_on": day, **COUNCIL}
    ombudsman.note_contact(case.id, OmbudsmanContact.INVESTIGATION, **told, **who(team["officer"], day))
    due = day + timedelta(days=28)
    ombudsman.ask_duty(case.id, DutyKind.REMEDY, "Finish stage 2 and pay £150", due, **who(team["officer"], day))
    assert (case.next_action, case.next_due_on, case.is_open) == ("do_remedy", due, True)


def test_west_sussex_25_006_845_of_2025_a_pause_for_an_advocate_is_agreed_and_no_clock_moves(team):
    """No fault: an adult was pointed to advocates, and the procedure paused until he felt supported."""
    case = in_stage_2(team, received=at(RECEIVED), asked=ASKED)
    due, day = case.stages[1].due_on, on_day(ASKED, 2)
    said = {"until_on": date(2026, 7, 1), "confirmed_by": "He himself, by phone"}
    waiting.agree_to_wait(case.id, **said, **who(team["officer"], day))
    assert (case.stages[1].waits_until, case.stages[1].due_on) == (date(2026, 7, 1), due)


def test_norfolk_25_001_573_of_2025_the_answer_names_the_next_stage_and_its_last_day(team):
    """Closed as too early: she had not asked for stage 3. An answer that does not say how would be at fault."""
    case = stage_2_answered(team, received=at(RECEIVED), asked=ASKED, on=date(2026, 5, 20))
    letter = case.messages[-1].words
    assert "you can ask for stage 3: a panel of three independent people. Tell us by Thursday 18 June 2026." in letter
