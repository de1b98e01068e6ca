"""A part takes another road at any stage: with reasons, a letter, two people out of the statutory road, the right day."""

from dataclasses import replace
from datetime import date

import pytest

from portal.audit.queries import entries_about
from portal.cases.errors import NotComplete
from portal.cases.models import Case, Part
from portal.cases.promises import open_promises
from portal.changing_road.services.moving import Move, move_part
from portal.config import DEMO_COUNCIL
from portal.database import db
from portal.procedure.eligibility import Proceedings, Standing
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.findings import Finding
from portal.procedure.grounds import Ground, Matter
from portal.procedure.routes import Route
from portal.procedure.second_person import SecondPersonNeeded
from portal.stage_1.services import stage_1
from portal.triage.services import telling, triage
from portal.wording import day
from tests.factories.cases import A_PART, a_case, checked, decided, in_stage_1
from tests.factories.stages import agreed, answered, at, in_stage_2, on_day, who

COUNCIL = {"council": DEMO_COUNCIL}
RECEIVED, LATER = date(2026, 3, 2), date(2026, 3, 10)
SHORT_BREAKS = triage.PartFacts("The short breaks stopped", Matter.OTHER_COUNCIL_SERVICE, still_going_on=True)
TO_CORPORATE = Move(Route.CORPORATE, "It is about the car park of the centre.", road="another_service")
BACK = Move(Route.STATUTORY, "Short breaks for a disabled child are a children's service.")


def moved(case, team, move=TO_CORPORATE, position=1, *, on=LATER, asked_by="officer", by="lead"):
    by_two = {"asked_by": team[asked_by]} if asked_by else {}
    return move_part(case.id, position, move, **COUNCIL, **by_two, **who(team[by], on))


def acknowledged(team, *, on=RECEIVED):
    case = in_stage_1(team["officer"], at=at(RECEIVED))
    stage_1.acknowledge(case.id, **COUNCIL, **who(team["officer"], on))
    return case


def sent_away(team, said=SHORT_BREAKS, route=Route.CORPORATE, ground=Ground.NOT_A_CHILDRENS_SERVICE, *, signed=True):
    case = a_case(at=at(RECEIVED))
    checked(case, team["officer"], at=at(RECEIVED))
    triage.describe_part(case.id, 1, said, **who(team["officer"], RECEIVED))
    given = {"decision": Standing.NOT_ELIGIBLE, "route": route, "ground": ground, "reasons": "It is another service."}
    triage.decide_part(case.id, 1, **given, **who(team["officer"], RECEIVED))
    if signed and case.parts[0].needs_signature:
        triage.sign_part(case.id, 1, **who(team["lead"], RECEIVED))
    telling.tell_decision(case.id, **COUNCIL, **who(team["officer"], RECEIVED)) if signed else None
    return case


def test_another_service_is_a_way_out_of_the_statutory_road_that_takes_two_people_too(team):
    case = sent_away(team, signed=False)
    assert case.parts[0].needs_signature
    with pytest.raises(MoveNotAllowed, match="second signature"):
        telling.tell_decision(case.id, **COUNCIL, **who(team["officer"], RECEIVED))


def test_what_leaves_the_statutory_road_takes_two_people_and_nothing_moves_before(team):
    case = acknowledged(team)
    with pytest.raises(SecondPersonNeeded, match="leaves the statutory procedure for: Another service of the council"):
        moved(case, team, asked_by=None, by="officer")
    with pytest.raises(SecondPersonNeeded):
        moved(case, team, asked_by="officer", by="officer")
    assert (case.status, case.parts[0].route) == ("stage_1", Route.STATUTORY)


def test_a_part_that_leaves_counts_from_the_acknowledgement_that_it_had(team):
    case = acknowledged(team)
    moved(case, team)
    strand = case.open_strands[0]
    assert (case.status, case.disposition) == ("other_routes", "other_route")
    assert (strand.route, strand.acknowledged_on, strand.due_on) == (Route.CORPORATE, RECEIVED, date(2026, 3, 16))
    assert (case.stages[0].ending, case.stages[0].closed_on) == ("moved", LATER)
    letter = case.messages[-1].words
    assert "now goes another way than we told you before: The support stopped" in letter
    assert "Our reasons: It is about the car park of the centre." in letter
    assert "You will have our answer by Monday 16 March 2026." in letter
    assert "www.lgo.org.uk" in letter
    facts = entries_about(case.about)[-1].facts
    assert (facts["before"], facts["after"], facts["from_id"]) == ("statutory", "corporate", team["officer"])


def test_a_part_that_leaves_before_anybody_acknowledged_it_is_promised_no_day_yet(team):
    case = in_stage_1(team["officer"], at=at(RECEIVED))
    moved(case, team, on=date(2026, 3, 3))
    assert case.open_strands[0].due_on == date(2026, 3, 9)
    letter = case.messages[-1].words
    assert "We will write to you again, with who looks into it and by when you will have our answer." in letter
    assert "March" not in letter


