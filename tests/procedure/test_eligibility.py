"""Who may complain, about what, by when."""

from dataclasses import replace
from datetime import date

import pytest

from portal.procedure.eligibility import (
    ChildSays,
    Complainant,
    Facts,
    Interest,
    Proceedings,
    Question,
    Standing,
    Weighed,
    assess,
    check_interest,
)
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.grounds import Ground, Matter
from portal.procedure.routes import Route, needs_ombudsman_details, needs_second_signature
from portal.procedure.second_person import SecondPersonNeeded

A_PARENT = Facts(
    complainant=Complainant.PARENT,
    matter=Matter.SERVICE_FOR_A_CHILD,
    received_on=date(2023, 5, 8),
    happened_on=date(2023, 3, 1),
)


@pytest.mark.parametrize("who", ["child_or_young_person", "parent", "foster_carer", "special_guardian", "care_leaver"])
def test_people_on_the_list_complain_in_their_own_right(who):
    assert assess(replace(A_PARENT, complainant=Complainant(who))).standing is Standing.ELIGIBLE


def test_a_relative_is_neither_let_in_nor_refused_before_their_interest_was_decided():
    decision = assess(replace(A_PARENT, complainant=Complainant.SUFFICIENT_INTEREST))
    assert (decision.standing, decision.questions) == (Standing.ASK, (Question.CHILD_AGREES, Question.SUFFICIENT_INTEREST))


def test_a_decided_lack_of_interest_is_a_ground():
    decision = assess(replace(A_PARENT, complainant=Complainant.OTHER, has_sufficient_interest=False))
    assert decision.grounds == (Ground.NOT_A_PERSON_WHO_CAN_COMPLAIN,)


def test_an_advocate_is_asked_whether_the_child_agrees():
    decision = assess(replace(A_PARENT, complainant=Complainant.ADVOCACY_SERVICE))
    assert decision.questions == (Question.CHILD_AGREES,)


def test_an_advocate_whose_child_says_no_needs_an_interest_of_their_own():
    decision = assess(replace(A_PARENT, complainant=Complainant.ADVOCACY_SERVICE, child_agrees=False))
    assert decision.questions == (Question.SUFFICIENT_INTEREST,)


def test_the_anniversary_itself_is_in_time():
    assert assess(replace(A_PARENT, happened_on=date(2022, 5, 8))).standing is Standing.ELIGIBLE


ONE_DAY_LATE = replace(A_PARENT, happened_on=date(2022, 5, 8), received_on=date(2023, 5, 9))


def test_one_day_late_is_weighed_lightly_and_taken():
    decision = assess(ONE_DAY_LATE)
    assert (decision.standing, decision.questions) == (Standing.ELIGIBLE, ())
    assert Ground.LATE_BUT_CONSIDERED in decision.grounds
    one_limb = replace(ONE_DAY_LATE, reasonable_not_to_complain_sooner=False)
    assert assess(one_limb).standing is Standing.ELIGIBLE
    assert assess(replace(one_limb, still_fair_to_consider=False)).grounds == (Ground.OUT_OF_TIME,)


def test_five_weeks_late_asks_both_limbs_and_refuses_nothing():
    late = replace(A_PARENT, happened_on=date(2022, 5, 8), received_on=date(2023, 6, 12))
    decision = assess(late)
    assert decision.standing is Standing.ASK
    assert decision.questions == (Question.REASONABLE_NOT_TO_COMPLAIN_SOONER, Question.STILL_FAIR_TO_CONSIDER)
    assert assess(replace(late, reasonable_not_to_complain_sooner=False)).questions == (Question.STILL_FAIR_TO_CONSIDER,)


def test_the_year_counts_to_the_day_on_which_they_first_told_of_it():
    late = replace(A_PARENT, happened_on=date(2022, 5, 8), received_on=date(2023, 8, 1))
    assert assess(late).standing is Standing.ASK
    assert assess(replace(late, first_told_on=date(2023, 5, 8))).grounds == (Ground.STATUTORY_MATTER,)