def test_a_part_of_several_that_has_no_words_of_its_own_is_named_by_its_place(team):
    case = in_stage_1(team["officer"], at=at(RECEIVED))
    case.parts[0].words = ""
    assert case.parts[0].called == "your complaint"
    case.parts.append(Part(position=2))
    assert case.parts[0].called == "part 1"


def test_one_part_leaves_and_the_stage_goes_on_for_the_others(team):
    case = a_case(at=at(RECEIVED))
    checked(case, team["officer"], at=at(RECEIVED))
    decided(case, team["officer"], at=at(RECEIVED))
    triage.describe_part(case.id, None, A_PART, **who(team["officer"], RECEIVED))
    decided(case, team["officer"], 2, at=at(RECEIVED))
    telling.tell_decision(case.id, **COUNCIL, **who(team["officer"], RECEIVED))
    moved(case, team, position=2)
    assert (case.status, case.stages[0].closed_on) == ("stage_1", None)
    assert [(one.position, one.route) for one in case.open_strands] == [(2, Route.CORPORATE)]


def test_a_part_comes_back_to_the_statutory_road_from_the_day_the_council_had_it(team):
    case = sent_away(team)
    moved(case, team, BACK, asked_by=None, by="officer")
    assert (case.status, case.disposition, case.parts[0].route) == ("stage_1", "accepted", Route.STATUTORY)
    assert (case.stages[0].requested_on, case.stages[0].due_on) == (RECEIVED, date(2026, 3, 16))
    assert case.open_strands == []
    assert "It counts from the day on which we had your complaint, Monday 2 March 2026." in case.messages[-1].words
    assert case.next_action == "acknowledge"


def test_what_was_refused_altogether_can_come_back_and_says_sorry_when_that_is_late(team):
    already = triage.PartFacts(
        "The support stopped", Matter.SERVICE_FOR_A_CHILD, still_going_on=True, already_considered=True
    )
    case = sent_away(team, already, Route.NONE, Ground.ALREADY_CONSIDERED)
    assert case.status == "closed"
    late = date(2026, 4, 20)
    moved(case, team, BACK, asked_by=None, by="officer", on=late)
    assert (case.status, case.closed_on, case.stages[0].due_on) == ("stage_1", None, date(2026, 3, 16))
    assert "We are late with this, and we are sorry. We will write to you again by" in case.messages[-1].words


def test_there_and_back_again_stage_1_goes_on_where_it_stopped(team):
    case = acknowledged(team)
    moved(case, team)
    moved(case, team, BACK, asked_by=None, by="officer", on=date(2026, 3, 12))
    stage = case.stages[0]
    assert (case.status, stage.ending, stage.closed_on, stage.due_on) == ("stage_1", None, None, date(2026, 3, 16))
    moved(case, team, on=date(2026, 3, 13))
    assert [(one.route, one.closed_on) for one in case.strands] == [(Route.CORPORATE, None)]


def test_a_part_leaves_stage_2_and_its_element_with_it(team):
    case = in_stage_2(team, received=at(RECEIVED), asked=date(2026, 4, 15))
    agreed(case, team, on=date(2026, 4, 17), elements=("The support stopped", "Nobody rang"))
    moved(case, team, on=date(2026, 4, 20))
    assert (case.stages[1].ending, case.status) == ("moved", "other_routes")
    assert [element.words for element in case.stages[1].elements] == ["Nobody rang"]
    assert [one.ended_on for one in case.stages[1].appointments] == [date(2026, 4, 20)] * 2


def test_after_stage_1_was_answered_a_part_that_comes_back_is_a_case_of_its_own_from_the_same_day(team):
    case = a_case(at=at(RECEIVED))
    checked(case, team["officer"], at=at(RECEIVED))
    decided(case, team["officer"], at=at(RECEIVED))
    enquiry = triage.PartFacts("The report came late", Matter.CHILD_PROTECTION_ENQUIRY, still_going_on=True)
    triage.describe_part(case.id, None, enquiry, **who(team["officer"], RECEIVED))
    decided(case, team["officer"], 2, route=Route.CORPORATE, said=enquiry, at=at(RECEIVED))
    telling.tell_decision(case.id, **COUNCIL, **who(team["officer"], RECEIVED))
    stage_1.acknowledge(case.id, **COUNCIL, **who(team["officer"], RECEIVED))
    stage_1.choose_senior_manager(case.id, team["senior"], **who(team["officer"], RECEIVED))
    stage_1.appoint_team_manager(case.id, team["manager"], **who(team["senior"], RECEIVED))
    stage_1.write_answer(case.id, "We are sorry.", **who(team["manager"], LATER))
    stage_1.check_answer_text(case.id, good=True, **who(team["officer"], LATER))
    stage_1.send_answer(case.id, {1: Finding.UPHELD}, **COUNCIL, **who(team["officer"], LATER))
    reference = moved(case, team, BACK, 2, asked_by=None, by="officer", on=date(2026, 3, 12))
    new = db.session.query(Case).filter_by(reference=reference).one()
    assert (new.received_on, new.parts[0].words, new.status) == (RECEIVED, "The report came late", "to_read")
    assert case.open_strands == []