INTEREST = Interest(
    is_sufficient=False,
    weighed=frozenset({Weighed.CHILDS_VIEWS, Weighed.PART_IN_THEIR_LIFE}),
    child_says=ChildSays.NO,
    childs_views="The child does not want it",
    reasons="They have not met for years",
)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"reasons": " "}, "Give your reasons"),
        ({"weighed": frozenset({Weighed.RELATIONSHIP})}, "the child's views first"),
        ({"childs_views": ""}, "the child's views first"),
        ({"weighed": frozenset({Weighed.CHILDS_VIEWS, Weighed.PARENTAL_RESPONSIBILITY})}, "parental responsibility"),
        ({"child_says": None}, "Ask the child first"),
    ],
)
def test_an_interest_is_weighed_and_not_ticked(changed, words):
    with pytest.raises(MoveNotAllowed, match=words):
        check_interest(replace(INTEREST, **changed), asked_by=1, by=2)


def test_two_people_refuse_somebody_and_one_lets_them_in():
    with pytest.raises(SecondPersonNeeded, match="They have not met for years"):
        check_interest(INTEREST, None, 1)
    assert check_interest(INTEREST, 2, 1) is None
    assert check_interest(replace(INTEREST, is_sufficient=True, child_says=None), None, 1) is None


@pytest.mark.parametrize("who", ["adopted_person", "birth_relative", "former_guardian", "parental_responsibility"])
def test_everyone_whom_the_regulations_name_complains_in_their_own_right(who):
    decision = assess(replace(A_PARENT, complainant=Complainant(who), matter=Matter.ADOPTION_SUPPORT))
    assert (decision.standing, decision.questions) == (Standing.ELIGIBLE, ())


@pytest.mark.parametrize(
    ("limbs", "ground"), [((True, True), Ground.LATE_BUT_CONSIDERED), ((True, False), Ground.OUT_OF_TIME)]
)
def test_a_late_complaint_needs_both_limbs(limbs, ground):
    late = replace(A_PARENT, happened_on=date(2021, 5, 8))
    decision = assess(replace(late, reasonable_not_to_complain_sooner=limbs[0], still_fair_to_consider=limbs[1]))
    assert ground in decision.grounds


def test_what_still_goes_on_is_never_late():
    assert assess(replace(A_PARENT, happened_on=date(2019, 1, 1), still_going_on=True)).standing is Standing.ELIGIBLE


def test_proceedings_hold_only_the_part_that_they_would_harm():
    in_court = replace(A_PARENT, proceedings=Proceedings.COURT)
    assert assess(in_court).questions == (Question.WOULD_PREJUDICE,)
    assert assess(replace(in_court, would_prejudice=True)).standing is Standing.HELD
    assert assess(replace(in_court, would_prejudice=False)).standing is Standing.ELIGIBLE


def test_a_mixed_complaint_is_weighed_part_by_part():
    matters = (Matter.CONFERENCE_DECISION, Matter.CHILD_PROTECTION_ENQUIRY, Matter.SERVICE_FOR_A_CHILD)
    assert [assess(replace(A_PARENT, matter=matter)).route for matter in matters] == [
        Route.CONFERENCE_APPEAL,
        Route.CORPORATE,
        Route.STATUTORY,
    ]


@pytest.mark.parametrize("matter", Matter)
def test_every_matter_has_a_route(matter):
    assert assess(replace(A_PARENT, matter=matter)).route is not Route.NONE


def test_the_same_complaint_twice_is_a_ground():
    assert assess(replace(A_PARENT, already_considered=True)).grounds == (Ground.ALREADY_CONSIDERED,)


def test_an_eligible_part_leaves_the_statutory_procedure_only_with_a_second_signature():
    assert needs_second_signature(Route.CORPORATE, facts_rule_it_out=False)
    assert not needs_second_signature(Route.CORPORATE, facts_rule_it_out=True)
    assert not needs_second_signature(Route.STATUTORY, facts_rule_it_out=False)


def test_whatever_is_declined_names_the_ombudsman():
    assert needs_ombudsman_details(Route.CORPORATE)
    assert not needs_ombudsman_details(Route.STATUTORY)