def test_from_one_other_road_to_another_takes_one_person_with_reasons(team):
    case = sent_away(team)
    to_school = Move(Route.ANOTHER_BODY, "The school runs it.", road="school")
    with pytest.raises(NotComplete, match="Give your reasons"):
        moved(case, team, Move(Route.ANOTHER_BODY, " ", road="school"), asked_by=None, by="officer")
    moved(case, team, to_school, asked_by=None, by="officer")
    assert [(one.route, case.parts[0].road) for one in case.open_strands] == [(Route.ANOTHER_BODY, "school")]
    assert "the head teacher first, then the governors" in case.messages[-1].words
    with pytest.raises(NotComplete, match="on that road already"):
        moved(case, team, to_school, asked_by=None, by="officer")


@pytest.mark.parametrize(
    ("move", "words"),
    [
        (Move(Route.EARLY_RESOLUTION, "It is settled."), "own word"),
        (Move(Route.CORPORATE, "x", road="school"), "does not belong"),
        (Move(Route.COURT_OR_TRIBUNAL, "x", review_on=LATER), "has not passed"),
    ],
)
def test_a_move_that_cannot_be_is_refused_in_words(team, move, words):
    case = acknowledged(team)
    with pytest.raises((MoveNotAllowed, NotComplete), match=words):
        moved(case, team, move)


def test_an_answered_part_goes_on_to_the_next_stage_and_not_another_way(team):
    case = answered(team, received=at(RECEIVED))
    with pytest.raises(MoveNotAllowed, match="asks for the next stage"):
        moved(case, team, on=on_day(case.stages[0].responded_on, 1))


def test_before_the_person_was_told_a_part_is_decided_anew(team):
    case = sent_away(team, signed=False)
    with pytest.raises(NotComplete, match="Decide the part anew"):
        moved(case, team, BACK)


def held(team):
    case = a_case(at=at(RECEIVED))
    checked(case, team["officer"], at=at(RECEIVED))
    before_a_court = replace(A_PART, proceedings=Proceedings.COURT, would_prejudice=True)
    triage.describe_part(case.id, 1, before_a_court, **who(team["officer"], RECEIVED))
    given = {"decision": Standing.HELD, "route": Route.COURT_OR_TRIBUNAL, "ground": Ground.COURT_PROCEEDINGS}
    triage.decide_part(case.id, 1, **given, reasons="A hearing runs.", **who(team["officer"], RECEIVED))
    telling.tell_decision(case.id, **COUNCIL, **who(team["officer"], RECEIVED))
    return case


def test_what_is_held_waits_for_the_statutory_road_and_leaves_it_by_two_people_only(team):
    case = held(team)
    with pytest.raises(SecondPersonNeeded):
        moved(case, team, asked_by=None, by="officer")
    moved(case, team)
    assert case.parts[0].route is Route.CORPORATE


def test_nobody_is_told_that_a_child_was_handed_over_before_that_was_done(team):
    case = acknowledged(team)
    with pytest.raises(MoveNotAllowed, match="who it was handed to"):
        moved(case, team, Move(Route.SAFEGUARDING, "A neighbour rang."))


def test_no_road_at_all_needs_a_ground_and_too_late_both_reasons(team):
    case = acknowledged(team)
    with pytest.raises(NotComplete, match="ground on which nobody hears it"):
        moved(case, team, Move(Route.NONE, "We were told of it before."))
    with pytest.raises(MoveNotAllowed, match="both questions about a late complaint"):
        moved(case, team, Move(Route.NONE, "It is long ago.", ground=Ground.OUT_OF_TIME))


def test_a_stage_2_that_its_last_part_left_goes_on_where_it_stopped(team):
    case = in_stage_2(team, received=at(RECEIVED), asked=date(2026, 4, 15))
    agreed(case, team, on=date(2026, 4, 17), elements=("The support stopped",))
    due_on = case.stages[1].due_on
    moved(case, team, on=date(2026, 4, 20))
    assert moved(case, team, BACK, on=date(2026, 4, 21), asked_by=None, by="officer") == ""
    assert (case.status, case.stages[1].ending, case.stages[1].due_on) == ("stage_2", None, due_on)
    assert [element.words for element in case.stages[1].elements] == ["The support stopped"]
    assert f"You will have our answer by {day(due_on)}." in case.messages[-1].words
    assert [(one.what, one.number) for one in open_promises(case) if one.by_on == due_on] == [("answer", 2)]
